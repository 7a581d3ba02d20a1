package jp.musubi.sealing;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import jp.musubi.contract.Contracts;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.FaultPoints;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.RevocationSource;
import jp.musubi.seal.SealEngine;
import jp.musubi.seal.SealKey;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.key.KeyStoreSealKey;
import jp.musubi.seal.remote.HttpRevocationSource;
import jp.musubi.seal.remote.HttpTimestampAuthority;
import jp.musubi.vault.Vault;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts of sealing, put together in one place; every port passes the fault points. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SealSettings.class, SecondValidatorSettings.class})
class SealingConfiguration {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);
  private static final Duration EXPIRY_INTERVAL = Duration.ofSeconds(60);

  @Bean(destroyMethod = "close")
  SecondValidator secondValidator(SecondValidatorSettings second, SealSettings seal) {
    return new SecondValidator(second.jar(), seal.trustAnchors(), second.deadline());
  }

  /**
   * Starts the process when the service answers already: nobody waits for it before the first seal.
   */
  @Bean
  ApplicationListener<ApplicationReadyEvent> secondValidatorStart(SecondValidator validator) {
    return _ ->
        Thread.ofPlatform().daemon().name("second-validator-start").start(validator::warmUp);
  }

  @Bean
  SealingSaga sealingSaga(
      SealSettings settings,
      SecondValidator secondValidator,
      FaultPoints faults,
      Contracts contracts,
      Organisations organisations,
      Claims claims,
      Vault vault,
      PlatformTransactionManager transactions,
      Clock clock,
      @Value("${musubi.public-url:http://localhost:8080}") URI publicUrl) {
    var anchors = certificates(settings.trustAnchors());
    var engine =
        new SealEngine(
            faults.around(SealKey.class, key(settings)),
            faults.around(TimestampAuthority.class, timestampAuthority(settings, anchors, clock)),
            faults.around(
                RevocationSource.class,
                new HttpRevocationSource(settings.revocationHosts(), clock, settings.deadline())),
            anchors);
    var sealer =
        new Sealer(
            engine,
            new Validation(secondValidator, anchors, clock),
            new SealWords(publicUrl),
            clock);
    return new SealingSaga(
        contracts,
        organisations,
        claims,
        faults.around(Vault.class, vault),
        sealer,
        new TransactionTemplate(transactions),
        clock);
  }

  @Bean
  Task<Void> sealTask(SealingSaga saga, Clock clock) {
    return Tasks.oneTime(SealSchedule.SEAL)
        .onFailure(
            (failed, queue) -> queue.reschedule(failed, clock.instant().plus(pauseAfter(failed))))
        .onDeadExecutionRevive()
        .execute((instance, _) -> {
          var job = SealSchedule.Job.parse(instance.getId());
          Tenancy.in(
              job.tenant(),
              () -> {
                saga.sign(job.agreement());
                return null;
              });
        });
  }

  /** 期限切れ: nobody has to ask for it. */
  @Bean
  Task<Void> expireContracts(Organisations organisations, Contracts contracts) {
    return Tasks.recurring("expire-contracts", FixedDelay.of(EXPIRY_INTERVAL))
        .execute((_, _) -> {
          for (var body : organisations.bodies()) {
            Tenancy.in(body.id(), contracts::expireDue);
          }
        });
  }

  /** 1 s, 2 s, 4 s … 60 s, and so on for ever: an outage never ends a contract. */
  private static Duration pauseAfter(ExecutionComplete failed) {
    var doublings = Math.min(failed.getExecution().consecutiveFailures, 6);
    var pause = FIRST_RETRY.multipliedBy(1L << doublings);
    return pause.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : pause;
  }

  private static TimestampAuthority timestampAuthority(
      SealSettings settings, List<X509Certificate> anchors, Clock clock) {
    return new FailoverTimestampAuthority(
        settings.timestampUrls().stream()
            .<TimestampAuthority>map(url ->
                new HttpTimestampAuthority(
                    url, settings.timestampPolicies(), anchors, clock, settings.deadline()))
            .toList());
  }

  private static SealKey key(SealSettings settings) {
    try (var in = Files.newInputStream(settings.keyStore())) {
      var password =
          Files.readAllLines(settings.keyStorePasswordFile()).getFirst().strip().toCharArray();
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      return KeyStoreSealKey.of(store, settings.keyAlias(), password);
    } catch (IOException e) {
      throw new UncheckedIOException("musubi.seal.key-store cannot be opened", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("musubi.seal.key-store cannot be opened", e);
    }
  }

  private static List<X509Certificate> certificates(Path pem) {
    try (var in = Files.newInputStream(pem)) {
      var found =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw new IllegalStateException("musubi.seal.trust-anchors holds no certificate: " + pem);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("musubi.seal.trust-anchors cannot be read", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("musubi.seal.trust-anchors cannot be read", e);
    }
  }
}
