package jp.musubi.renewal;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import jp.musubi.contract.ContractEvent;
import jp.musubi.contract.ContractId;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.FaultPoints;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.sealing.Extending;
import jp.musubi.vault.Vault;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The jobs: one for each conclusion, queued with it; one each hour for all bodies, that looks at
 * what was concluded before and renews what is due.
 */
@Configuration(proxyBeanMethods = false)
class RenewalJob {
  static final TaskDescriptor<Void> ASSESS = TaskDescriptor.of("assess-protection");
  static final TaskDescriptor<Void> RENEW = TaskDescriptor.of("renew-asked");
  private static final Duration INTERVAL = Duration.ofHours(1);

  @Bean
  Renewing renewing(
      Versions versions,
      Work work,
      Vault vault,
      Extending extending,
      Waiting waiting,
      AuditTrail audit,
      FaultPoints faults,
      PlatformTransactionManager transactions,
      Clock clock) {
    return new Renewing(
        versions,
        work,
        faults.around(Vault.class, vault),
        extending,
        waiting,
        audit,
        new TransactionTemplate(transactions),
        clock);
  }

  @Bean
  Task<Void> assessProtection(Assessing assessing) {
    return Tasks.oneTime(ASSESS)
        .execute((instance, _) -> {
          var job = Job.parse(instance.getId());
          Tenancy.in(job.tenant(), () -> assessing.of(job.contract()));
        });
  }

  @Bean
  Task<Void> renewAsked(Renewing renewing) {
    return Tasks.oneTime(RENEW)
        .execute((instance, _) -> {
          var job = Job.parse(instance.getId());
          Tenancy.in(job.tenant(), () -> renewing.renew(job.contract()));
        });
  }

  @Bean
  Task<Void> renewDue(RenewalRound round, Organisations organisations) {
    return Tasks.recurring("renew-due", FixedDelay.of(INTERVAL))
        .execute((_, _) -> organisations.bodies().forEach(round::of));
  }

  /**
   * What a job is about; its name is {@code TENANT/CONTRACT}, so that it cannot be queued twice.
   */
  record Job(TenantId tenant, ContractId contract) {
    static Job parse(String name) {
      var slash = name.indexOf('/');
      return new Job(
          TenantId.parse(name.substring(0, slash)),
          new ContractId(UUID.fromString(name.substring(slash + 1))));
    }

    String name() {
      return tenant + "/" + contract;
    }
  }

  /** Queues, in the transaction that makes it necessary. */
  @Component("renewalQueue")
  static class Queue {
    private final ObjectProvider<Scheduler> scheduler;
    private final Clock clock;

    Queue(ObjectProvider<Scheduler> scheduler, Clock clock) {
      this.scheduler = scheduler;
      this.clock = clock;
    }

    @EventListener
    void on(ContractEvent.Concluded concluded) {
      add(ASSESS, concluded.contract());
    }

    /** Somebody asked; the hourly job would do it, too, only later. */
    void renew(ContractId contract) {
      add(RENEW, contract);
    }

    private void add(TaskDescriptor<Void> task, ContractId contract) {
      var job = new Job(Tenancy.required(), contract);
      scheduler.getObject().scheduleIfNotExists(task.instance(job.name()).build(), clock.instant());
    }
  }
}
