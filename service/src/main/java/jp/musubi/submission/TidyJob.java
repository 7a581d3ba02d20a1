package jp.musubi.submission;

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

/** The job {@code erase-unaccepted}: each hour, body by body, one node at a time. */
@Configuration(proxyBeanMethods = false, value = "submissionTidyJob")
class TidyJob {
  private static final Logger LOG = LoggerFactory.getLogger(TidyJob.class);
  private static final Duration INTERVAL = Duration.ofHours(1);

  @Bean
  Task<Void> eraseUnaccepted(DraftCalls calls, Organisations organisations) {
    return Tasks.recurring("erase-unaccepted", FixedDelay.of(INTERVAL))
        .execute((_, _) -> organisations.bodies().forEach(body -> run(calls, body)));
  }

  private static void run(DraftCalls calls, Body body) {
    try {
      Tenancy.in(body.id(), calls::tidy);
    } catch (RuntimeException e) {
      // One body's trouble is not another's; the next run tries again.
      LOG.error("files that body {} did not take could not be erased", body.code(), e);
    }
  }
}
