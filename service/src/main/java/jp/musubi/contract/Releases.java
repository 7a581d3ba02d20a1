package jp.musubi.contract;

import java.time.Clock;
import java.util.Optional;
import jp.musubi.organisation.Organisations;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what was scheduled when its moment has come. Months may lie between: whatever would keep it
 * from being sent today keeps it, and its clerk hears of it.
 */
@Service
public class Releases {
  private final ContractStore store;
  private final Scheduling scheduling;
  private final AccessCodes accessCodes;
  private final EligibilityRegister eligibility;
  private final OfficeHolding holding;
  private final Organisations organisations;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Releases(
      ContractStore store,
      Scheduling scheduling,
      AccessCodes accessCodes,
      EligibilityRegister eligibility,
      OfficeHolding holding,
      Organisations organisations,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.store = store;
    this.scheduling = scheduling;
    this.accessCodes = accessCodes;
    this.eligibility = eligibility;
    this.holding = holding;
    this.organisations = organisations;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /** Sends everything of the current body that is due, each on its own; how many there were. */
  public int releaseDue() {
    var due = transaction.execute(_ -> store.releasable(clock.instant()));
    due.forEach(id -> transaction.executeWithoutResult(_ -> release(id)));
    return due.size();
  }

  private void release(ContractId id) {
    if (!(store.lock(id).value() instanceof Contract.Scheduled)) {
      // Another node was faster, or somebody took it back this very moment.
      return;
    }
    var contract = store.find(id).orElseThrow();
    var refused =
        unfit(contract)
            .or(() ->
                scheduling.release(contract) instanceof Decision.Refused(var reason)
                    ? Optional.of(reason)
                    : Optional.empty());
    refused.ifPresent(because -> {
      scheduling.holdBack(id, because);
      accessCodes.forget(id);
    });
  }

  /** What was in order when it was scheduled, and may not be any more. */
  private Optional<Refusal> unfit(Particulars contract) {
    if (eligibility.judge(contract.id()) instanceof Eligibility.NotEligible(var reasons)) {
      return Optional.of(new Refusal.NotElectronic(reasons));
    }
    return holding.refuses(contract, organisations.today());
  }
}
