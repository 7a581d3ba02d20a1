package jp.musubi.staff.sso;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which member of the current body a subject is, as rows. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class IdentityStore {
  private final JdbcClient jdbc;

  IdentityStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** How a link came about. */
  enum Origin {
    /** From inside the member's own session. */
    BY_MEMBER,
    /** By a confirmed mail address. */
    BY_MAIL,
    /** Registered by coming. */
    BY_ARRIVAL
  }

  /** What the register knows of whoever comes. */
  Admission.Register register(Arrival arrival) {
    return new Admission.Register(
        linked(arrival),
        arrival.mail().isEmpty() ? List.of() : withMail(arrival),
        jdbc.sql("select exists (select from staff where lower(login_id) = lower(:login))")
            .param("login", arrival.login())
            .query(Boolean.class)
            .single());
  }

  private Optional<Admission.Candidate> linked(Arrival arrival) {
    return jdbc.sql(
            """
            select s.id, s.active
              from sso_identity i
              join staff s on s.tenant_id = i.tenant_id and s.id = i.staff_id
             where i.kind = :kind and i.issuer = :issuer and i.subject = :subject
            """)
        .param("kind", arrival.kind().name())
        .param("issuer", arrival.issuer())
        .param("subject", arrival.subject())
        .query((row, _) ->
            new Admission.Candidate(
                row.getObject("id", UUID.class), row.getBoolean("active"), true))
        .optional();
  }

  private List<Admission.Candidate> withMail(Arrival arrival) {
    return jdbc.sql(
            """
            select s.id, s.active,
                   exists (select from sso_identity i
                            where i.tenant_id = s.tenant_id and i.staff_id = s.id
                              and i.kind = :kind and i.issuer = :issuer) as linked
              from staff s where lower(s.mail) = lower(:mail)
             order by s.id limit 2
            """)
        .param("kind", arrival.kind().name())
        .param("issuer", arrival.issuer())
        .param("mail", arrival.mail())
        .query((row, _) ->
            new Admission.Candidate(
                row.getObject("id", UUID.class),
                row.getBoolean("active"),
                row.getBoolean("linked")))
        .list();
  }

  /** Whether the member is linked with any subject. */
  boolean isLinked(UUID member) {
    return jdbc.sql("select exists (select from sso_identity where staff_id = :member)")
        .param("member", member)
        .query(Boolean.class)
        .single();
  }

  /** Links; false if the subject, or the member with this provider, is linked already. */
  boolean link(Arrival arrival, UUID member, Origin origin, Instant now) {
    return jdbc.sql(
                """
                insert into sso_identity (kind, issuer, subject, staff_id, linked, linked_at)
                values (:kind, :issuer, :subject, :member, :origin, :now)
                on conflict do nothing
                """)
            .param("kind", arrival.kind().name())
            .param("issuer", arrival.issuer())
            .param("subject", arrival.subject())
            .param("member", member)
            .param("origin", origin.name())
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  /** Notes that it was used. */
  void used(Arrival arrival, Instant now) {
    jdbc.sql(
            """
            update sso_identity set used_at = :now
             where kind = :kind and issuer = :issuer and subject = :subject
            """)
        .param("kind", arrival.kind().name())
        .param("now", Timestamp.from(now))
        .param("issuer", arrival.issuer())
        .param("subject", arrival.subject())
        .update();
  }

  /** Unlinks the member from every provider; whether there was anything. */
  boolean unlink(UUID member) {
    return jdbc.sql("delete from sso_identity where staff_id = :member")
            .param("member", member)
            .update()
        > 0;
  }
}
