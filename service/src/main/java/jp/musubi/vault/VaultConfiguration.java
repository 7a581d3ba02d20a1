package jp.musubi.vault;

import java.time.Clock;
import jp.musubi.platform.FaultPoints;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Files in a folder; the start is refused if that folder lets an object be written twice. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreSettings.class)
class VaultConfiguration {

  @Bean
  ObjectStore objectStore(StoreSettings settings, FaultPoints faultPoints) {
    var store = new FileObjectStore(settings.directory());
    StoreCanary.insistOnWriteOnce(store, new StoreGate(settings.deadline()));
    return faultPoints.around(ObjectStore.class, store);
  }

  @Bean
  Vault vault(
      ObjectStore store,
      StoreSettings settings,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock) {
    return new StoredVault(
        store,
        new StoreGate(settings.deadline()),
        jdbc,
        new TransactionTemplate(transactions),
        clock);
  }
}
