package jp.musubi.notification;

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
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Hands text messages to the gateway, for as long as they are worth something. */
@Component
class TextCourier {
  private static final Logger LOG = LoggerFactory.getLogger(TextCourier.class);
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "sms", "むすび");

  /** Somebody is waiting before a page. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  private final TextOutbox outbox;
  private final SmsGateway gateway;
  private final MessageWords words;
  private final AuditTrail audit;
  private final TransactionOperations transactions;
  private final Clock clock;

  TextCourier(
      TextOutbox outbox,
      SmsGateway gateway,
      MessageWords words,
      AuditTrail audit,
      TransactionOperations transactions,
      Clock clock) {
    this.outbox = outbox;
    this.gateway = gateway;
    this.words = words;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Tries to send one message of a body. No transaction is open while the gateway is asked.
   *
   * @return when to try again, if that is worth it
   */
  Optional<Instant> deliver(TenantId tenant, UUID id) {
    return Tenancy.in(tenant, () -> outbox.waiting(id).flatMap(this::send));
  }

  private Optional<Instant> send(TextOutbox.Waiting message) {
    return switch (answer(message)) {
      case SmsGateway.Answer.Taken _ -> {
        outbox.sent(message.id(), clock.instant());
        yield Optional.empty();
      }
      case SmsGateway.Answer.NotNow(var why) -> {
        outbox.failed(message.id(), why);
        LOG.info("text message {} waits: {}", message.id(), why);
        yield Optional.of(clock.instant().plus(PAUSE));
      }
      case SmsGateway.Answer.Never(var why) -> {
        transactions.executeWithoutResult(_ -> giveUp(message, why));
        LOG.warn("text message {} is undeliverable: {}", message.id(), why);
        yield Optional.empty();
      }
    };
  }

  private SmsGateway.Answer answer(TextOutbox.Waiting message) {
    var text = words.of(message.id());
    return text.isEmpty() || !clock.instant().isBefore(message.until())
        ? new SmsGateway.Answer.Never("its time is over")
        : gateway.hand(message.id(), message.phone(), text.get());
  }

  private void giveUp(TextOutbox.Waiting message, String why) {
    outbox.gaveUp(message.id(), why, clock.instant());
    audit.record(
        SERVICE,
        "text.undeliverable",
        message.contractId(),
        null,
        Map.of(
            "message", message.id().toString(),
            "attempts", Integer.toString(message.attempts() + 1),
            "error", why));
  }
}
