package jp.musubi.closure;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.BodyFiles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The job {@code erase-closed-bodies}: each minute, on one node at a time, for the operators. */
@Configuration(proxyBeanMethods = false)
class ClosureConfiguration {
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  @Bean
  ClosingDown closingDown(
      ClosureStore store,
      BodyRows rows,
      Leftovers leftovers,
      BodyFiles files,
      ErasedList list,
      ClosureLetters letters,
      ErasureReports reports,
      Organisations organisations,
      AuditTrail audit,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock) {
    var template = new TransactionTemplate(transactions);
    return new ClosingDown(
        store,
        rows,
        leftovers,
        new Inventories(rows, leftovers, files, jdbc, template),
        files,
        list,
        letters,
        reports,
        organisations,
        audit,
        template,
        clock);
  }

  @Bean
  Task<Void> eraseClosedBodies(ClosingDown closing, Organisations organisations) {
    return Tasks.recurring("erase-closed-bodies", FixedDelay.of(INTERVAL))
        .execute((_, _) ->
            organisations.bodies().stream()
                .filter(Body::isOperators)
                .findFirst()
                .ifPresent(home -> Tenancy.in(home.id(), closing::run)));
  }
}
