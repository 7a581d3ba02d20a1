package jp.musubi.closure;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.StaffMember;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 残余データの消去の手続: one of the body asks, another confirms; one operator orders, another approves.
 * Whoever takes a step works for their own body, and its record holds the step.
 */
@Service
@Transactional
class Closures {
  private final ClosureStore store;
  private final ClosureLetters letters;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final Clock clock;
  private final int waitingDays;

  Closures(
      ClosureStore store,
      ClosureLetters letters,
      Organisations organisations,
      AuditTrail audit,
      Clock clock,
      @Value("${musubi.closure.waiting-days:30}") int waitingDays) {
    if (waitingDays < 1) {
      throw new IllegalArgumentException("musubi.closure.waiting-days must be 1 or more");
    }
    this.store = store;
    this.letters = letters;
    this.organisations = organisations;
    this.audit = audit;
    this.clock = clock;
    this.waitingDays = waitingDays;
  }

  /** What a form says. */
  record Asked(
      String reason, LocalDate useUntil, String contactName, String contactMail, boolean witness) {}

  int waitingDays() {
    return waitingDays;
  }

  /** What the current body sees, newest first. */
  @Transactional(readOnly = true)
  public List<Closure> all() {
    return store.all();
  }

  /**
   * One of them.
   *
   * @throws NotFound if the current body does not see it
   */
  @Transactional(readOnly = true)
  public Closure get(UUID id) {
    return store.find(id).orElseThrow(() -> missing(id));
  }

  /** What stands in the way at this moment, of the current body. */
  @Transactional(readOnly = true)
  public Optional<Refusal> hindered() {
    return store.hindered();
  }

  /** 申出 by one of the body; empty when it waits for another. */
  public Optional<Refusal> propose(Asked asked, StaffMember by, String clientIp) {
    var hindered = store.hindered().filter(why -> why == Refusal.NOT_HANDED_OVER);
    if (hindered.isPresent()) {
      return refused(hindered.get(), by, clientIp);
    }
    if (store.all().stream().anyMatch(each -> each.state() != Closure.State.CANCELLED)) {
      return refused(Refusal.OPEN_ALREADY, by, clientIp);
    }
    var body = organisations.current();
    var closure =
        new Closure(
            UUID.randomUUID(),
            new Closure.Request(
                body.id(),
                body.code(),
                body.name(),
                asked.reason(),
                asked.useUntil(),
                asked.contactName(),
                asked.contactMail(),
                asked.witness()),
            Closure.Mark.of(by, clock.instant()),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    store.insert(closure);
    record("closure.proposed", closure, by.actor(), clientIp, Map.of("reason", asked.reason()));
    return Optional.empty();
  }

  /** 確認 by another one of the body; the waiting begins. */
  public Optional<Refusal> confirm(UUID id, StaffMember by, String clientIp) {
    var closure = locked(id);
    var mark = Closure.Mark.of(by, clock.instant());
    var refusal = closure.refusesConfirmation(mark);
    if (refusal.isPresent()) {
      return refused(refusal.get(), by, clientIp);
    }
    var due = Closure.due(closure.request().useUntil(), organisations.today(), waitingDays);
    store.confirm(id, mark, due);
    letters.confirmed(closure, due);
    record(
        "closure.confirmed", closure, by.actor(), clientIp, Map.of("due", JapaneseDates.date(due)));
    return Optional.empty();
  }

  /** 取下げ by the body, until it begins. */
  public Optional<Refusal> cancel(UUID id, String why, StaffMember by, String clientIp) {
    var closure = locked(id);
    var refusal = closure.refusesCancelling();
    if (refusal.isPresent()) {
      return refused(refusal.get(), by, clientIp);
    }
    store.cancel(id, by.name(), why, clock.instant());
    record("closure.cancelled", closure, by.actor(), clientIp, Map.of("reason", why));
    return Optional.empty();
  }

  /** 起案 by one operator. */
  public Optional<Refusal> order(UUID id, String witness, StaffMember by, String clientIp) {
    var closure = locked(id);
    var refusal = closure.refusesOrder();
    if (refusal.isPresent()) {
      return refused(refusal.get(), by, clientIp);
    }
    store.order(id, Closure.Mark.of(by, clock.instant()), witness.isEmpty() ? null : witness);
    record("closure.ordered", closure, operator(by), clientIp, Map.of("witness", witness));
    return Optional.empty();
  }

  /** 承認 by another operator; the work begins when its day has come. */
  public Optional<Refusal> approve(UUID id, StaffMember by, String clientIp) {
    var closure = locked(id);
    var mark = Closure.Mark.of(by, clock.instant());
    var refusal = closure.refusesApproval(mark);
    if (refusal.isPresent()) {
      return refused(refusal.get(), by, clientIp);
    }
    store.approve(id, mark);
    letters.approved(closure);
    record("closure.approved", closure, operator(by), clientIp, Map.of());
    return Optional.empty();
  }

  private Closure locked(UUID id) {
    return store.lock(id).orElseThrow(() -> missing(id));
  }

  private Optional<Refusal> refused(Refusal why, StaffMember by, String clientIp) {
    audit.record(by.actor(), "closure.refused", null, clientIp, Map.of("why", why.name()));
    return Optional.of(why);
  }

  private void record(
      String action, Closure closure, Actor by, String clientIp, Map<String, String> more) {
    var details = new LinkedHashMap<>(more);
    details.put("closure", closure.id().toString());
    details.put("body", closure.request().code());
    audit.record(by, action, null, clientIp, details);
  }

  private static Actor operator(StaffMember by) {
    return new Actor(Actor.Kind.OPERATOR, by.id().toString(), by.name());
  }

  private static NotFound missing(UUID id) {
    return new NotFound("closure " + id);
  }
}
