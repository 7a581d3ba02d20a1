package jp.musubi.contract;

import java.time.Instant;
import java.util.Optional;
import jp.musubi.evidence.Actor;
import jp.musubi.seal.Sha256;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 送信予約: the steps between a draft and its round, when they are apart. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Scheduling {
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "schedule", "むすび（予約送信）");

  private final Transition transition;
  private final ContractStore store;
  private final ScheduledSendings scheduled;

  Scheduling(Transition transition, ContractStore store, ScheduledSendings scheduled) {
    this.transition = transition;
    this.store = store;
    this.scheduled = scheduled;
  }

  /** What the sender agrees to now leaves at its moment; see {@link #release}. */
  Decision schedule(
      ContractId id,
      Sha256 shown,
      Instant deadline,
      Instant releaseAt,
      Actor actor,
      Agreement.Manner manner) {
    var parties = store.find(id).orElseThrow().parties();
    return transition.take(
        id,
        actor,
        "contract.scheduled",
        manner,
        (contract, now) ->
            contract instanceof Contract.Draft draft
                ? transition
                    .refusesSending(id)
                    .orElseGet(() -> draft.schedule(parties, shown, deadline, releaseAt, now))
                : Transition.notIn(contract),
        (_, now) -> scheduled.insert(id, now, releaseAt, manner));
  }

  /** Dispatches what was scheduled, as the sender agreed to it; the gates are asked once more. */
  Decision release(Particulars contract) {
    var id = contract.id();
    var manner = scheduled.manner(id);
    return transition.take(
        id,
        SERVICE,
        "contract.dispatched",
        manner,
        (state, now) ->
            state instanceof Contract.Scheduled c
                ? transition.refusesSending(id).orElseGet(() -> c.release(contract.parties(), now))
                : Transition.notIn(state),
        (accepted, now) -> {
          store.setDispatch(id, contract.deadline().orElseThrow(), now);
          transition.promise(accepted, contract.currentFile(), now, manner);
        });
  }

  /** 予約の取りやめ. */
  Decision unschedule(ContractId id, Actor actor, Agreement.Manner manner) {
    return transition.take(
        id,
        actor,
        "contract.unscheduled",
        manner,
        (contract, _) ->
            contract instanceof Contract.Scheduled c
                ? c.unschedule(Optional.empty())
                : Transition.notIn(contract),
        (_, _) -> {});
  }

  /** What was scheduled cannot leave: it is a draft again, and its clerk hears why. */
  Decision holdBack(ContractId id, Refusal because) {
    return transition.take(
        id,
        SERVICE,
        "contract.held-back",
        null,
        (contract, _) ->
            contract instanceof Contract.Scheduled c
                ? c.unschedule(Optional.of(because))
                : Transition.notIn(contract),
        (_, _) -> {});
  }
}
