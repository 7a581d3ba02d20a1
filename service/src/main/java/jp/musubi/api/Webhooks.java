package jp.musubi.api;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Webhookの送り先の登録, and what was sent there. */
@Service
@Transactional
class Webhooks {
  /** For how long a replaced secret signs beside the new one. */
  static final Duration OVERLAP = Duration.ofHours(24);

  /** How many deliveries a page shows. */
  static final int SHOWN = 100;

  private final WebhookStore store;
  private final Idempotency idempotency;
  private final AuditTrail audit;
  private final SchedulerClient scheduler;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  // Lazy, as in WebhookEvents.
  Webhooks(
      WebhookStore store,
      Idempotency idempotency,
      AuditTrail audit,
      @Lazy SchedulerClient scheduler,
      Clock clock) {
    this.store = store;
    this.idempotency = idempotency;
    this.audit = audit;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** All endpoints, the newest first. */
  @Transactional(readOnly = true)
  public List<Webhook.Endpoint> all() {
    return store.endpoints();
  }

  /** One endpoint. */
  @Transactional(readOnly = true)
  public Webhook.Endpoint get(UUID id) {
    return all().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotFound("webhook endpoint " + id));
  }

  /** What was sent there, and waits to be, the newest first. */
  @Transactional(readOnly = true)
  public List<Webhook.Delivery> deliveries(UUID endpoint) {
    return store.newest(endpoint, SHOWN);
  }

  /** How many events were given up. */
  @Transactional(readOnly = true)
  public int lost(UUID endpoint) {
    return store.lost(endpoint);
  }

  /**
   * Registers an endpoint, once for each form.
   *
   * @return its secret, which can never be shown again; empty if the form was sent before
   */
  public Optional<WebhookSecret> register(
      String name, String url, String formKey, Actor by, String clientIp) {
    var endpoint =
        new Webhook.Endpoint(
            UUID.randomUUID(), name, url, clock.instant(), Optional.empty(), 0, Optional.empty());
    var secret = WebhookSecret.next(random);
    var first =
        idempotency.once(
            formKey,
            "register webhook %s %s".formatted(name, url),
            () -> {
              store.insert(endpoint, secret);
              record(by, "webhook.registered", endpoint, clientIp);
              return endpoint.id().toString();
            });
    return first.equals(endpoint.id().toString()) ? Optional.of(secret) : Optional.empty();
  }

  /** Gives an endpoint a new secret, once for each form; as {@link #register}. */
  public Optional<WebhookSecret> rotate(UUID id, String formKey, Actor by, String clientIp) {
    var endpoint = standing(id);
    var secret = WebhookSecret.next(random);
    var mark = UUID.randomUUID().toString();
    var first =
        idempotency.once(
            formKey,
            "rotate webhook " + id,
            () -> {
              store.replaceSecret(id, secret, clock.instant().plus(OVERLAP));
              record(by, "webhook.secret-replaced", endpoint, clientIp);
              return mark;
            });
    return first.equals(mark) ? Optional.of(secret) : Optional.empty();
  }

  /** Ends an endpoint at once. */
  public void end(UUID id, Actor by, String clientIp) {
    var endpoint = standing(id);
    store.end(id, clock.instant());
    record(by, "webhook.ended", endpoint, clientIp);
  }

  /** Sends a settled event again, as the same event; false while it is on its way anyway. */
  public boolean replay(UUID id, UUID delivery, Actor by, String clientIp) {
    var endpoint = standing(id);
    var of =
        store
            .delivery(delivery)
            .filter(each -> each.endpoint().equals(id))
            .orElseThrow(() -> new NotFound("webhook delivery " + delivery));
    if (!of.isSettled()) {
      return false;
    }
    var now = clock.instant();
    store.revive(delivery, now);
    scheduler.scheduleIfNotExists(
        SendWebhook.TASK.instance(SendWebhook.instanceOf(Tenancy.required(), delivery)).build(),
        now);
    record(by, "webhook.replayed", endpoint, clientIp);
    return true;
  }

  private Webhook.Endpoint standing(UUID id) {
    return store
        .lock(id)
        .filter(each -> each.endedAt().isEmpty())
        .orElseThrow(() -> new NotFound("webhook endpoint " + id));
  }

  private void record(Actor by, String action, Webhook.Endpoint endpoint, String clientIp) {
    audit.record(
        by,
        action,
        null,
        clientIp,
        Map.of(
            "endpoint", endpoint.id().toString(), "name", endpoint.name(), "url", endpoint.url()));
  }
}
