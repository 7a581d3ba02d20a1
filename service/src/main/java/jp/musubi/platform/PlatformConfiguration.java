package jp.musubi.platform;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.transaction.PlatformTransactionManager;

/** The few things every feature stands on. */
@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {

  /** The one clock. Whoever needs the time asks this bean, so that a test can set it. */
  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Nothing happens at fault points unless a harness brings its own. */
  @Bean
  @ConditionalOnMissingBean
  FaultPoints faultPoints() {
    return _ -> {};
  }

  @Bean
  PlatformTransactionManager transactionManager(DataSource dataSource) {
    return new TenantTransactionManager(dataSource);
  }

  /** Pages ask for their pictures side by side: two requests may write one attribute at a time. */
  @Bean
  PostgreSqlJdbcIndexedSessionRepositoryCustomizer sessionAttributesOnce() {
    return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
  }
}
