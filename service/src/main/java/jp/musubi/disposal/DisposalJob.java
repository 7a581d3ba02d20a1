package jp.musubi.disposal;

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

/** The job {@code erase-disposed}: each minute, body by body, one node at a time. */
@Configuration(proxyBeanMethods = false)
class DisposalJob {
  private static final Logger LOG = LoggerFactory.getLogger(DisposalJob.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  @Bean
  Task<Void> eraseDisposed(Erasing erasing, Organisations organisations) {
    return Tasks.recurring("erase-disposed", FixedDelay.of(INTERVAL))
        .execute((_, _) -> organisations.bodies().forEach(body -> run(erasing, body)));
  }

  private static void run(Erasing erasing, Body body) {
    try {
      Tenancy.in(body.id(), erasing::run);
    } catch (RuntimeException e) {
      // One body's trouble is not another's; the next run tries again.
      LOG.error("what body {} disposed of could not be erased", body.code(), e);
    }
  }
}
