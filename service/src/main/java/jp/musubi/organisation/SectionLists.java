package jp.musubi.organisation;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.CsvTable;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 所属の一括登録. A list is looked at first, changing nothing, and then holds from its day on as a whole.
 * That day may lie ahead: sections live in days, so nothing has to wait for it.
 */
@Service
@Transactional
public class SectionLists {
  /** More lines are no list of a body's sections but a mistake. */
  public static final int MOST_ROWS = 5_000;

  private final SectionListStore lists;
  private final SectionStore sections;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final Clock clock;

  SectionLists(
      SectionListStore lists,
      SectionStore sections,
      Organisations organisations,
      AuditTrail audit,
      Clock clock) {
    this.lists = lists;
    this.sections = sections;
    this.organisations = organisations;
    this.audit = audit;
    this.clock = clock;
  }

  /** Where a list stands. */
  public enum State {
    /** Nothing has changed yet. */
    CHECKED,
    /** The sections are, from its day on, as it says. */
    APPLIED,
    /** It never took effect and never will. */
    CANCELLED
  }

  /** A list without its lines. */
  public record Head(
      UUID id, String fileName, Instant madeAt, LocalDate effectiveOn, State state) {}

  /**
   * A list.
   *
   * @param plan what it would do to the sections as they are now; of one that is over, nothing
   */
  public record Report(Head list, List<SectionRow> rows, SectionPlan plan) {
    /** Keeps its own copy. */
    public Report {
      rows = List.copyOf(rows);
    }
  }

  /** Why a step was not taken; the words are {@code section.lists.refusal.} + name. */
  public enum Refusal {
    /** Something is wrong with its lines. */
    HAS_ERRORS,
    /** It took effect or was taken back before. */
    NOT_IN_THIS_STATE,
    /** The sections changed since the person looked, and with them what the list does. */
    LOOK_AGAIN,
    /** The day lies in the past. */
    DAY_HAS_PASSED
  }

  /** Keeps a list; changes no section. */
  public UUID check(
      String fileName,
      List<CsvTable.Line> lines,
      LocalDate effectiveOn,
      UUID madeBy,
      Actor by,
      @Nullable String clientIp) {
    var list = new Head(UUID.randomUUID(), fileName, clock.instant(), effectiveOn, State.CHECKED);
    lists.insert(list, madeBy, lines);
    record(by, "section.list-checked", list, clientIp, lines.size());
    return list.id();
  }

  /** The newest lists. */
  @Transactional(readOnly = true)
  public List<Head> newest(int most) {
    return lists.newest(most);
  }

  /** A list with what it would do. */
  @Transactional(readOnly = true)
  public Report report(UUID id) {
    return report(id, false);
  }

  /**
   * The list takes effect, all of it or nothing.
   *
   * @param looked digest of the plan that the person looked at
   */
  public Optional<Refusal> apply(UUID id, String looked, Actor by, @Nullable String clientIp) {
    sections.lock();
    var report = report(id, true);
    var list = report.list();
    if (list.state() != State.CHECKED) {
      return Optional.of(Refusal.NOT_IN_THIS_STATE);
    }
    if (list.effectiveOn().isBefore(organisations.today())) {
      return Optional.of(Refusal.DAY_HAS_PASSED);
    }
    if (!report.plan().findings().isEmpty()) {
      return Optional.of(Refusal.HAS_ERRORS);
    }
    if (!report.plan().digest().hex().equals(looked)) {
      return Optional.of(Refusal.LOOK_AGAIN);
    }
    take(report.plan().steps(), list.effectiveOn(), by);
    lists.applied(id, clock.instant());
    record(by, "section.list-applied", list, clientIp, report.plan().steps().size());
    return Optional.empty();
  }

  /** Takes a list back before it takes effect. */
  public Optional<Refusal> cancel(UUID id, Actor by, @Nullable String clientIp) {
    var report = report(id, true);
    if (report.list().state() != State.CHECKED) {
      return Optional.of(Refusal.NOT_IN_THIS_STATE);
    }
    lists.cancelled(id);
    record(by, "section.list-cancelled", report.list(), clientIp, report.rows().size());
    return Optional.empty();
  }

  /** New sections get their keys first, since others may hang below them or hand over to them. */
  private void take(List<SectionPlan.Step> steps, LocalDate day, Actor by) {
    for (var step : steps) {
      if (step.kind() == SectionRow.Kind.OPEN && !sections.add(step.section(), step.code())) {
        throw new IllegalStateException("code taken under the lock: " + step.code());
      }
    }
    var notes = new ArrayList<AuditTrail.Note>();
    for (var step : steps) {
      notes.add(
          switch (step.kind()) {
            case OPEN -> shaped(step, "section.opened", day);
            case CHANGE, MOVE -> {
              sections.endOpenTerm(step.section(), day);
              yield shaped(step, "section.changed", day);
            }
            case CLOSE -> closed(step, Objects.requireNonNull(step.successor()), day);
          });
    }
    audit.recordAll(by, notes);
  }

  private AuditTrail.Note shaped(SectionPlan.Step step, String action, LocalDate day) {
    var shape = Objects.requireNonNull(step.after());
    sections.begin(step.section(), shape, day);
    return new AuditTrail.Note(action, SectionRegister.facts(step.section(), shape, day));
  }

  private AuditTrail.Note closed(SectionPlan.Step step, UUID successor, LocalDate day) {
    sections.endOpenTerm(step.section(), day);
    sections.succeed(step.section(), successor);
    return new AuditTrail.Note(
        "section.closed", SectionRegister.facts(step.section(), successor, day));
  }

  private Report report(UUID id, boolean lock) {
    var list = lists.find(id, lock).orElseThrow(() -> new NotFound("section list " + id));
    var rows = lists.rows(id);
    var plan =
        list.state() == State.CHECKED
            ? SectionPlan.of(
                id,
                rows,
                lists.unreadable(id),
                sections.terms(),
                sections.codes(),
                list.effectiveOn())
            : SectionPlan.NOTHING;
    return new Report(list, rows, plan);
  }

  private void record(Actor by, String action, Head list, @Nullable String clientIp, int lines) {
    audit.record(
        by,
        action,
        null,
        clientIp,
        Map.of(
            "list", list.id().toString(),
            "file", list.fileName(),
            "from", list.effectiveOn().toString(),
            "lines", String.valueOf(lines)));
  }
}
