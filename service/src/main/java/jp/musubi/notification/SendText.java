package jp.musubi.notification;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The job that sends one text message: {@code send-text}, instance {@code TENANT/MESSAGE}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SmsSettings.class)
class SendText {
  static final TaskDescriptor<Void> TASK = TaskDescriptor.of("send-text");

  private static final Logger LOG = LoggerFactory.getLogger(SendText.class);
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "sms", "むすび");

  /** Somebody is waiting before a page. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  @Bean
  CustomTask<Void> sendTextTask(
      TextOutbox outbox,
      SmsGateway gateway,
      MessageWords words,
      AuditTrail audit,
      TransactionOperations transactions,
      Clock clock) {
    return Tasks.custom(TASK)
        .onFailure((complete, operations) ->
            operations.reschedule(complete, complete.getTimeDone().plus(PAUSE)))
        .onDeadExecutionRevive()
        .execute((instance, _) -> {
          var slash = instance.getId().indexOf('/');
          var tenant = TenantId.parse(instance.getId().substring(0, slash));
          var id = UUID.fromString(instance.getId().substring(slash + 1));
          return completion(
              Tenancy.in(
                  tenant,
                  () ->
                      outbox
                          .waiting(id)
                          .flatMap(waiting ->
                              again(waiting, outbox, gateway, words, audit, transactions, clock))));
        });
  }

  /** Sends it; when to try again, if that is worth it. No transaction is open meanwhile. */
  private static Optional<Instant> again(
      TextOutbox.Waiting waiting,
      TextOutbox outbox,
      SmsGateway gateway,
      MessageWords words,
      AuditTrail audit,
      TransactionOperations transactions,
      Clock clock) {
    var text = words.of(waiting.id());
    var answer =
        text.isEmpty() || !clock.instant().isBefore(waiting.until())
            ? new SmsGateway.Answer.Never("its time is over")
            : gateway.hand(waiting.id(), waiting.phone(), text.get());
    return switch (answer) {
      case SmsGateway.Answer.Taken _ -> {
        outbox.sent(waiting.id(), clock.instant());
        yield Optional.empty();
      }
      case SmsGateway.Answer.NotNow(var why) -> {
        outbox.failed(waiting.id(), why);
        LOG.info("text message {} waits: {}", waiting.id(), why);
        yield Optional.of(clock.instant().plus(PAUSE));
      }
      case SmsGateway.Answer.Never(var why) -> {
        transactions.executeWithoutResult(_ -> {
          outbox.gaveUp(waiting.id(), why, clock.instant());
          audit.record(
              SERVICE,
              "text.undeliverable",
              waiting.contractId(),
              null,
              Map.of(
                  "message", waiting.id().toString(),
                  "attempts", Integer.toString(waiting.attempts() + 1),
                  "error", why));
        });
        LOG.warn("text message {} is undeliverable: {}", waiting.id(), why);
        yield Optional.empty();
      }
    };
  }

  private static CompletionHandler<Void> completion(Optional<Instant> again) {
    return again
        .<CompletionHandler<Void>>map(
            at -> (complete, operations) -> operations.reschedule(complete, at))
        .orElseGet(OnCompleteRemove::new);
  }
}
