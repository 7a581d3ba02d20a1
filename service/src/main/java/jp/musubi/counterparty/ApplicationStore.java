package jp.musubi.counterparty;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The applications to the current body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ApplicationStore {
  private static final String COLUMNS = "select * from application ";

  private final JdbcClient jdbc;

  ApplicationStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What came lately. Keeps others from adding until the transaction ends, so that it holds. */
  Flood flood(String network, List<String> mails, Instant now) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(current_tenant()::text, 60))")
        .query((_, _) -> true)
        .single();
    return jdbc.sql(
            """
            select (select count(*) from application
                     where client_net = :network and submitted_at > :short) as of_network,
                   (select coalesce(max(n), 0) from (
                      select count(*) as n from application_proof
                       where lower(mail) = any(:mails) and created_at > :long
                       group by lower(mail)) as a) as to_address,
                   (select count(*) from application where submitted_at > :long) as of_body
            """)
        .param("network", network)
        .param("mails", mails.stream().map(m -> m.toLowerCase(Locale.ROOT)).toArray(String[]::new))
        .param("short", Timestamp.from(now.minus(Flood.SHORT)))
        .param("long", Timestamp.from(now.minus(Flood.LONG)))
        .query((row, _) ->
            new Flood(row.getInt("of_network"), row.getInt("to_address"), row.getInt("of_body")))
        .single();
  }

  /** Whether this form was answered before. */
  boolean isKnown(String formKey) {
    return jdbc.sql("select exists (select from application where form_key = :key)")
        .param("key", formKey)
        .query(Boolean.class)
        .single();
  }

  void insert(
      UUID id, String formKey, Application.Said said, String text, Applicant from, Instant now) {
    jdbc.sql(
            """
            insert into application
                   (id, form_key, organisation, corporate_number, address, phone, signatory_name,
                    signatory_title, signatory_mail, authority, authority_text, clerk_name,
                    clerk_mail, contract_title, valid_until, wants_consent, text_shown,
                    text_sha256, submitted_at, client_ip, client_net, user_agent)
            values (:id, :key, :organisation, :number, :address, :phone, :name, :title, :mail,
                    :authority, :authorityText, :clerkName, :clerkMail, :contract, :until,
                    :consent, :text, :sha256, :now, :ip, :net, :agent)
            """)
        .param("id", id)
        .param("key", formKey)
        .param("organisation", said.organisation())
        .param("number", said.number().map(CorporateNumber::digits).orElse(null))
        .param("address", said.address())
        .param("phone", said.phone())
        .param("name", said.signatory().name())
        .param("title", said.signatory().title())
        .param("mail", said.signatory().mail())
        .param("authority", said.signatory().agent() ? "AGENT" : "REPRESENTATIVE")
        .param("authorityText", said.signatory().authorityText())
        .param("clerkName", said.clerkName())
        .param("clerkMail", said.clerkMail())
        .param("contract", said.contractTitle())
        .param("until", said.validUntil())
        .param("consent", said.wantsConsent())
        .param("text", text)
        .param("sha256", Texts.digest(text).hex())
        .param("now", Timestamp.from(now))
        .param("ip", from.clientIp())
        .param("net", from.network())
        .param("agent", from.userAgent())
        .update();
  }

  void insert(UUID application, Application.Proof proof, Instant now) {
    jdbc.sql(
            """
            insert into application_proof (id, application_id, mail, secret_hash, created_at,
                                           expires_at)
            values (:id, :application, :mail, :hash, :now, :expires)
            """)
        .param("id", proof.id())
        .param("application", application)
        .param("mail", proof.mail())
        .param("hash", proof.secretHash().hex())
        .param("now", Timestamp.from(now))
        .param("expires", Timestamp.from(proof.expiresAt()))
        .update();
  }

  Optional<Application> find(UUID id, boolean lock) {
    return jdbc.sql(COLUMNS + "where id = :id" + (lock ? " for update" : ""))
        .param("id", id)
        .query((row, _) -> application(row))
        .optional()
        .map(this::withProofs);
  }

  /** The application that a mailed link belongs to. */
  Optional<UUID> ofProof(UUID proof) {
    return jdbc.sql("select application_id from application_proof where id = :id")
        .param("id", proof)
        .query(UUID.class)
        .optional();
  }

  Optional<String> mailOf(UUID proof) {
    return jdbc.sql("select mail from application_proof where id = :id")
        .param("id", proof)
        .query(String.class)
        .optional();
  }

  /** The newest of these states. */
  List<Application> newest(List<Application.State> states, int limit) {
    return jdbc
        .sql(COLUMNS + "where state = any(:states) order by submitted_at desc, id limit :limit")
        .param("states", states.stream().map(Enum::name).toArray(String[]::new))
        .param("limit", limit)
        .query((row, _) -> application(row))
        .list()
        .stream()
        .map(this::withProofs)
        .toList();
  }

  /** Those that were accepted for a supplier, the newest first. */
  List<Application> accepted(UUID supplier) {
    return jdbc
        .sql(COLUMNS + "where supplier_id = :supplier order by decided_at desc, id")
        .param("supplier", supplier)
        .query((row, _) -> application(row))
        .list()
        .stream()
        .map(this::withProofs)
        .toList();
  }

  void proved(UUID proof, Applicant from, Instant now) {
    one(
        proof,
        jdbc.sql(
                """
                update application_proof
                   set confirmed_at = :now, client_ip = :ip, user_agent = :agent
                 where id = :id and confirmed_at is null
                """)
            .param("now", Timestamp.from(now))
            .param("ip", from.clientIp())
            .param("agent", from.userAgent())
            .param("id", proof)
            .update());
  }

  void confirmed(UUID id, Instant now) {
    one(
        id,
        jdbc.sql(
                """
                update application set state = 'CONFIRMED', confirmed_at = :now
                 where id = :id and state = 'SUBMITTED'
                """)
            .param("now", Timestamp.from(now))
            .param("id", id)
            .update());
  }

  void decided(UUID id, Application.Decided decided, Optional<UUID> supplier) {
    one(
        id,
        jdbc.sql(
                """
                update application
                   set state = :state, decided_at = :at, decided_by = :by, reason = :reason,
                       supplier_id = :supplier
                 where id = :id and state = 'CONFIRMED'
                """)
            .param("state", supplier.isPresent() ? "ACCEPTED" : "REJECTED")
            .param("at", Timestamp.from(decided.at()))
            .param("by", decided.by())
            .param("reason", decided.reason().orElse(null))
            .param("supplier", supplier.orElse(null))
            .param("id", id)
            .update());
  }

  private Application withProofs(Application bare) {
    return new Application(
        bare.id(),
        bare.said(),
        bare.text(),
        bare.digest(),
        bare.submittedAt(),
        bare.clientIp(),
        bare.userAgent(),
        bare.state(),
        bare.confirmedAt(),
        bare.decided(),
        bare.supplier(),
        jdbc.sql(
                """
                select id, mail, secret_hash, expires_at, confirmed_at, client_ip
                  from application_proof where application_id = :id order by created_at, mail
                """)
            .param("id", bare.id())
            .query((row, _) ->
                new Application.Proof(
                    row.getObject("id", UUID.class),
                    row.getString("mail"),
                    Sha256.parse(row.getString("secret_hash")),
                    row.getTimestamp("expires_at").toInstant(),
                    instant(row, "confirmed_at"),
                    Optional.ofNullable(row.getString("client_ip"))))
            .list());
  }

  private static Application application(ResultSet row) throws SQLException {
    var decidedBy = row.getString("decided_by");
    return new Application(
        row.getObject("id", UUID.class),
        ApplicationRows.said(row),
        row.getString("text_shown"),
        Sha256.parse(row.getString("text_sha256")),
        row.getTimestamp("submitted_at").toInstant(),
        row.getString("client_ip"),
        row.getString("user_agent"),
        Application.State.valueOf(row.getString("state")),
        instant(row, "confirmed_at"),
        decidedBy == null
            ? Optional.empty()
            : Optional.of(
                new Application.Decided(
                    row.getTimestamp("decided_at").toInstant(),
                    decidedBy,
                    Optional.ofNullable(row.getString("reason")))),
        Optional.ofNullable(row.getObject("supplier_id", UUID.class)),
        List.of());
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  private static void one(UUID id, int updated) {
    if (updated != 1) {
      throw new ConcurrentChange("application or proof " + id + " is not as it was read");
    }
  }
}
