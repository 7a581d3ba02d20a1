package jp.musubi.operations;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.evidence.Actor;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.staff.StaffMember;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 緊急閲覧, step by step. Each step of an operator is one transaction of the body concerned, with its
 * entry there and its letters; the operator's own chain says the same afterwards.
 */
@Service
class Emergencies {
  private static final int MOST = 100;

  private final EmergencyStore store;
  private final EmergencyLetters letters;
  private final Organisations organisations;
  private final EmergencyRecord record;
  private final TransactionTemplate ofItsOwn;
  private final Clock clock;
  private final int mostHours;

  Emergencies(
      EmergencyStore store,
      EmergencyLetters letters,
      Organisations organisations,
      EmergencyRecord record,
      PlatformTransactionManager transactions,
      Clock clock,
      @Value("${musubi.emergency.hours:4}") int mostHours) {
    if (mostHours < 1 || mostHours > 72) {
      throw new IllegalArgumentException("musubi.emergency.hours: " + mostHours + " (1 to 72)");
    }
    this.store = store;
    this.letters = letters;
    this.organisations = organisations;
    this.record = record;
    this.ofItsOwn = new TransactionTemplate(transactions);
    // Each step is done as the body concerned, whatever the caller works for.
    this.ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.clock = clock;
    this.mostHours = mostHours;
  }

  /** What is wished for. */
  record Wish(String contractNumber, String reason, String reference, Duration length) {}

  /** What became of it. */
  sealed interface Asked {
    /** It waits for a second operator. */
    record Waits(UUID id) implements Asked {}

    /** The body has no contract of this number. */
    record NoSuchContract() implements Asked {}

    /** The body has nobody who could be told. */
    record NobodyToTell() implements Asked {}
  }

  /** With the body it concerns. */
  record Of(Body body, Emergency emergency) {}

  /** The most hours that can be asked for. */
  int mostHours() {
    return mostHours;
  }

  /** The bodies whose contracts there may be reason to see. */
  List<Body> bodies() {
    return organisations.bodies().stream().filter(body -> !body.isOperators()).toList();
  }

  /** Of every body, newest first. */
  List<Of> all() {
    return bodies().stream()
        .flatMap(
            body -> as(body.id(), () -> store.all(MOST)).stream().map(each -> new Of(body, each)))
        .sorted(java.util.Comparator.comparing((Of each) -> each.emergency().askedAt()).reversed())
        .limit(MOST)
        .toList();
  }

  /** Of the current body. */
  List<Emergency> ofThisBody() {
    return as(Tenancy.required(), () -> store.all(MOST));
  }

  /**
   * One of them.
   *
   * @throws NotFound if there is no such body, or it has no such emergency
   */
  Of get(UUID body, UUID id) {
    var named = named(body);
    return new Of(named, as(named.id(), () -> store.find(id)).orElseThrow(() -> missing(id)));
  }

  /** Asks; nothing opens by that. */
  Asked ask(Body body, Wish wish, StaffMember operator, String clientIp) {
    var asked = as(body.id(), () -> asked(body, wish, operator, clientIp));
    record.asked(body, wish, operator, asked instanceof Asked.Waits, clientIp);
    return asked;
  }

  private Asked asked(Body body, Wish wish, StaffMember operator, String clientIp) {
    var contract = store.contract(wish.contractNumber());
    if (contract.isEmpty() || !letters.reachSomebody()) {
      record.unasked(
          wish, operator, contract.isEmpty() ? "NO_CONTRACT" : "NOBODY_TO_TELL", clientIp);
      return contract.isEmpty() ? new Asked.NoSuchContract() : new Asked.NobodyToTell();
    }
    var emergency =
        new Emergency(
            UUID.randomUUID(),
            contract.get(),
            wish.contractNumber(),
            person(operator),
            wish.reason(),
            wish.reference(),
            wish.length(),
            clock.instant(),
            null,
            null);
    store.insert(emergency);
    record.step(
        emergency,
        EmergencyRecord.operator(operator),
        "emergency.asked",
        clientIp,
        Map.of("reason", wish.reason()));
    letters.asked(body, emergency);
    return new Asked.Waits(emergency.id());
  }

  /** 承認 by a second operator; empty when it is open. */
  Optional<Emergency.Refusal> approve(UUID bodyId, UUID id, StaffMember operator, String clientIp) {
    var body = named(bodyId);
    var refusal = as(body.id(), () -> approved(body, id, operator, clientIp));
    record.atHome(body, id, operator, "emergency.approved", refusal, clientIp);
    return refusal;
  }

  private Optional<Emergency.Refusal> approved(
      Body body, UUID id, StaffMember operator, String clientIp) {
    var now = clock.instant();
    var emergency = store.lock(id).orElseThrow(() -> missing(id));
    var by = person(operator);
    var refusal = emergency.refusesApproval(by, store.hasStaff(by.mail()), now);
    if (refusal.isPresent()) {
      record.step(
          emergency,
          EmergencyRecord.operator(operator),
          "emergency.refused",
          clientIp,
          Map.of("why", refusal.get().name()));
      return refusal;
    }
    var approval = new Emergency.Approval(by, now, now.plus(emergency.length()));
    store.approve(id, approval);
    record.step(
        emergency,
        EmergencyRecord.operator(operator),
        "emergency.approved",
        clientIp,
        Map.of("until", approval.until().toString(), "asker", emergency.asker().name()));
    letters.approved(body, emergency, approval);
    return refusal;
  }

  /** Ended by an operator before its time; empty when it is done. */
  Optional<Emergency.Refusal> end(UUID bodyId, UUID id, StaffMember operator, String clientIp) {
    var body = named(bodyId);
    var by = EmergencyRecord.operator(operator);
    var refusal = as(body.id(), () -> ended(id, by, Emergency.Side.OPERATOR, clientIp));
    record.atHome(body, id, operator, "emergency.ended", refusal, clientIp);
    return refusal;
  }

  /** Ended by the current body, with effect from the next request on; empty when it is done. */
  Optional<Emergency.Refusal> endByBody(UUID id, StaffMember admin, String clientIp) {
    var by = admin.actor();
    return as(Tenancy.required(), () -> ended(id, by, Emergency.Side.BODY, clientIp));
  }

  private Optional<Emergency.Refusal> ended(
      UUID id, Actor by, Emergency.Side side, String clientIp) {
    var now = clock.instant();
    var emergency = store.lock(id).orElseThrow(() -> missing(id));
    var refusal = emergency.refusesEnd(now);
    if (refusal.isEmpty()) {
      store.end(id, new Emergency.Ending(by.name(), side, now));
      record.step(emergency, by, "emergency.ended", clientIp, Map.of("side", side.name()));
    }
    return refusal;
  }

  private static Emergency.Person person(StaffMember operator) {
    return new Emergency.Person(operator.id(), operator.name(), operator.mail());
  }

  private Body named(UUID id) {
    return organisations
        .body(new TenantId(id))
        .filter(body -> !body.isOperators())
        .orElseThrow(() -> new NotFound("body " + id));
  }

  private static NotFound missing(UUID id) {
    return new NotFound("emergency " + id);
  }

  private <T> T as(TenantId body, Supplier<T> work) {
    return Tenancy.in(body, () -> Objects.requireNonNull(ofItsOwn.execute(_ -> work.get())));
  }
}
