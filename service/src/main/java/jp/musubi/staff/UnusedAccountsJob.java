package jp.musubi.staff;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.LocalTime;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Each night, body by body: unused accounts rest, and old sessions are forgotten. */
@Configuration(proxyBeanMethods = false)
class UnusedAccountsJob {
  private static final Logger LOG = LoggerFactory.getLogger(UnusedAccountsJob.class);

  @Bean
  RecurringTask<Void> suspendUnused(Organisations organisations, UnusedAccounts unused) {
    return Tasks.recurring(
            "suspend-unused", Schedules.daily(JapaneseDates.ZONE, LocalTime.of(3, 10)))
        .execute((_, _) -> {
          for (var body : organisations.bodies()) {
            Tenancy.in(
                body.id(),
                () -> {
                  look(unused, body.code());
                  return true;
                });
          }
        });
  }

  private static void look(UnusedAccounts unused, String body) {
    try {
      unused.forgetOldSessions();
      var suspended = unused.suspend();
      if (suspended > 0) {
        LOG.atInfo()
            .addKeyValue("body", body)
            .addKeyValue("accounts", suspended)
            .log("unused accounts rest");
      }
    } catch (RuntimeException e) {
      // One body's trouble must not keep the others' accounts open.
      LOG.atError().setCause(e).addKeyValue("body", body).log("unused accounts were not looked at");
    }
  }
}
