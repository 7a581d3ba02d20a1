package jp.musubi.operations;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.index.Packing;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The auditor's night, on one node; and whoever notices that it did not come. */
@Configuration(proxyBeanMethods = false)
class NightlyAuditConfiguration {
  static final String NAME = "nightly-audit";
  private static final LocalTime AT = LocalTime.of(1, 40);
  private static final Duration WATCH_INTERVAL = Duration.ofHours(1);

  @Bean
  NightlyAudit nightlyAudit(
      Auditor auditor,
      Organisations organisations,
      JdbcClient jdbc,
      AuditAlarms alarms,
      AuditTrail trail,
      PlatformTransactionManager transactions,
      Packing packing,
      Clock clock) {
    return new NightlyAudit(
        auditor::audit,
        organisations,
        new AuditRuns(jdbc),
        alarms,
        trail,
        new TransactionTemplate(transactions),
        packing,
        clock);
  }

  @Bean
  RecurringTask<Void> auditNightly(NightlyAudit nightly) {
    return Tasks.recurring(NAME, Schedules.daily(JapaneseDates.ZONE, AT))
        .execute((_, _) -> nightly.run());
  }

  @Bean
  Task<Void> watchNightlyAudit(NightlyAudit nightly) {
    return Tasks.recurring("watch-nightly-audit", FixedDelay.of(WATCH_INTERVAL))
        .execute((_, _) -> nightly.watch());
  }
}
