package jp.musubi.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.contract.Contracts;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.harness.Call;
import jp.musubi.harness.Hands;
import jp.musubi.harness.Queue;
import jp.musubi.harness.Toxic;
import jp.musubi.harness.Wire;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The call that tells another system of an event. */
public final class WebhookCalls {
  private static final Duration DEADLINE = Duration.ofMillis(1_500);

  private final ApplicationContext context;

  /** On the running service. */
  public WebhookCalls(ApplicationContext context) {
    this.context = context;
  }

  /** The one. */
  public List<Call> all() {
    return List.of(Call.named("Webhookの受け手", this::tell));
  }

  private void tell(Toxic toxic) throws Exception {
    try (var receiver = new Receiver();
        var wire = new Wire(Wire.Protocol.HTTP, URI.create(receiver.url()).getPort())) {
      var body = TestBody.create("x");
      Queue.keep(body.id());
      register(body, "http://127.0.0.1:" + wire.port() + "/hook");
      var id = sent(body);
      var courier =
          new WebhookCourier(
              context.getBean(WebhookStore.class),
              new HttpWebhookDoor(true, DEADLINE),
              context.getBean(AuditTrail.class),
              new TransactionTemplate(context.getBean(PlatformTransactionManager.class)),
              context.getBean(Clock.class));
      wire.spoil(toxic, 1);
      var again = courier.deliver(body.id(), id);
      assertThat(wire.spoilt()).isPositive();
      // Of the answer only the first line is read, and that one is whole.
      var atOnce = toxic == Toxic.DUPLICATE || toxic == Toxic.GARBAGE || toxic == Toxic.TRUNCATED;
      assertThat(again.isEmpty()).isEqualTo(atOnce);
      assertThat(isDelivered(id)).isEqualTo(atOnce);
      wire.heal();
      assertThat(courier.deliver(body.id(), id)).isEmpty();
      assertThat(isDelivered(id)).isTrue();
      var happened =
          switch (toxic) {
            case SLOW, EFFECT_LOST, DUPLICATE -> 2;
            case REFUSED, BLACK_HOLE, RESET, SERVER_ERROR, GARBAGE, TRUNCATED -> 1;
          };
      // Under one id each: a receiver knows the second as the first.
      assertThat(receiver.heard())
          .hasSize(happened)
          .allMatch(heard -> id.toString().equals(heard.event()));
    }
  }

  private void register(TestBody body, String url) {
    Tenancy.in(
        body.id(),
        () ->
            context
                .getBean(Webhooks.class)
                .register(
                    "財務会計",
                    url,
                    "harness-webhook-" + body.code(),
                    new Actor(Actor.Kind.STAFF, body.clerk().toString(), "見本 花子"),
                    "192.0.2.1"));
  }

  /** A contract is sent, and somebody is to be told of it. */
  private UUID sent(TestBody body) {
    var contract = TestContract.draft(body, context.getBean(Vault.class));
    new Hands(context.getBean(Contracts.class), context.getBean(Clock.class), body, contract.id())
        .dispatch();
    return UUID.fromString(
        TestPeople.text(
            "select id::text from webhook_delivery where tenant_id = ?", body.id().value()));
  }

  private static boolean isDelivered(UUID id) {
    return "yes"
        .equals(
            TestPeople.text(
                "select case when delivered_at is null then 'no' else 'yes' end"
                    + " from webhook_delivery where id = ?",
                id));
  }
}
