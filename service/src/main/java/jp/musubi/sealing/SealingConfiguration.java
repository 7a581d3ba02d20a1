package jp.musubi.sealing;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Inscription;
import jp.musubi.contract.Mandates;
import jp.musubi.contract.Releases;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.FaultPoints;
import jp.musubi.platform.PartyAnchors;
import jp.musubi.platform.PeopleFirst;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.RevocationSource;
import jp.musubi.seal.SealEngine;
import jp.musubi.seal.SealKey;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.key.WatchedSealKey;
import jp.musubi.seal.remote.FailoverTimestampAuthority;
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
@EnableConfigurationProperties(SecondValidatorSettings.class)
class SealingConfiguration {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration AFTER_ANOTHER = Duration.ofMillis(300);

  /** How long a seal waits at most for people who are being answered. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);
  private static final Duration EXPIRY_INTERVAL = Duration.ofSeconds(60);
  private static final Duration RELEASE_INTERVAL = Duration.ofSeconds(10);

  @Bean(destroyMethod = "close")
  SecondValidator secondValidator(
      SecondValidatorSettings second, SealSettings seal, PartyAnchors parties) {
    return new SecondValidator(
        second.jar(),
        Stream.concat(Stream.of(seal.trustAnchors()), parties.pem().stream()).toList(),
        second.deadline());
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
  SealEngine sealEngine(
      SealSettings settings,
      WatchedSealKey key,
      FailoverTimestampAuthority authorities,
      RevocationSource revocations,
      PartyAnchors parties,
      FaultPoints faults) {
    return new SealEngine(
        faults.around(SealKey.class, key),
        faults.around(TimestampAuthority.class, authorities),
        revocations,
        anchors(settings, parties));
  }

  @Bean
  Extending extending(
      SealSettings settings,
      SealEngine engine,
      SecondValidator second,
      PartyAnchors parties,
      Clock clock) {
    return new Extending(engine, second, anchors(settings, parties), clock);
  }

  @Bean
  Proving proving(
      SealSettings settings,
      SealEngine engine,
      SecondValidator second,
      PartyAnchors parties,
      Clock clock) {
    return new Proving(
        engine,
        new Validation(second, anchors(settings, parties), clock),
        SealPorts.certificates(settings.trustAnchors()));
  }

  /** Whom a file is judged by: of our seals, of timestamps, and of the parties' own signatures. */
  private static Set<X509Certificate> anchors(SealSettings settings, PartyAnchors parties) {
    var all = new HashSet<>(SealPorts.certificates(settings.trustAnchors()));
    all.addAll(parties.certificates());
    return all;
  }

  @Bean
  SealingSaga sealingSaga(
      SealSettings settings,
      SealEngine engine,
      SecondValidator secondValidator,
      PartyAnchors parties,
      FaultPoints faults,
      Contracts contracts,
      Attachments attachments,
      List<Inscription> inscriptions,
      Mandates mandates,
      Organisations organisations,
      Claims claims,
      Vault vault,
      PlatformTransactionManager transactions,
      Clock clock,
      @Value("${musubi.public-url:http://localhost:8080}") URI publicUrl) {
    var sealer =
        new EngineSealer(
            engine,
            new Validation(secondValidator, anchors(settings, parties), clock),
            new SealWords(publicUrl),
            clock);
    return new SealingSaga(
        contracts,
        attachments,
        inscriptions,
        mandates,
        organisations,
        claims,
        faults.around(Vault.class, vault),
        sealer,
        new TransactionTemplate(transactions),
        clock);
  }

  @Bean
  Task<Void> sealTask(SealingSaga saga, PeopleFirst people, Clock clock) {
    return Tasks.custom(SealSchedule.SEAL)
        .onFailure(
            (failed, queue) -> queue.reschedule(failed, clock.instant().plus(pauseAfter(failed))))
        .onDeadExecutionRevive()
        .execute((instance, _) -> {
          people.standBack(PATIENCE);
          var job = SealSchedule.Job.parse(instance.getId());
          var done = Tenancy.in(job.tenant(), () -> saga.sign(job.agreement()));
          return done
              ? new CompletionHandler.OnCompleteRemove<>()
              : (complete, queue) ->
                  queue.reschedule(complete, clock.instant().plus(AFTER_ANOTHER));
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

  /** 予約送信: what is scheduled leaves by itself. */
  @Bean
  Task<Void> releaseContracts(Organisations organisations, Releases releases) {
    return Tasks.recurring("release-contracts", FixedDelay.of(RELEASE_INTERVAL))
        .execute((_, _) -> {
          for (var body : organisations.bodies()) {
            Tenancy.in(body.id(), releases::releaseDue);
          }
        });
  }

  /** 1 s, 2 s, 4 s … 60 s, and so on for ever: an outage never ends a contract. */
  private static Duration pauseAfter(ExecutionComplete failed) {
    var doublings = Math.min(failed.getExecution().consecutiveFailures, 6);
    var pause = FIRST_RETRY.multipliedBy(1L << doublings);
    return pause.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : pause;
  }
}
