package jp.musubi.deadline;

import java.time.Clock;
import jp.musubi.contract.ContractEvent;
import jp.musubi.contract.Invitations;
import jp.musubi.contract.Party;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Notes since when counterparties have been asked, in the transaction that asks them. */
@Component
class ReminderEvents {
  private final ReminderStore store;
  private final Clock clock;

  ReminderEvents(ReminderStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @EventListener
  void on(ContractEvent event) {
    if (event instanceof ContractEvent.TurnCame(var contract, var party)
        && party.kind() == Party.Kind.COUNTERPARTY) {
      store.asked(contract, party.id(), clock.instant());
    }
    if (event instanceof ContractEvent.Delegated(_, _, var to)) {
      store.askedAgain(to.id(), true, clock.instant());
    }
  }

  @EventListener
  void on(Invitations.Reissued reissued) {
    store.askedAgain(reissued.party(), false, clock.instant());
  }
}
