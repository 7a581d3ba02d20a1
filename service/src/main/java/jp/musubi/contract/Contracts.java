package jp.musubi.contract;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The steps of a contract's life: lock, decide, store, record, announce — in one transaction, with
 * nothing slow or remote in it. What follows (seal, mail) is done by jobs that listeners of {@link
 * ContractEvent} schedule in the same transaction.
 */
@Service
@Transactional
public class Contracts {
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "sealing", "むすび");

  private static final Actor SCHEDULE = new Actor(Actor.Kind.SERVICE, "schedule", "むすび（予約送信）");

  private static final int MOST_DELEGATIONS = 3;

  private final ContractStore store;
  private final ScheduledSendings scheduled;
  private final AuditTrail audit;
  private final List<SendingGate> gates;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Contracts(
      ContractStore store,
      ScheduledSendings scheduled,
      AuditTrail audit,
      List<SendingGate> gates,
      ApplicationEventPublisher events,
      Clock clock) {
    this.store = store;
    this.scheduled = scheduled;
    this.audit = audit;
    this.gates = List.copyOf(gates);
    this.events = events;
    this.clock = clock;
  }

  /** What is known of a contract of the current body. */
  @Transactional(readOnly = true)
  public Particulars get(ContractId id) {
    return store.find(id).orElseThrow(() -> new NotFound("contract " + id));
  }

  /** The agreements given so far, in order. */
  @Transactional(readOnly = true)
  public List<Agreement> agreements(ContractId id) {
    return store.agreements(id);
  }

  /** One agreement. */
  @Transactional(readOnly = true)
  public Optional<Agreement> agreement(UUID id) {
    return store.agreement(id);
  }

  /** Whose agreement is awaited now; nobody's of a contract that is not on its way. */
  @Transactional(readOnly = true)
  public List<Party> awaited(ContractId id) {
    return store.state(get(id)) instanceof AwaitingAgreements c ? c.turn() : List.of();
  }

  /** Whether it is this party's turn, and the file is ready for it. */
  @Transactional(readOnly = true)
  public boolean isTurnOf(PartyId party, ContractId id) {
    return awaited(id).stream().anyMatch(awaited -> awaited.id().equals(party));
  }

  /** 送信: the sender agrees to the prepared bytes; the contract leaves the house. */
  public Decision dispatch(
      ContractId id, Sha256 shown, Instant deadline, Actor actor, Agreement.Manner manner) {
    var parties = get(id).parties();
    return step(
        id,
        actor,
        "contract.dispatched",
        manner,
        (contract, now) ->
            contract instanceof Contract.Draft draft
                ? heldBack(id)
                    .<Decision>map(Decision.Refused::new)
                    .orElseGet(() -> draft.dispatch(parties, shown, deadline, now))
                : notIn(contract),
        (accepted, now) -> {
          store.setDispatch(id, deadline, now);
          promise(accepted, shown, now, manner);
        });
  }

  /** 予約送信: what the sender agrees to now leaves at its moment; see {@link #release}. */
  Decision schedule(
      ContractId id,
      Sha256 shown,
      Instant deadline,
      Instant releaseAt,
      Actor actor,
      Agreement.Manner manner) {
    var parties = get(id).parties();
    return step(
        id,
        actor,
        "contract.scheduled",
        manner,
        (contract, now) ->
            contract instanceof Contract.Draft draft
                ? heldBack(id)
                    .<Decision>map(Decision.Refused::new)
                    .orElseGet(() -> draft.schedule(parties, shown, deadline, releaseAt, now))
                : notIn(contract),
        (_, now) -> scheduled.insert(id, now, releaseAt, manner));
  }

  /** Dispatches what was scheduled, as the sender agreed to it; the gates are asked once more. */
  Decision release(ContractId id) {
    var contract = get(id);
    var manner = scheduled.manner(id);
    return step(
        id,
        SCHEDULE,
        "contract.dispatched",
        manner,
        (state, now) ->
            state instanceof Contract.Scheduled c
                ? heldBack(id)
                    .<Decision>map(Decision.Refused::new)
                    .orElseGet(() -> c.release(contract.parties(), now))
                : notIn(state),
        (accepted, now) -> {
          store.setDispatch(id, contract.deadline().orElseThrow(), now);
          promise(accepted, contract.currentFile(), now, manner);
        });
  }

  /** 予約の取りやめ. */
  Decision unschedule(ContractId id, Actor actor, Agreement.Manner manner) {
    return step(
        id,
        actor,
        "contract.unscheduled",
        manner,
        (contract, _) ->
            contract instanceof Contract.Scheduled c
                ? c.unschedule(Optional.empty())
                : notIn(contract),
        (_, _) -> {});
  }

  /** What was scheduled cannot leave: it is a draft again, and its clerk hears why. */
  Decision holdBack(ContractId id, Refusal because) {
    return step(
        id,
        SCHEDULE,
        "contract.held-back",
        null,
        (contract, _) ->
            contract instanceof Contract.Scheduled c
                ? c.unschedule(Optional.of(because))
                : notIn(contract),
        (_, _) -> {});
  }

  /**
   * 同意: a party agrees to the bytes it was shown. The promise of which sealing is the effect.
   *
   * @param party as whoever agrees came in: if it was passed on since, they may not any more
   */
  public Decision agree(
      ContractId id, Party party, Sha256 shown, Actor actor, Agreement.Manner manner) {
    return step(
        id,
        actor,
        "contract.agreed",
        manner,
        (contract, now) ->
            switch (contract) {
              case AwaitingAgreements c -> as(party, c, () -> c.agree(party.id(), shown, now));
              case Contract.Concluding _, Contract.Concluded _ ->
                  new Decision.Refused(new Refusal.AlreadyAgreed(party.id()));
              case Contract.Draft _,
                  Contract.Scheduled _,
                  Contract.Declined _,
                  Contract.Returned _,
                  Contract.OnPaper _,
                  Contract.Withdrawn _,
                  Contract.Expired _ ->
                  notIn(contract);
            },
        (accepted, now) -> promise(accepted, shown, now, manner));
  }

  /**
   * 辞退.
   *
   * @param party as whoever declines came in: if it was passed on since, they may not any more
   */
  public Decision decline(
      ContractId id, Party party, String reason, Actor actor, Agreement.Manner manner) {
    return ending(
        id,
        actor,
        "contract.declined",
        manner,
        (c, now) -> as(party, c, () -> c.decline(party.id(), reason, now)));
  }

  /** 差戻し, as {@link #decline}. */
  public Decision sendBack(
      ContractId id, Party party, String reason, Actor actor, Agreement.Manner manner) {
    return ending(
        id,
        actor,
        "contract.returned",
        manner,
        (c, now) -> as(party, c, () -> c.sendBack(party.id(), reason, now)));
  }

  /** 転送, as {@link #decline}. */
  public Decision delegate(
      ContractId id, Party party, Delegate to, Actor actor, Agreement.Manner manner) {
    return step(
        id,
        actor,
        "contract.delegated",
        manner,
        (contract, now) ->
            contract instanceof AwaitingAgreements c
                ? store.delegations(party.id()) >= MOST_DELEGATIONS
                    ? new Decision.Refused(new Refusal.DelegatedTooOften(party.id()))
                    : as(party, c, () -> c.delegate(party.id(), to, now))
                : notIn(contract),
        (accepted, now) -> {
          for (var event : accepted.events()) {
            if (event instanceof ContractEvent.Delegated(_, _, var next)) {
              store.delegate(id, next, now);
            }
          }
        });
  }

  /** 紙へ切替. */
  public Decision moveToPaper(ContractId id, String reason, Actor actor, Agreement.Manner manner) {
    return leaving(
        id,
        actor,
        "contract.moved-to-paper",
        manner,
        (draft, now) -> draft.moveToPaper(reason, now),
        (c, now) -> c.moveToPaper(reason, now));
  }

  /** 取消; of a draft 中止. */
  public Decision withdraw(ContractId id, String reason, Actor actor, Agreement.Manner manner) {
    return leaving(
        id,
        actor,
        "contract.withdrawn",
        manner,
        (draft, now) -> draft.withdraw(reason, now),
        (c, now) -> c.withdraw(reason, now));
  }

  /** 期限切れ of everything in the current body that is due; how many there were. */
  public int expireDue() {
    var due = store.due(clock.instant());
    due.forEach(id -> ending(id, SERVICE, "contract.expired", null, AwaitingAgreements::expire));
    return due.size();
  }

  /** Records the stored file that an agreement's seal made, and calls the next party. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Decision sealed(ContractId id, Revision revision) {
    return step(
        id,
        SERVICE,
        "contract.sealed",
        null,
        (contract, now) ->
            switch (contract) {
              case AwaitingAgreements c -> c.advance(revision.ordinal(), revision.file());
              case Contract.Concluding c -> c.advance(revision.ordinal());
              case Contract.Draft _,
                  Contract.Scheduled _,
                  Contract.Concluded _,
                  Contract.Declined _,
                  Contract.Returned _,
                  Contract.OnPaper _,
                  Contract.Withdrawn _,
                  Contract.Expired _ ->
                  notIn(contract);
            },
        (_, _) -> store.insert(id, revision));
  }

  /**
   * 締結: records the stored and validated B-LTA file with its certificate.
   *
   * @param certificate the body's copy
   * @param certificateMasked the counterparty's copy
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Decision conclude(
      ContractId id, Revision last, Sha256 certificate, Sha256 certificateMasked) {
    return step(
        id,
        SERVICE,
        "contract.concluded",
        null,
        (contract, now) ->
            contract instanceof Contract.Concluding c
                ? c.conclude(
                    last.ordinal(), last.file(), certificate, certificateMasked, last.sealedAt())
                : notIn(contract),
        (_, _) -> store.insert(id, last));
  }

  /** Says on the contract's page what sealing waits for. */
  public void sealingWaits(ContractId id, String cause) {
    store.setSealCause(id, cause, clock.instant());
  }

  private void promise(
      Decision.Accepted accepted, Sha256 shown, Instant now, Agreement.Manner manner) {
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

  /** A step that ends the round of a contract, and writes nothing but its state. */
  private Decision ending(
      ContractId id,
      Actor actor,
      String action,
      Agreement.@org.jspecify.annotations.Nullable Manner manner,
      BiFunction<AwaitingAgreements, Instant, Decision> decide) {
    return step(
        id,
        actor,
        action,
        manner,
        (contract, now) ->
            contract instanceof AwaitingAgreements c ? decide.apply(c, now) : notIn(contract),
        (_, _) -> {});
  }

  /**
   * A way out that the body may take before the contract is sent, if no gate keeps it, or after.
   */
  private Decision leaving(
      ContractId id,
      Actor actor,
      String action,
      Agreement.Manner manner,
      BiFunction<Contract.Draft, Instant, Decision> before,
      BiFunction<AwaitingAgreements, Instant, Decision> after) {
    return step(
        id,
        actor,
        action,
        manner,
        (contract, now) ->
            switch (contract) {
              case Contract.Draft c ->
                  keptAsItIs(id)
                      .<Decision>map(Decision.Refused::new)
                      .orElseGet(() -> before.apply(c, now));
              case AwaitingAgreements c -> after.apply(c, now);
              default -> notIn(contract);
            },
        (_, _) -> {});
  }

  private Decision step(
      ContractId id,
      Actor actor,
      String action,
      Agreement.@org.jspecify.annotations.Nullable Manner manner,
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

  private static Decision as(Party party, AwaitingAgreements contract, Supplier<Decision> step) {
    return contract.parties().contains(party)
        ? step.get()
        : new Decision.Refused(new Refusal.NotYourTurn(party.id()));
  }

  private Optional<Refusal> heldBack(ContractId id) {
    var draft = get(id);
    return gates.stream().flatMap(gate -> gate.refusesSending(draft).stream()).findFirst();
  }

  private Optional<Refusal> keptAsItIs(ContractId id) {
    return gates.stream().flatMap(gate -> gate.refusesEditing(id).stream()).findFirst();
  }

  private static Decision notIn(Contract contract) {
    return new Decision.Refused(new Refusal.NotInThisState(contract.getClass().getSimpleName()));
  }
}
