package jp.musubi.evidence;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.UUID;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The job {@code anchor-audit}: every few minutes, for each body whose chain went on. */
@Configuration(proxyBeanMethods = false)
class AnchorJob {
  private static final Logger LOG = LoggerFactory.getLogger(AnchorJob.class);

  @Bean
  Task<Void> anchorAudit(
      Anchors anchors,
      JdbcClient jdbc,
      @Value("${musubi.audit.anchor-interval:10m}") Duration interval) {
    return Tasks.recurring("anchor-audit", FixedDelay.of(interval))
        .execute((_, _) ->
            jdbc.sql("select id from body")
                .query(UUID.class)
                .list()
                .forEach(body -> {
                  try {
                    Tenancy.in(new TenantId(body), anchors::drop);
                  } catch (RuntimeException e) {
                    // One body's trouble is not another's; the next run tries again.
                    LOG.error("the audit chain of body {} was not anchored", body, e);
                  }
                }));
  }
}
