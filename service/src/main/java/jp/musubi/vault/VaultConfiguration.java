package jp.musubi.vault;

import java.time.Clock;
import java.util.Optional;
import jp.musubi.platform.FaultPoints;
import jp.musubi.platform.secrets.BodyKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Files in a folder; the start is refused if that folder lets an object be written twice. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreSettings.class)
class VaultConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(VaultConfiguration.class);

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
  SecondStore secondStore(StoreSettings settings, FaultPoints faultPoints) {
    if (settings.secondDirectory() == null) {
      LOG.warn("musubi.store.second-directory is not set: stored files have no second copy");
      return new SecondStore(Optional.empty());
    }
    var store = new FileObjectStore(settings.secondDirectory());
    var gate = new StoreGate(settings.deadline());
    StoreCanary.insistOnWriteOnce(store, gate);
    var second = faultPoints.around(ObjectStore.class, "SecondObjectStore", store);
    return new SecondStore(Optional.of(new ObjectBytes(second, gate)));
  }

  @Bean
  Room room(StoreSettings settings) {
    return new Room(settings.directory(), settings.secondDirectory());
  }

  @Bean
  CareRecords careRecords(JdbcClient jdbc, Clock clock) {
    return new CareRecords(jdbc, clock);
  }

  @Bean
  Examination examination(
      ObjectBytes bytes,
      SecondStore second,
      ObjectRecords records,
      CareRecords care,
      PlatformTransactionManager transactions) {
    return new Examination(bytes, second, records, care, new TransactionTemplate(transactions));
  }

  @Bean
  VaultCare vaultCare(
      ObjectBytes bytes,
      SecondStore second,
      ObjectRecords records,
      CareRecords care,
      PlatformTransactionManager transactions,
      StoreSettings settings) {
    return new VaultCare(
        bytes,
        second,
        records,
        care,
        new TransactionTemplate(transactions),
        settings.scrubInterval());
  }

  @Bean
  ObjectRecords objectRecords(JdbcClient jdbc, BodyKeys keys, Clock clock) {
    return new ObjectRecords(jdbc, keys, clock);
  }

  @Bean
  Vault vault(
      ObjectBytes bytes,
      ObjectRecords records,
      CareRecords care,
      PlatformTransactionManager transactions) {
    // Whoever reads may be in a transaction that keeps nothing.
    var apart = new TransactionTemplate(transactions);
    apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    return new StoredVault(
        bytes,
        records,
        new TransactionTemplate(transactions),
        (digest, condition) ->
            apart.executeWithoutResult(
                _ -> care.found(digest, Finding.Store.FIRST, condition, Finding.FoundBy.READ)));
  }

  @Bean
  Erasure erasure(
      ObjectBytes bytes,
      SecondStore second,
      ObjectRecords records,
      CareRecords care,
      PlatformTransactionManager transactions) {
    return new Erasure(bytes, second, records, care, new TransactionTemplate(transactions));
  }

  @Bean
  BodyFiles bodyFiles(ObjectBytes bytes, SecondStore second) {
    return new BodyFiles(bytes, second);
  }

  @Bean
  Reencryption reencryption(
      ObjectBytes bytes, ObjectRecords records, PlatformTransactionManager transactions) {
    return new Reencryption(bytes, records, new TransactionTemplate(transactions));
  }
}
