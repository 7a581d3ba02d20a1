package jp.musubi.contract;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** One step of a contract's life: lock, decide, store, record, announce, in one transaction. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Transition {
  private final ContractStore store;
  private final List<SendingGate> gates;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Transition(
      ContractStore store,
      List<SendingGate> gates,
      AuditTrail audit,
      ApplicationEventPublisher events,
      Clock clock) {
    this.store = store;
    this.gates = List.copyOf(gates);
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Takes a step, if it is lawful.
   *
   * @param manner how whoever takes it was identified; null for the service itself
   * @param decide from the state and the time, both as they are within the lock
   * @param write what is stored beside the state
   */
  Decision take(
      ContractId id,
      Actor actor,
      String action,
      Agreement.@Nullable Manner manner,
      BiFunction<Contract, Instant, Decision> decide,
      BiConsumer<Decision.Accepted, Instant> write) {
    var stored = store.lock(id);
    // The time within the lock: of two steps, the one that was let in later also says so.
    var now = clock.instant();
    var decision = decide.apply(stored.value(), now);
    if (decision instanceof Decision.Accepted accepted) {
      write.accept(accepted, now);
      store.replace(stored, accepted.next());
      audit.record(
          actor,
          action,
          id.value(),
          manner == null ? null : manner.clientIp(),
          AuditDetails.of(accepted, manner));
      accepted.events().forEach(events::publishEvent);
    }
    return decision;
  }

  /** Stores the agreements that a step brought. */
  void promise(Decision.Accepted accepted, Sha256 shown, Instant now, Agreement.Manner manner) {
    for (var event : accepted.events()) {
      if (event instanceof ContractEvent.Agreed(var contract, var party)) {
        store.insert(
            new Agreement(
                UUID.randomUUID(),
                contract,
                party.id(),
                store.agreements(contract).size(),
                shown,
                now,
                manner));
      }
    }
  }

  /** Why it may not leave the house as it stands. */
  Optional<Decision> refusesSending(ContractId id) {
    var draft = store.find(id).orElseThrow(() -> new NotFound("contract " + id));
    return gates.stream()
        .flatMap(gate -> gate.refusesSending(draft).stream())
        .findFirst()
        .map(Decision.Refused::new);
  }

  /** Why it may not be changed at this moment. */
  Optional<Decision> refusesEditing(ContractId id) {
    return gates.stream()
        .flatMap(gate -> gate.refusesEditing(id).stream())
        .findFirst()
        .map(Decision.Refused::new);
  }

  /** The state has no such step. */
  static Decision notIn(Contract contract) {
    return new Decision.Refused(new Refusal.NotInThisState(contract.getClass().getSimpleName()));
  }
}
