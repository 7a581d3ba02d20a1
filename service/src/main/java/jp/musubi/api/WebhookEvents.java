package jp.musubi.api;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import java.util.UUID;
import jp.musubi.contract.ContractEvent;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Party;
import jp.musubi.contract.Phase;
import jp.musubi.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes the event and the job that tells of it in one transaction with the step itself. */
@Component
class WebhookEvents {
  private final WebhookStore store;
  private final Contracts contracts;
  private final SchedulerClient scheduler;
  private final Clock clock;

  // Lazy, since the scheduler is made with all jobs, and some job's work is a contract's step.
  WebhookEvents(
      WebhookStore store, Contracts contracts, @Lazy SchedulerClient scheduler, Clock clock) {
    this.store = store;
    this.contracts = contracts;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  @EventListener
  void on(ContractEvent event) {
    switch (event) {
      case ContractEvent.Agreed(_, var party) ->
          tell(event, party.kind() == Party.Kind.SENDER ? "sent" : "agreed", party);
      case ContractEvent.TurnCame(_, var party) -> tell(event, "asked", party);
      case ContractEvent.Declined(_, var party, _) -> tell(event, "declined", party);
      case ContractEvent.Returned(_, var party, _) -> tell(event, "returned", party);
      case ContractEvent.Delegated(_, _, var party) -> tell(event, "delegated", party);
      case ContractEvent.HeldBack _ -> tell(event, "held-back", null);
      case ContractEvent.Concluded _ -> tell(event, "concluded", null);
      case ContractEvent.MovedToPaper _ -> tell(event, "moved-to-paper", null);
      case ContractEvent.Withdrawn _ -> tell(event, "withdrawn", null);
      case ContractEvent.Expired _ -> tell(event, "expired", null);
    }
  }

  private void tell(ContractEvent event, String what, @Nullable Party party) {
    var endpoints = store.standing();
    if (endpoints.isEmpty()) {
      return;
    }
    var contract = event.contract();
    var state = Phase.of(contracts.get(contract), contracts.agreements(contract));
    var now = clock.instant();
    for (var endpoint : endpoints) {
      var id = UUID.randomUUID();
      store.insert(
          id,
          endpoint,
          contract.value(),
          "contract." + what,
          state.name(),
          party == null ? null : party.id().value(),
          now);
      scheduler.scheduleIfNotExists(
          SendWebhook.TASK.instance(SendWebhook.instanceOf(Tenancy.required(), id)).build(), now);
    }
  }
}
