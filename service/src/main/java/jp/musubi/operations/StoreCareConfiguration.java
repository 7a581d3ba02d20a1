package jp.musubi.operations;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.vault.Room;
import jp.musubi.vault.VaultCare;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The job that looks after the stored files, one node at a time. */
@Configuration(proxyBeanMethods = false)
class StoreCareConfiguration {
  private static final Duration INTERVAL = Duration.ofMinutes(5);

  @Bean
  StoreCare storeCare(
      Organisations organisations,
      VaultCare care,
      Room room,
      AuditTrail audit,
      @Value("${musubi.store.care-size:1GB}") DataSize size) {
    return new StoreCare(organisations, care, room, audit, size.toBytes());
  }

  @Bean
  Task<Void> careForStore(StoreCare care) {
    return Tasks.recurring("care-for-store", FixedDelay.of(INTERVAL))
        .execute((_, context) -> care.run(context.getSchedulerState()::isShuttingDown));
  }
}
