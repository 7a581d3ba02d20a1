package jp.musubi.sealing;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Priority;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Clock;
import java.util.UUID;
import jp.musubi.contract.ContractEvent;
import jp.musubi.contract.Contracts;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
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
  private final JdbcClient jdbc;
  private final Clock clock;

  SealSchedule(
      ObjectProvider<Scheduler> scheduler, Contracts contracts, JdbcClient jdbc, Clock clock) {
    this.scheduler = scheduler;
    this.contracts = contracts;
    this.jdbc = jdbc;
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
    queue.scheduleIfNotExists(
        SEAL.instance(job.name()).priority(Priority.MEDIUM - waiting(job.tenant())).build(),
        clock.instant());
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            queue.triggerCheckForDueExecutions();
          }
        });
  }

  /**
   * How many seals of a body wait already, up to a number beyond which it does not matter. The
   * first of each body comes before the second of another: who sends a hundred waits for its
   * hundred, and nobody else does.
   */
  private int waiting(TenantId tenant) {
    return jdbc.sql(
            """
            select count(*) from (
              select from scheduled_tasks
               where task_name = :task and task_instance >= :first and task_instance < :end
               limit :most) as waiting
            """)
        .param("task", SEAL.getTaskName())
        .param("first", tenant + "/")
        // The character after the slash.
        .param("end", tenant + "0")
        .param("most", Priority.MEDIUM - Priority.LOW)
        .query(Integer.class)
        .single();
  }
}
