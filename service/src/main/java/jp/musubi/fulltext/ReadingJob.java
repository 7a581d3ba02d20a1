package jp.musubi.fulltext;

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

/** The job {@code read-texts}: each minute some of each body, one node at a time. */
@Configuration(proxyBeanMethods = false, value = "fulltextReadingJob")
class ReadingJob {
  private static final Logger LOG = LoggerFactory.getLogger(ReadingJob.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  @Bean
  Task<Void> readTexts(Reading reading, Organisations organisations) {
    return Tasks.recurring("read-texts", FixedDelay.of(INTERVAL))
        .execute((_, _) -> organisations.bodies().forEach(body -> run(reading, body)));
  }

  private static void run(Reading reading, Body body) {
    try {
      Tenancy.in(body.id(), reading::run);
    } catch (RuntimeException e) {
      // One body's trouble is not another's; the next run goes on where this one stopped.
      LOG.error("the texts of body {} could not be read", body.code(), e);
    }
  }
}
