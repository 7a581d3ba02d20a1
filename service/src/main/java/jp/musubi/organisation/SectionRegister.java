package jp.musubi.organisation;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 所属の登録. Opens, changes and closes sections from a day on, which may lie ahead: nothing that was is
 * rewritten, so that an old contract still shows its section as it was.
 */
@Service
@Transactional
public class SectionRegister {
  private final JdbcClient jdbc;
  private final AuditTrail audit;

  SectionRegister(JdbcClient jdbc, AuditTrail audit) {
    this.jdbc = jdbc;
    this.audit = audit;
  }

  /**
   * How a section is to be from a day on.
   *
   * @param parent null at the top
   */
  public record Shape(
      String name, @Nullable UUID parent, @Nullable String phone, @Nullable String mail) {}

  /** What became of a new section. */
  public sealed interface Opened {
    /** It is there. */
    record Done(UUID id) implements Opened {}

    /** It is not. */
    record Refused(OrganisationRefusal reason) implements Opened {}
  }

  /** Every term of every section of the current body. */
  @Transactional(readOnly = true)
  public List<SectionTerm> terms() {
    return jdbc.sql(
            """
            select section_id, from_date, until_date, parent_id, name, phone, mail
              from section_term order by section_id, from_date
            """)
        .query((row, _) ->
            new SectionTerm(
                row.getObject("section_id", UUID.class),
                row.getObject("from_date", LocalDate.class),
                row.getObject("until_date", LocalDate.class),
                row.getObject("parent_id", UUID.class),
                row.getString("name"),
                row.getString("phone"),
                row.getString("mail")))
        .list();
  }

  /** The tree of a day. */
  @Transactional(readOnly = true)
  public SectionTree tree(LocalDate day) {
    return SectionTree.on(day, terms());
  }

  /** 所属コード of a section. */
  @Transactional(readOnly = true)
  public String code(UUID section) {
    return jdbc.sql("select code from section where id = :id")
        .param("id", section)
        .query(String.class)
        .optional()
        .orElseThrow(() -> new NotFound("section " + section));
  }

  /** 所属コード by section. */
  @Transactional(readOnly = true)
  public Map<UUID, String> codes() {
    return jdbc
        .sql("select id, code from section")
        .query((row, _) -> Map.entry(row.getObject("id", UUID.class), row.getString("code")))
        .stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Opens a section. */
  public Opened open(
      String code, Shape shape, LocalDate from, Actor actor, @Nullable String clientIp) {
    lock();
    if (shape.parent() != null && tree(from).find(shape.parent()).isEmpty()) {
      return new Opened.Refused(new OrganisationRefusal.NotOpenOn(from));
    }
    var id = UUID.randomUUID();
    var added =
        jdbc.sql(
                """
                insert into section (id, code) values (:id, :code)
                on conflict (tenant_id, code) do nothing
                """)
            .param("id", id)
            .param("code", code)
            .update();
    if (added == 0) {
      return new Opened.Refused(new OrganisationRefusal.CodeTaken(code));
    }
    insert(id, shape, from);
    record(actor, "section.opened", id, shape, from, clientIp);
    return new Opened.Done(id);
  }

  /** Renames or moves a section from a day on; empty when it is done. */
  public Optional<OrganisationRefusal> change(
      UUID id, Shape shape, LocalDate from, Actor actor, @Nullable String clientIp) {
    lock();
    var refusal = refuses(id, shape, from);
    if (refusal.isEmpty()) {
      endOpenTerm(id, from);
      insert(id, shape, from);
      record(actor, "section.changed", id, shape, from, clientIp);
    }
    return refusal;
  }

  /** Closes a section from a day on; another takes its work over. Empty when it is done. */
  public Optional<OrganisationRefusal> close(
      UUID id, UUID successor, LocalDate on, Actor actor, @Nullable String clientIp) {
    lock();
    var tree = tree(on);
    if (tree.find(id).isEmpty() || tree.find(successor).isEmpty() || id.equals(successor)) {
      return Optional.of(new OrganisationRefusal.NotOpenOn(on));
    }
    if (!tree.below(id).isEmpty()) {
      return Optional.of(new OrganisationRefusal.HasSectionsBelow());
    }
    var later = later(id, on);
    if (later.isPresent()) {
      return later;
    }
    endOpenTerm(id, on);
    jdbc.sql("update section set successor_id = :successor where id = :id")
        .param("successor", successor)
        .param("id", id)
        .update();
    audit.record(
        actor,
        "section.closed",
        null,
        clientIp,
        Map.of("section", id.toString(), "successor", successor.toString(), "on", on.toString()));
    return Optional.empty();
  }

  private Optional<OrganisationRefusal> refuses(UUID id, Shape shape, LocalDate from) {
    var terms = terms();
    if (SectionTree.on(from, terms).find(id).isEmpty()) {
      return Optional.of(new OrganisationRefusal.NotOpenOn(from));
    }
    var later = later(id, from);
    if (later.isPresent() || shape.parent() == null) {
      return later;
    }
    if (SectionTree.on(from, terms).find(shape.parent()).isEmpty()) {
      return Optional.of(new OrganisationRefusal.NotOpenOn(from));
    }
    // Others may already be going to move later; on none of those days may it go round.
    var days = new TreeSet<LocalDate>();
    days.add(from);
    terms.stream().map(SectionTerm::from).filter(day -> day.isAfter(from)).forEach(days::add);
    for (var day : days) {
      if (SectionTree.on(day, terms).path(shape.parent()).contains(id)) {
        return Optional.of(new OrganisationRefusal.GoesInACircle());
      }
    }
    return Optional.empty();
  }

  private Optional<OrganisationRefusal> later(UUID id, LocalDate from) {
    return terms().stream()
        .filter(term -> term.section().equals(id) && !term.from().isBefore(from))
        .findFirst()
        .map(term -> new OrganisationRefusal.LaterTermExists(term.from()));
  }

  private void endOpenTerm(UUID id, LocalDate on) {
    jdbc.sql(
            "update section_term set until_date = :on where section_id = :id and until_date is null")
        .param("on", on)
        .param("id", id)
        .update();
  }

  private void insert(UUID id, Shape shape, LocalDate from) {
    jdbc.sql(
            """
            insert into section_term (section_id, from_date, parent_id, name, phone, mail)
            values (:id, :from, cast(:parent as uuid), :name, cast(:phone as text),
                    cast(:mail as text))
            """)
        .param("id", id)
        .param("from", from)
        .param("parent", shape.parent())
        .param("name", shape.name())
        .param("phone", shape.phone())
        .param("mail", shape.mail())
        .update();
  }

  /** One change of a body's tree at a time, so that what was looked at stays so. */
  private void lock() {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('sections/' || current_tenant(), 20))")
        .query((_, _) -> true)
        .single();
  }

  private void record(
      Actor actor, String action, UUID id, Shape shape, LocalDate from, @Nullable String clientIp) {
    audit.record(
        actor,
        action,
        null,
        clientIp,
        Map.of(
            "section",
            id.toString(),
            "name",
            shape.name(),
            "parent",
            shape.parent() == null ? "" : shape.parent().toString(),
            "from",
            from.toString()));
  }
}
