package jp.musubi.vault;

import java.time.Clock;
import jp.musubi.platform.FaultPoints;
import jp.musubi.platform.secrets.BodyKeys;
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
  ObjectBytes objectBytes(ObjectStore store, StoreSettings settings) {
    return new ObjectBytes(store, new StoreGate(settings.deadline()));
  }

  @Bean
  ObjectRecords objectRecords(JdbcClient jdbc, BodyKeys keys, Clock clock) {
    return new ObjectRecords(jdbc, keys, clock);
  }

  @Bean
  Vault vault(ObjectBytes bytes, ObjectRecords records, PlatformTransactionManager transactions) {
    return new StoredVault(bytes, records, new TransactionTemplate(transactions));
  }

  @Bean
  Reencryption reencryption(
      ObjectBytes bytes, ObjectRecords records, PlatformTransactionManager transactions) {
    return new Reencryption(bytes, records, new TransactionTemplate(transactions));
  }
}
