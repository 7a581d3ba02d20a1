package jp.musubi.sealing;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Clock;
import java.util.UUID;
import jp.musubi.contract.ContractEvent;
import jp.musubi.contract.Contracts;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Queues one job for each agreement, in the transaction of the agreement: neither exists without
 * the other. The job's name is {@code TENANT/AGREEMENT}, so it cannot be queued twice.
 */
@Component
class SealSchedule {
  static final TaskDescriptor<Void> SEAL = TaskDescriptor.of("seal");

  private final ObjectProvider<Scheduler> scheduler;
  private final Contracts contracts;
  private final Clock clock;

  SealSchedule(ObjectProvider<Scheduler> scheduler, Contracts contracts, Clock clock) {
    this.scheduler = scheduler;
    this.contracts = contracts;
    this.clock = clock;
  }

  /** What a job is to seal. */
  record Job(TenantId tenant, UUID agreement) {
    static Job parse(String name) {
      var slash = name.indexOf('/');
      return new Job(
          TenantId.parse(name.substring(0, slash)), UUID.fromString(name.substring(slash + 1)));
    }

    String name() {
      return tenant + "/" + agreement;
    }
  }

  @EventListener
  void on(ContractEvent.Agreed agreed) {
    var agreement =
        contracts.agreements(agreed.contract()).stream()
            .filter(a -> a.party().equals(agreed.party().id()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("an agreement was told but not stored"));
    var job = new Job(Tenancy.required(), agreement.id());
    var queue = scheduler.getObject();
    queue.scheduleIfNotExists(SEAL.instance(job.name()).build(), clock.instant());
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            queue.triggerCheckForDueExecutions();
          }
        });
  }
}
