package jp.musubi.counterparty;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.CsvTable;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 相手方の一括登録. A list is looked at first, changing nothing, and then takes effect as a whole. */
@Service
@Transactional
public class SupplierLists {
  /** More lines are no list of a body's suppliers but a mistake. */
  public static final int MOST_ROWS = 5_000;

  private final SupplierListStore lists;
  private final SupplierStore store;
  private final SupplierSteps steps;
  private final AuditTrail audit;
  private final Clock clock;

  SupplierLists(
      SupplierListStore lists,
      SupplierStore store,
      SupplierSteps steps,
      AuditTrail audit,
      Clock clock) {
    this.lists = lists;
    this.store = store;
    this.steps = steps;
    this.audit = audit;
    this.clock = clock;
  }

  /** Where a list stands. */
  public enum State {
    /** Nothing has changed yet. */
    CHECKED,
    /** It took effect. */
    APPLIED,
    /** It never did and never will. */
    CANCELLED
  }

  /**
   * A list.
   *
   * @param plan what it would do to the register as it is now; of one that took effect, nothing
   * @param effects of one that took effect: what each line did
   */
  public record Report(
      UUID id,
      String fileName,
      Instant madeAt,
      State state,
      SupplierPlan plan,
      Map<Integer, String> effects) {}

  /** Why a step was not taken; the words are {@code supplier.list.refusal.} + name. */
  public enum Refusal {
    /** Something is wrong with its lines. */
    HAS_ERRORS,
    /** It took effect or was taken back before. */
    NOT_IN_THIS_STATE,
    /** The register changed since the person looked, and with it what the list does. */
    LOOK_AGAIN
  }

  /** Keeps a list; changes no supplier. */
  public UUID check(
      String fileName,
      List<CsvTable.Line> lines,
      UUID madeBy,
      Actor by,
      @Nullable String clientIp) {
    var id = UUID.randomUUID();
    lists.insert(id, fileName, madeBy, clock.instant(), lines);
    record(by, "supplier.list-checked", id, fileName, clientIp, lines.size());
    return id;
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
    store.lock();
    var report = report(id, true);
    if (report.state() != State.CHECKED) {
      return Optional.of(Refusal.NOT_IN_THIS_STATE);
    }
    if (!report.plan().findings().isEmpty()) {
      return Optional.of(Refusal.HAS_ERRORS);
    }
    if (!report.plan().digest().hex().equals(looked)) {
      return Optional.of(Refusal.LOOK_AGAIN);
    }
    var effects = new LinkedHashMap<Integer, String>();
    for (var step : report.plan().steps()) {
      take(step, by, clientIp);
      effects.merge(
          step.line(), step.getClass().getSimpleName(), (one, other) -> one + " " + other);
    }
    lists.applied(id, clock.instant(), effects);
    record(by, "supplier.list-applied", id, report.fileName(), clientIp, effects.size());
    return Optional.empty();
  }

  /** Takes a list back before it takes effect. */
  public Optional<Refusal> cancel(UUID id, Actor by, @Nullable String clientIp) {
    var report = report(id, true);
    if (report.state() != State.CHECKED) {
      return Optional.of(Refusal.NOT_IN_THIS_STATE);
    }
    lists.cancelled(id);
    record(by, "supplier.list-cancelled", id, report.fileName(), clientIp, 0);
    return Optional.empty();
  }

  private void take(SupplierPlan.Step step, Actor by, @Nullable String clientIp) {
    switch (step) {
      case SupplierPlan.Step.NewSupplier(_, var id, var details, var alike) ->
          steps.add(id, details, alike.size(), by, clientIp);
      case SupplierPlan.Step.ChangedSupplier(_, var id, var version, var before, var after) ->
          steps.change(id, version, before, after, by, clientIp);
      case SupplierPlan.Step.NewContact(_, var supplier, _, var person) ->
          steps.addContact(supplier, person, by, clientIp);
      case SupplierPlan.Step.ChangedContact(
              _,
              var supplier,
              _,
              var contact,
              var version,
              var before,
              var after) ->
          steps.changeContact(supplier, contact, version, before, after, by, clientIp);
      case SupplierPlan.Step.Nothing _ -> {}
    }
  }

  private Report report(UUID id, boolean lock) {
    var list = lists.find(id, lock).orElseThrow(() -> new NotFound("supplier list " + id));
    var plan =
        list.state() == State.CHECKED
            ? SupplierPlan.of(
                id,
                lists.rows(id),
                lists.unreadable(id),
                store.search("", false, Integer.MAX_VALUE))
            : new SupplierPlan(List.of(), List.of());
    return new Report(
        id,
        list.fileName(),
        list.madeAt(),
        list.state(),
        plan,
        list.state() == State.APPLIED ? lists.effects(id) : Map.of());
  }

  private void record(
      Actor by, String action, UUID list, String file, @Nullable String clientIp, int lines) {
    audit.record(
        by,
        action,
        null,
        clientIp,
        Map.of("list", list.toString(), "file", file, "lines", String.valueOf(lines)));
  }
}
