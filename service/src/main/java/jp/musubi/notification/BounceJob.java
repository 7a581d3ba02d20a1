package jp.musubi.notification;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import jp.musubi.organisation.Organisations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks each minute into the folder of what came back, where there is one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("musubi.mail.bounces-folder")
class BounceJob {
  private static final Logger LOG = LoggerFactory.getLogger(BounceJob.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  @Bean
  RecurringTask<Void> readBounces(
      MailSettings settings, Bounces bounces, Organisations organisations) {
    var place = settings.bouncesFolder();
    if (place == null) {
      throw new IllegalStateException("musubi.mail.bounces-folder names no folder");
    }
    var folder = new BounceFolder(place, bounces, organisations);
    return Tasks.recurring("read-bounces", FixedDelay.of(INTERVAL))
        .execute((_, _) -> {
          var swept = folder.sweep();
          if (swept.all() > 0) {
            LOG.atInfo()
                .addKeyValue("news", swept.news())
                .addKeyValue("known", swept.known())
                .addKeyValue("others", swept.others())
                .addKeyValue("unreadable", swept.unreadable())
                .log("mail that came back was read");
          }
        });
  }
}
