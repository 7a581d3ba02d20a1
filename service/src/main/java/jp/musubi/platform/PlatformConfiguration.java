package jp.musubi.platform;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.transaction.PlatformTransactionManager;

/** The few things every feature stands on. */
@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {

  /**
   * The one clock. Whoever needs the time asks this bean, so that a test can set it, and a drill
   * can let it be wrong.
   */
  @Bean
  @ConditionalOnMissingBean
  Clock clock(@Value("${musubi.fault.clock-offset:0s}") Duration offset) {
    return offset.isZero() ? Clock.systemUTC() : Clock.offset(Clock.systemUTC(), offset);
  }

  /** The jobs' scheduler would otherwise look at a clock of its own. */
  @Bean
  com.github.kagkarlsson.scheduler.Clock dbSchedulerClock(Clock clock) {
    return clock::instant;
  }

  /** Nobody listens at fault points unless a harness does; production refuses these settings. */
  @Bean
  @ConditionalOnMissingBean
  FaultPoints faultPoints(
      @Value("${musubi.fault.halt-at:}") String haltAt,
      @Value("${musubi.fault.record:}") String record) {
    return haltAt.isBlank() && record.isBlank()
        ? FaultPoints.none()
        : HaltingFaults.of(haltAt, record);
  }

  @Bean
  PeopleFirst peopleFirst() {
    return new PeopleFirst(Runtime.getRuntime().availableProcessors());
  }

  @Bean
  @ConditionalOnWebApplication
  Draining draining(
      ApplicationContext context, @Value("${musubi.drain-period:0s}") Duration period) {
    return new Draining(context, period);
  }

  @Bean
  @ConditionalOnWebApplication
  ClockWatch clockWatch(
      JdbcClient jdbc,
      Clock clock,
      ObjectProvider<Scheduler> scheduler,
      @Value("${musubi.clock-tolerance:2s}") Duration tolerance) {
    return new ClockWatch(jdbc, clock, tolerance, scheduler);
  }

  @Bean
  PlatformTransactionManager transactionManager(DataSource dataSource, FaultPoints faults) {
    return new TenantTransactionManager(dataSource, faults);
  }

  /** Pages ask for their pictures side by side: two requests may write one attribute at a time. */
  @Bean
  PostgreSqlJdbcIndexedSessionRepositoryCustomizer sessionAttributesOnce() {
    return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
  }
}
