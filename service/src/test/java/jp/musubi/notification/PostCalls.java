package jp.musubi.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.harness.Call;
import jp.musubi.harness.Queue;
import jp.musubi.harness.Toxic;
import jp.musubi.harness.Wire;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.springframework.context.ApplicationContext;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The calls that carry words to people: to the mail server and to the SMS gateway. */
public final class PostCalls {
  private static final Duration DEADLINE = Duration.ofMillis(1_500);
  private static final AtomicInteger PHONES = new AtomicInteger(10_000_000);

  private final ApplicationContext context;

  /** On the running service. */
  public PostCalls(ApplicationContext context) {
    this.context = context;
  }

  /** Both. */
  public List<Call> all() {
    return List.of(Call.named("メールサーバー", this::mail), Call.named("SMSの事業者", this::text));
  }

  private void mail(Toxic toxic) throws Exception {
    var smtp = ServiceTest.RealParts.mail().getSmtp().getPort();
    try (var wire = new Wire(Wire.Protocol.SMTP, smtp)) {
      var body = body();
      var id = UUID.randomUUID();
      var messageId = "<%s@musubi.example>".formatted(id);
      var recipient = id + "@mihon.example";
      var clock = context.getBean(Clock.class);
      Tenancy.in(
          body.id(),
          () ->
              context
                  .getBean(MailStore.class)
                  .insert(
                      new Letter(
                          id,
                          "harness/" + id,
                          null,
                          MailAddress.parse(recipient),
                          "件名",
                          "本文",
                          messageId,
                          clock.instant(),
                          0)));
      var postman = postman(wire.port());
      wire.spoil(toxic, 1);
      var outcome = postman.deliver(body.id(), id);
      assertThat(wire.spoilt()).isPositive();
      var atOnce = toxic == Toxic.DUPLICATE;
      assertThat(outcome)
          .isInstanceOf(atOnce ? Postman.Outcome.Settled.class : Postman.Outcome.Again.class);
      assertThat(sent("mail", id)).isEqualTo(atOnce);
      wire.heal();
      assertThat(postman.deliver(body.id(), id)).isInstanceOf(Postman.Outcome.Settled.class);
      assertThat(sent("mail", id)).isTrue();
      var received =
          Arrays.stream(ServiceTest.RealParts.mail().getReceivedMessagesForDomain(recipient))
              .toList();
      assertThat(received)
          .hasSizeBetween(1, toxic == Toxic.EFFECT_LOST || atOnce ? 2 : 1)
          .allMatch(message -> messageId.equals(idOf(message)));
    }
  }

  private static String idOf(jakarta.mail.internet.MimeMessage message) {
    try {
      return message.getMessageID();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void text(Toxic toxic) throws Exception {
    var gateway = URI.create(context.getEnvironment().getRequiredProperty("musubi.sms.url"));
    try (var wire = new Wire(Wire.Protocol.HTTP, gateway.getPort())) {
      var body = body();
      var id = UUID.randomUUID();
      var phone = "+8190" + PHONES.incrementAndGet();
      var clock = context.getBean(Clock.class);
      var contract = TestContract.draft(body, context.getBean(Vault.class)).id().value();
      var outbox = context.getBean(TextOutbox.class);
      var transaction = transaction();
      Tenancy.in(
          body.id(),
          () -> {
            transaction.executeWithoutResult(_ ->
                outbox.enqueue(id, contract, phone, clock.instant().plus(Duration.ofMinutes(10))));
            return true;
          });
      var url = URI.create("http://127.0.0.1:" + wire.port() + gateway.getPath());
      var courier =
          new TextCourier(
              outbox,
              new HttpSmsGateway(new SmsSettings(url, null, DEADLINE)),
              _ -> Optional.of("確認番号 123456"),
              context.getBean(AuditTrail.class),
              transaction,
              clock);
      wire.spoil(toxic, 1);
      var again = courier.deliver(body.id(), id);
      assertThat(wire.spoilt()).isPositive();
      // The gateway's answer has no body that could be nonsense.
      var atOnce = toxic == Toxic.DUPLICATE || toxic == Toxic.GARBAGE;
      assertThat(again.isEmpty()).isEqualTo(atOnce);
      assertThat(sent("text_message", id)).isEqualTo(atOnce);
      wire.heal();
      assertThat(courier.deliver(body.id(), id)).isEmpty();
      assertThat(sent("text_message", id)).isTrue();
      var happened =
          switch (toxic) {
            case SLOW, TRUNCATED, EFFECT_LOST, DUPLICATE -> 2;
            case REFUSED, BLACK_HOLE, RESET, SERVER_ERROR, GARBAGE -> 1;
          };
      // Under one id each: a gateway that keeps its word sends it once.
      assertThat(ServiceTest.RealParts.texts().ids(phone))
          .hasSize(happened)
          .containsOnly(id.toString());
    }
  }

  private static TestBody body() {
    var body = TestBody.create("x");
    Queue.keep(body.id());
    return body;
  }

  private static boolean sent(String table, UUID id) {
    return "t"
        .equals(
            TestPeople.text(
                "select (sent_at is not null)::text::char(1) from " + table + " where id = ?", id));
  }

  private TransactionTemplate transaction() {
    return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
  }

  private Postman postman(int port) {
    var sender = new JavaMailSenderImpl();
    sender.setHost("127.0.0.1");
    sender.setPort(port);
    for (var deadline : List.of("connectiontimeout", "timeout", "writetimeout")) {
      sender
          .getJavaMailProperties()
          .setProperty("mail.smtp." + deadline, String.valueOf(DEADLINE.toMillis()));
    }
    return new Postman(
        context.getBean(MailStore.class),
        new SmtpServer(sender, java.util.Optional.empty()),
        List.copyOf(context.getBeansOfType(LiveSecrets.class).values()),
        context.getBean(Organisations.class),
        context.getBean(LetterWords.class),
        context.getBean(MailSettings.class),
        context.getBean(Vault.class),
        context.getBean(AuditTrail.class),
        context,
        transaction(),
        context.getBean(Clock.class));
  }
}
