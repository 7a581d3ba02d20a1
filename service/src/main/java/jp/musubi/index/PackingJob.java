package jp.musubi.index;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job {@code pack-letters}: each minute what there is to pack of each body, on one node. */
@Configuration(proxyBeanMethods = false, value = "indexPackingJob")
class PackingJob {
  private static final Logger LOG = LoggerFactory.getLogger(PackingJob.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  /** Half a million contracts: the next body has its turn, too. */
  private static final int MOST_STEPS = 128;

  @Bean
  Task<Void> packLetters(Packing packing, Organisations organisations) {
    return Tasks.recurring("pack-letters", FixedDelay.of(INTERVAL))
        .execute((_, _) -> organisations.bodies().forEach(body -> run(packing, body)));
  }

  private static void run(Packing packing, Body body) {
    try {
      for (var steps = 0; steps < MOST_STEPS && Tenancy.in(body.id(), () -> packing.step()); ) {
        steps++;
      }
    } catch (RuntimeException e) {
      // One body's trouble is not another's; the next run goes on where this one stopped.
      LOG.error("the letters of body {} could not be packed", body.code(), e);
    }
  }
}
