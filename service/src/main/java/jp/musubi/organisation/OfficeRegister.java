package jp.musubi.organisation;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 契約名義の登録. As many offices as a body has, each with its holders one after the other. */
@Service
@Transactional
public class OfficeRegister {
  private final JdbcClient jdbc;
  private final AuditTrail audit;

  OfficeRegister(JdbcClient jdbc, AuditTrail audit) {
    this.jdbc = jdbc;
    this.audit = audit;
  }

  /**
   * An office, whoever holds it.
   *
   * @param actingFor the office this 職務代理者 acts for
   */
  public record Titled(UUID id, String title, @Nullable UUID actingFor) {}

  /** What became of a new office. */
  public sealed interface Opened {
    /** It is there. */
    record Done(UUID id) implements Opened {}

    /** It is not. */
    record Refused(OrganisationRefusal reason) implements Opened {}
  }

  /** All offices of the current body by title. */
  @Transactional(readOnly = true)
  public List<Titled> offices() {
    return jdbc.sql("select id, title, acting_for from office order by title")
        .query((row, _) ->
            new Titled(
                row.getObject("id", UUID.class),
                row.getString("title"),
                row.getObject("acting_for", UUID.class)))
        .list();
  }

  /** One office. */
  @Transactional(readOnly = true)
  public Titled office(UUID id) {
    return offices().stream()
        .filter(office -> office.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotFound("office " + id));
  }

  /** The terms of all offices, the newest first. */
  @Transactional(readOnly = true)
  public List<OfficeTerm> terms() {
    return jdbc.sql(
            """
            select office_id, from_date, until_date, holder_id, holder_name
              from office_term order by from_date desc
            """)
        .query((row, _) ->
            new OfficeTerm(
                row.getObject("office_id", UUID.class),
                row.getObject("from_date", LocalDate.class),
                row.getObject("until_date", LocalDate.class),
                row.getObject("holder_id", UUID.class),
                row.getString("holder_name")))
        .list();
  }

  /** The terms of one office, the newest first. */
  @Transactional(readOnly = true)
  public List<OfficeTerm> terms(UUID office) {
    return terms().stream().filter(term -> term.office().equals(office)).toList();
  }

  /** Opens an office; it has no holder yet. */
  public Opened open(
      String title, @Nullable UUID actingFor, Actor actor, @Nullable String clientIp) {
    if (actingFor != null) {
      office(actingFor);
    }
    var id = UUID.randomUUID();
    var added =
        jdbc.sql(
                """
                insert into office (id, title, acting_for)
                values (:id, :title, cast(:acting as uuid))
                on conflict (tenant_id, title) do nothing
                """)
            .param("id", id)
            .param("title", title)
            .param("acting", actingFor)
            .update();
    if (added == 0) {
      return new Opened.Refused(new OrganisationRefusal.TitleTaken(title));
    }
    audit.record(
        actor, "office.opened", null, clientIp, Map.of("office", id.toString(), "title", title));
    return new Opened.Done(id);
  }

  /**
   * Somebody holds the office from a day on; whoever held it holds it until that day. Empty when it
   * is done.
   *
   * @param holderName as it will be printed in seal and certificate
   */
  public Optional<OrganisationRefusal> appoint(
      UUID office,
      UUID holder,
      String holderName,
      LocalDate from,
      Actor actor,
      @Nullable String clientIp) {
    lock(office);
    var terms = terms(office);
    var overlapping =
        terms.stream()
            .filter(term -> !term.from().isBefore(from))
            .findFirst()
            .or(() ->
                terms.stream()
                    .filter(term -> term.until() != null && term.until().isAfter(from))
                    .findFirst());
    if (overlapping.isPresent()) {
      return Optional.of(new OrganisationRefusal.TermsOverlap(overlapping.get().from()));
    }
    endOpenTerm(office, from);
    jdbc.sql(
            """
            insert into office_term (office_id, from_date, holder_id, holder_name)
            values (:office, :from, :holder, :name)
            """)
        .param("office", office)
        .param("from", from)
        .param("holder", holder)
        .param("name", holderName)
        .update();
    audit.record(
        actor,
        "office.holder-appointed",
        null,
        clientIp,
        Map.of(
            "office", office(office).title(),
            "holder", holderName,
            "holderId", holder.toString(),
            "from", from.toString()));
    return Optional.empty();
  }

  /** The term of whoever holds the office ends on that day, exclusively. */
  public Optional<OrganisationRefusal> endTerm(
      UUID office, LocalDate on, Actor actor, @Nullable String clientIp) {
    lock(office);
    var open = terms(office).stream().filter(term -> term.until() == null).findFirst();
    if (open.isEmpty()) {
      return Optional.of(new OrganisationRefusal.NobodyHoldsIt());
    }
    if (!open.get().from().isBefore(on)) {
      return Optional.of(new OrganisationRefusal.TermsOverlap(open.get().from()));
    }
    endOpenTerm(office, on);
    audit.record(
        actor,
        "office.term-ended",
        null,
        clientIp,
        Map.of(
            "office", office(office).title(),
            "holder", open.get().holderName(),
            "on", on.toString()));
    return Optional.empty();
  }

  private void endOpenTerm(UUID office, LocalDate on) {
    jdbc.sql(
            """
            update office_term set until_date = :on
             where office_id = :office and until_date is null
            """)
        .param("on", on)
        .param("office", office)
        .update();
  }

  private void lock(UUID office) {
    if (jdbc.sql("select id from office where id = :id for update")
        .param("id", office)
        .query(UUID.class)
        .optional()
        .isEmpty()) {
      throw new NotFound("office " + office);
    }
  }
}
