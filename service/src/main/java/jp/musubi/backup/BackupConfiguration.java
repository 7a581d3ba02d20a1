package jp.musubi.backup;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import jp.musubi.operations.AuditCommand;
import jp.musubi.operations.AuditScope;
import jp.musubi.platform.JapaneseDates;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The nightly backup and drill, one node at a time, and the watch over their absence. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BackupSettings.class)
class BackupConfiguration {

  @Bean
  BackupRuns backupRuns(JdbcClient jdbc) {
    return new BackupRuns(jdbc);
  }

  /** Only where backups are taken; elsewhere the page says whose they are. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("musubi.backup.directory")
  static class Nightly {
    private static final Duration WATCHED = Duration.ofHours(1);

    /** Older files are the same ones that the round through the store and the weekly audit read. */
    private static final Duration FILES_READ = Duration.ofDays(8);

    @Bean
    BackupParts backupParts(BackupSettings settings) {
      return settings.parts().orElseThrow();
    }

    @Bean
    WalShipping walShipping(BackupParts parts) {
      return WalShipping.start(parts.shelf());
    }

    @Bean
    BackupCare backupCare(
        BackupParts parts,
        BackupRuns runs,
        BackupSettings settings,
        Clock clock,
        ConfigurableEnvironment environment,
        @Value("${musubi.audit.anchor-directory:${musubi.store.directory}-anchors}") Path anchors) {
      var drill =
          new RestoreDrill(
              parts,
              anchors,
              (restored, now) ->
                  AuditCommand.report(
                      environment, restored, AuditScope.since(now.minus(FILES_READ)), now),
              clock);
      return new BackupCare(parts, drill, runs, settings, clock);
    }

    @Bean
    Task<Void> backUpEachNight(BackupCare care, BackupSettings settings) {
      return Tasks.recurring(
              "back-up-each-night", Schedules.daily(JapaneseDates.ZONE, settings.at()))
          .execute((_, _) -> care.run());
    }

    @Bean
    Task<Void> watchBackups(BackupCare care) {
      return Tasks.recurring("watch-backups", FixedDelay.of(WATCHED))
          .execute((_, _) -> care.watch());
    }
  }
}
