package jp.musubi.deadline;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks every ten minutes, body by body, whether letters about deadlines are due. */
@Configuration(proxyBeanMethods = false)
class ReminderJob {
  private static final Logger LOG = LoggerFactory.getLogger(ReminderJob.class);
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> sendReminders(
      Organisations organisations, Reminders reminders, Endings endings, Clock clock) {
    return Tasks.recurring("send-reminders", FixedDelay.of(INTERVAL))
        .execute((_, _) ->
            organisations.bodies().forEach(body -> look(body, reminders, endings, clock)));
  }

  private static void look(Body body, Reminders reminders, Endings endings, Clock clock) {
    try {
      var now = clock.instant();
      var sent =
          Tenancy.in(body.id(), () -> reminders.sendDue(now))
              + Tenancy.in(body.id(), () -> endings.sendDue(now));
      if (sent > 0) {
        LOG.atInfo()
            .addKeyValue("body", body.code())
            .addKeyValue("letters", sent)
            .log("letters about deadlines were written");
      }
    } catch (RuntimeException e) {
      // One body's trouble must not keep the others' letters back.
      LOG.atError()
          .setCause(e)
          .addKeyValue("body", body.code())
          .log("deadlines were not looked at");
    }
  }
}
