package jp.musubi.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands events to receivers, those of one contract in their order. What a receiver took and the
 * database did not hear of goes out again with the same id, by which the receiver knows it.
 */
@Component
class WebhookCourier {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookCourier.class);
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "webhook", "むすび");
  private static final Duration TURN = Duration.ofSeconds(1);
  private static final int LONGEST_ERROR = 300;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final WebhookStore store;
  private final WebhookDoor door;
  private final AuditTrail audit;
  private final TransactionOperations transactions;
  private final Clock clock;

  WebhookCourier(
      WebhookStore store,
      WebhookDoor door,
      AuditTrail audit,
      TransactionOperations transactions,
      Clock clock) {
    this.store = store;
    this.door = door;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Tries to deliver one event; when to try again, if it is not settled. No transaction is open.
   */
  Optional<Instant> deliver(TenantId tenant, UUID id) {
    return Tenancy.in(
        tenant,
        () -> {
          var now = clock.instant();
          var waiting = Objects.requireNonNull(transactions.execute(_ -> store.waiting(id, now)));
          return waiting.flatMap(errand -> deliver(errand, now));
        });
  }

  private Optional<Instant> deliver(Webhook.Errand errand, Instant now) {
    var later = later(errand, now);
    if (later.isPresent()) {
      return later;
    }
    var delivery = errand.delivery();
    var body = payload(delivery);
    var answer =
        door.hand(
            new WebhookDoor.Message(
                errand.endpoint().url(),
                delivery.id().toString(),
                delivery.sequence(),
                WebhookSecret.header(errand.secrets(), now, delivery.id(), body),
                body));
    return switch (answer) {
      case WebhookDoor.Answer.Taken _ -> {
        transactions.executeWithoutResult(_ -> store.delivered(delivery, clock.instant()));
        yield Optional.empty();
      }
      case WebhookDoor.Answer.Failed(var why) -> failed(errand, why);
    };
  }

  /** Whether the endpoint rests, or an earlier event of the contract has to go first. */
  private Optional<Instant> later(Webhook.Errand errand, Instant now) {
    var rests = errand.endpoint().restsUntil().filter(now::isBefore);
    if (rests.isPresent()) {
      return rests;
    }
    var before = Objects.requireNonNull(transactions.execute(_ -> store.before(errand.delivery())));
    var soon = now.plus(TURN);
    return before.map(at -> at.isAfter(soon) ? at : soon);
  }

  private Optional<Instant> failed(Webhook.Errand errand, String why) {
    var now = clock.instant();
    var delivery = errand.delivery();
    var error = why.length() > LONGEST_ERROR ? why.substring(0, LONGEST_ERROR) : why;
    var next = now.plus(Webhook.pause(delivery.attempts() + 1));
    var giveUp = next.isAfter(delivery.since().plus(Webhook.PATIENCE));
    transactions.executeWithoutResult(_ -> {
      store.failed(delivery, error, next, giveUp, now);
      store
          .lock(delivery.endpoint())
          .ifPresent(endpoint -> {
            var failures = endpoint.failures() + 1;
            var rest = Webhook.rest(failures);
            store.rest(
                endpoint.id(),
                failures,
                rest.isZero() ? Optional.empty() : Optional.of(now.plus(rest)));
          });
      if (giveUp) {
        audit.record(
            SERVICE,
            "webhook.undeliverable",
            delivery.contract(),
            null,
            Map.of(
                "event", delivery.id().toString(),
                "endpoint", errand.endpoint().name(),
                "attempts", String.valueOf(delivery.attempts() + 1),
                "error", error));
      }
    });
    LOG.info("webhook event {}: {}{}", delivery.id(), error, giveUp ? ", given up" : "");
    return giveUp ? Optional.empty() : Optional.of(next);
  }

  /** Ids, a state, a time: whoever may know more asks the API. */
  static String payload(Webhook.Delivery delivery) {
    var payload = new LinkedHashMap<String, Object>();
    payload.put("id", delivery.id().toString());
    payload.put("event", delivery.event());
    payload.put("contract", delivery.contract().toString());
    payload.put("sequence", delivery.sequence());
    payload.put("state", delivery.state());
    payload.put("party", delivery.party() == null ? null : delivery.party().toString());
    payload.put("occurredAt", delivery.occurredAt().toString());
    return JSON.writeValueAsString(payload);
  }
}
