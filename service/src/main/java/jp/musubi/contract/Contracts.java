package jp.musubi.contract;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The steps of a contract's life, each {@linkplain Transition in one transaction}, with nothing
 * slow or remote in it. What follows (seal, mail) is done by jobs that listeners of {@link
 * ContractEvent} schedule in the same transaction.
 */
@Service
@Transactional
public class Contracts {
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "sealing", "むすび");

  private static final int MOST_DELEGATIONS = 3;

  private final Transition transition;
  private final ContractStore store;
  private final Mandates mandates;
  private final Clock clock;

  Contracts(Transition transition, ContractStore store, Mandates mandates, Clock clock) {
    this.transition = transition;
    this.store = store;
    this.mandates = mandates;
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

  /**
   * As {@link #awaited}, and nobody else takes a step of the contract until the caller's
   * transaction ends.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Party> holdAwaited(ContractId id) {
    return store.lock(id).value() instanceof AwaitingAgreements c ? c.turn() : List.of();
  }

  /** 送信: the sender agrees to the prepared bytes; the contract leaves the house. */
  public Decision dispatch(
      ContractId id, Sha256 shown, Instant deadline, Actor actor, Agreement.Manner manner) {
    var parties = get(id).parties();
    return transition.take(
        id,
        actor,
        "contract.dispatched",
        manner,
        (contract, now) ->
            contract instanceof Contract.Draft draft
                ? transition
                    .refusesSending(id)
                    .orElseGet(() -> draft.dispatch(parties, shown, deadline, now))
                : Transition.notIn(contract),
        (accepted, now) -> {
          store.setDispatch(id, deadline, now);
          transition.promise(accepted, shown, now, manner);
        });
  }

  /**
   * 同意: a party agrees to the bytes it was shown. The promise of which sealing is the effect.
   *
   * @param party as whoever agrees came in: if it was passed on since, they may not any more
   */
  public Decision agree(
      ContractId id, Party party, Sha256 shown, Actor actor, Agreement.Manner manner) {
    return transition.take(
        id,
        actor,
        "contract.agreed",
        manner,
        (contract, now) ->
            switch (contract) {
              case AwaitingAgreements c -> as(party, c, () -> c.agree(party.id(), shown, now));
              case Contract.Concluding _, Contract.Kept _, Contract.Disposed _ ->
                  new Decision.Refused(new Refusal.AlreadyAgreed(party.id()));
              case Contract.Draft _,
                  Contract.Scheduled _,
                  Contract.Declined _,
                  Contract.Returned _,
                  Contract.OnPaper _,
                  Contract.Withdrawn _,
                  Contract.Expired _ ->
                  Transition.notIn(contract);
            },
        (accepted, now) -> transition.promise(accepted, shown, now, manner));
  }

  /**
   * 当事者型: takes a party's own signature, before it agrees.
   *
   * @param party as whoever hands it in came in
   * @param own checked, and stored in the vault
   */
  public Decision handIn(
      ContractId id, Party party, OwnSignature own, Actor actor, Agreement.Manner manner) {
    return transition.take(
        id,
        actor,
        "contract.own-signature-taken",
        manner,
        (contract, now) ->
            contract instanceof AwaitingAgreements c
                ? as(party, c, () -> c.handIn(party.id(), own.base(), own.file(), now))
                : Transition.notIn(contract),
        (_, _) -> store.insert(id, own));
  }

  /** 当事者型: the party takes its own signature back, to sign anew. */
  public Decision takeBack(ContractId id, Party party, Actor actor, Agreement.Manner manner) {
    return transition.take(
        id,
        actor,
        "contract.own-signature-taken-back",
        manner,
        (contract, _) ->
            contract instanceof AwaitingAgreements c
                ? as(party, c, () -> c.takeBack(party.id()))
                : Transition.notIn(contract),
        (_, now) -> store.takeBack(party.id(), now));
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
    return transition.take(
        id,
        actor,
        "contract.delegated",
        manner,
        (contract, now) ->
            contract instanceof AwaitingAgreements c
                ? refusesDelegating(id, party)
                    .<Decision>map(Decision.Refused::new)
                    .orElseGet(() -> as(party, c, () -> c.delegate(party.id(), to, now)))
                : Transition.notIn(contract),
        (accepted, now) -> {
          for (var event : accepted.events()) {
            if (event instanceof ContractEvent.Delegated(_, _, var next)) {
              store.delegate(id, next, now);
            }
          }
        });
  }

  /** A 委任状 names who acts by it: nobody else can, whatever the two agree upon. */
  private Optional<Refusal> refusesDelegating(ContractId id, Party party) {
    if (mandates.chosenFor(id).containsKey(party.ordinal())) {
      return Optional.of(new Refusal.NamedInMandate(party.id()));
    }
    return store.delegations(party.id()) >= MOST_DELEGATIONS
        ? Optional.of(new Refusal.DelegatedTooOften(party.id()))
        : Optional.empty();
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
    return transition.take(
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
                  Contract.Kept _,
                  Contract.Disposed _,
                  Contract.Declined _,
                  Contract.Returned _,
                  Contract.OnPaper _,
                  Contract.Withdrawn _,
                  Contract.Expired _ ->
                  Transition.notIn(contract);
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
    return transition.take(
        id,
        SERVICE,
        "contract.concluded",
        null,
        (contract, now) ->
            contract instanceof Contract.Concluding c
                ? c.conclude(
                    last.ordinal(), last.file(), certificate, certificateMasked, last.sealedAt())
                : Transition.notIn(contract),
        (_, _) -> store.insert(id, last));
  }

  /**
   * 廃棄: the state, in the transaction that wrote the record of it; without one the database
   * refuses.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Decision dispose(ContractId id, Actor actor, Agreement.Manner manner) {
    return transition.take(
        id,
        actor,
        "contract.disposed",
        manner,
        (contract, _) ->
            contract instanceof Contract.Kept c ? c.dispose() : Transition.notIn(contract),
        (_, _) -> {});
  }

  /** Says on the contract's page what sealing waits for. */
  public void sealingWaits(ContractId id, String cause) {
    store.setSealCause(id, cause, clock.instant());
  }

  /** A step that ends the round of a contract, and writes nothing but its state. */
  private Decision ending(
      ContractId id,
      Actor actor,
      String action,
      Agreement.@org.jspecify.annotations.Nullable Manner manner,
      BiFunction<AwaitingAgreements, Instant, Decision> decide) {
    return transition.take(
        id,
        actor,
        action,
        manner,
        (contract, now) ->
            contract instanceof AwaitingAgreements c
                ? decide.apply(c, now)
                : Transition.notIn(contract),
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
    return transition.take(
        id,
        actor,
        action,
        manner,
        (contract, now) ->
            switch (contract) {
              case Contract.Draft c ->
                  transition.refusesEditing(id).orElseGet(() -> before.apply(c, now));
              case AwaitingAgreements c -> after.apply(c, now);
              default -> Transition.notIn(contract);
            },
        (_, _) -> {});
  }

  private static Decision as(Party party, AwaitingAgreements contract, Supplier<Decision> step) {
    return contract.parties().contains(party)
        ? step.get()
        : new Decision.Refused(new Refusal.NotYourTurn(party.id()));
  }
}
