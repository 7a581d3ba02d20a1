package jp.musubi.operations;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import jp.musubi.custody.KeyConsent;
import jp.musubi.custody.ManagedKey;
import jp.musubi.custody.ManagedKeys;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.platform.secrets.SecretsSettings;
import jp.musubi.vault.Reencryption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The job that looks after the bodies' keys, one node at a time, one body after the other. */
@Configuration(proxyBeanMethods = false)
class KeyCareConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(KeyCareConfiguration.class);
  private static final Duration INTERVAL = Duration.ofMinutes(15);

  /** 主鍵, as the operators' page of keys shows it. */
  @Bean
  ManagedKeys masterKeyInCustody(BodyKeys keys) {
    return () -> List.of(master(keys));
  }

  private static ManagedKey master(BodyKeys keys) {
    return new ManagedKey(
        ManagedKey.Kind.MASTER, keys.masterId(), "musubi.secrets", ManagedKey.Place.CURRENT);
  }

  @Bean
  KeyCare keyCare(
      BodyKeys keys,
      KeyConsent consent,
      Reencryption reencryption,
      AuditTrail audit,
      PlatformTransactionManager transactions,
      SecretsSettings settings,
      Clock clock) {
    return new KeyCare(
        keys,
        () -> consent.given(master(keys)),
        reencryption,
        audit,
        new TransactionTemplate(transactions),
        settings,
        clock);
  }

  @Bean
  Task<Void> careForKeys(Organisations organisations, KeyCare care) {
    return Tasks.recurring("care-for-keys", FixedDelay.of(INTERVAL))
        .execute((_, _) -> organisations.bodies().forEach(body -> look(body, care)));
  }

  /** One body's trouble must not keep the others waiting. */
  private static void look(Body body, KeyCare care) {
    try {
      Tenancy.in(
          body.id(),
          () -> {
            care.run();
            return true;
          });
    } catch (RuntimeException e) {
      LOG.error("the keys of body {} could not be looked after", body.code(), e);
    }
  }
}
