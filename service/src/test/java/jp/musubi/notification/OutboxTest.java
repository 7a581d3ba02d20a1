package jp.musubi.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Header;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionOperations;

@ServiceTest
@DisplayName("通知")
class OutboxTest {
  private static final String BODY = "件名　　：市道1024号線 舗装修繕工事\n期限まで";

  @Autowired private Outbox outbox;
  @Autowired private MailStore store;
  @Autowired private MailSettings settings;
  @Autowired private Vault vault;
  @Autowired private java.util.List<LiveSecrets> links;
  @Autowired private Organisations organisations;
  @Autowired private LetterWords words;
  @Autowired private AuditTrail audit;
  @Autowired private ApplicationEventPublisher events;
  @Autowired private TransactionOperations transactions;
  @Autowired private JdbcClient jdbc;
  @Autowired private Clock clock;

  private TestBody body;

  @BeforeEach
  void makeABody() {
    body = TestBody.create("x");
  }

  @Test
  @DisplayName("手紙は一通だけ、正しい形で届く")
  void sendsEachOccasionOnceAndWellFormed() throws Exception {
    var recipient = UUID.randomUUID() + "@mihon.example";
    for (var i = 0; i < 3; i++) {
      enqueue("test/once", recipient, "契約書の確認と署名のお願い（市道1024号線 舗装修繕工事 その二）", BODY);
    }
    var mail = await(recipient, 1).getFirst();
    Thread.sleep(1500);
    assertThat(received(recipient)).hasSize(1);
    assertThat(mail.getSubject()).isEqualTo("契約書の確認と署名のお願い（市道1024号線 舗装修繕工事 その二）");
    assertThat(mail.getHeader("Subject")[0]).matches("(?s)[\\x20-\\x7e\\r\\n]+");
    assertThat(mail.getContentType()).containsIgnoringCase("text/plain").contains("UTF-8");
    assertThat(mail.getContent().toString().strip()).isEqualTo(BODY.replace("\n", "\r\n"));
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    var from = (InternetAddress) mail.getFrom()[0];
    assertThat(from.getAddress()).isEqualTo("no-reply@musubi.example");
    assertThat(from.getPersonal()).isEqualTo("上毛市");
    assertThat(mail.getSentDate()).isNotNull();
    assertThat(mail.getMessageID()).isEqualTo(row("test/once").messageId());
    assertThat(row("test/once").sentAt()).isNotNull();
    assertThat(row("test/once").attempts()).isEqualTo(1);
  }

  @Test
  @DisplayName("もとの処理が取り消されたら、手紙も出ない")
  void isRolledBackWithItsCause() {
    var recipient = UUID.randomUUID() + "@mihon.example";
    assertThatThrownBy(() ->
            Tenancy.in(
                body.id(),
                () ->
                    transactions.execute(_ -> {
                      outbox.enqueue("test/undone", null, recipient, "s", "b");
                      throw new IllegalStateException("undone");
                    })))
        .hasMessage("undone");
    assertThat(inBody("select count(*) from mail where occasion = 'test/undone'", Long.class))
        .isZero();
    assertThat(
            jdbc.sql("select count(*) from scheduled_tasks where task_instance like :tenant")
                .param("tenant", body.id() + "/%")
                .query(Long.class)
                .single())
        .isZero();
  }

  static Stream<String> poison() {
    var ends = List.of("\r\n", "\n", "\r", "\u0000", "\u000b", "\f", "\u0085", "\u2028", "\u2029");
    var tails =
        List.of(
            "Bcc: thief@evil.example",
            "To: thief@evil.example",
            "Reply-To: thief@evil.example",
            "\r\nQUIT\r\nMAIL FROM:<thief@evil.example>",
            ".\r\nRCPT TO:<thief@evil.example>",
            "Content-Type: text/html\r\n\r\n<b>押してください</b>",
            " =?UTF-8?B?DQpCY2M6IHRoaWVmQGV2aWwuZXhhbXBsZQ==?=");
    return ends.stream().flatMap(end -> tails.stream().map(tail -> end + tail));
  }

  @Test
  @DisplayName("件名に何を入れても、ヘッダーは増えない（63通り）")
  void letsNoSubjectAddAHeader() throws Exception {
    var poison = poison().toList();
    assertThat(poison).hasSizeGreaterThanOrEqualTo(50);
    var recipient = UUID.randomUUID() + "@mihon.example";
    for (var i = 0; i < poison.size(); i++) {
      enqueue("test/poison/" + i, recipient, "契約" + poison.get(i), "本文" + poison.get(i));
    }
    for (var mail : await(recipient, poison.size())) {
      assertThat(names(mail))
          .as(mail.getSubject())
          .containsExactlyInAnyOrder(
              "Return-Path",
              "Received",
              "Date",
              "From",
              "To",
              "Message-ID",
              "Subject",
              "Auto-Submitted",
              "MIME-Version",
              "Content-Type",
              "Content-Transfer-Encoding");
      assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly(recipient);
      assertThat(mail.getContentType()).containsIgnoringCase("text/plain");
    }
    assertThat(received("thief@evil.example")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("poison")
  @DisplayName("宛先に改行などを入れることはできない")
  void refusesARecipientThatIsMoreThanOneAddress(String poison) {
    for (var address : List.of("a@mihon.example" + poison, "a" + poison + "@mihon.example")) {
      assertThatThrownBy(() -> enqueue("test/refused", address, "s", "b"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(inBody("select count(*) from mail", Long.class)).isZero();
  }

  @Test
  @DisplayName("団体名に何が入っていても、差出人は一人")
  void letsNoBodyNameAddAHeader() throws Exception {
    try (var superuser = ServiceTest.RealParts.database().superuser();
        var rename = superuser.prepareStatement("update body set name = ? where id = ?")) {
      rename.setString(1, "上毛市\r\nBcc: thief@evil.example\r\n\"<x@evil.example>,");
      rename.setObject(2, body.id().value());
      rename.execute();
    }
    var recipient = UUID.randomUUID() + "@mihon.example";
    enqueue("test/name", recipient, "件名", BODY);
    var mail = await(recipient, 1).getFirst();
    assertThat(mail.getFrom()).hasSize(1);
    assertThat(((InternetAddress) mail.getFrom()[0]).getAddress())
        .isEqualTo("no-reply@musubi.example");
    assertThat(names(mail)).doesNotContain("Bcc");
  }

  @Test
  @DisplayName("ほかの人あての手紙では、リンクの目印は文字のまま")
  void replacesNoPlaceholderOfAStranger() throws Exception {
    var recipient = UUID.randomUUID() + "@mihon.example";
    var text = "{link:%s}".formatted(UUID.randomUUID());
    enqueue("test/placeholder", recipient, "件名", text);
    assertThat(await(recipient, 1).getFirst().getContent().toString().strip()).isEqualTo(text);
  }

  @Test
  @DisplayName("メールサーバーが止まっていれば間をあけて繰り返し、48時間であきらめて記録する")
  void triesAgainForTwoDaysAndThenGivesUpVisibly() {
    var start = clock.instant();
    var id = insert("test/patience", "b@mihon.example", start);
    var closed = new ServerSetup(1, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    var at = start;
    var tries = 0;
    var outcome = (Postman.Outcome) new Postman.Outcome.Again(start);
    while (outcome instanceof Postman.Outcome.Again(var next)) {
      assertThat(next).isBetween(at, at.plus(Duration.ofHours(1)));
      at = next;
      outcome = postman(closed.getPort(), at).deliver(body.id(), id);
      tries++;
    }
    assertThat(tries).isGreaterThan(40);
    assertThat(Duration.between(start, at)).isGreaterThan(Duration.ofHours(46));
    var row = row("test/patience");
    assertThat(row.gaveUpAt()).isNotNull();
    assertThat(row.sentAt()).isNull();
    assertThat(row.attempts()).isEqualTo(tries);
    assertThat(row.lastError()).isNotBlank();
    assertThat(undeliverable()).isEqualTo(1);
  }

  @Test
  @DisplayName("宛先が無いと言われたら、すぐにあきらめて記録する")
  void givesUpAtOnceWhenTheServerRefusesForGood() throws Exception {
    try (var server = new RefusingServer("550 5.1.1 no such mailbox")) {
      var id = insert("test/refused", "nobody@mihon.example", clock.instant());
      var outcome = postman(server.port(), clock.instant()).deliver(body.id(), id);
      assertThat(outcome).isInstanceOf(Postman.Outcome.Settled.class);
    }
    assertThat(row("test/refused").lastError()).contains("550 5.1.1 no such mailbox");
    assertThat(row("test/refused").gaveUpAt()).isNotNull();
    assertThat(row("test/refused").attempts()).isEqualTo(1);
    assertThat(undeliverable()).isEqualTo(1);
  }

  @Test
  @DisplayName("いまは受け取れないと言われたら、あとでもう一度送る")
  void triesAgainWhenTheServerRefusesForNow() throws Exception {
    try (var server = new RefusingServer("451 4.7.1 greylisted")) {
      var id = insert("test/later", "grey@mihon.example", clock.instant());
      var outcome = postman(server.port(), clock.instant()).deliver(body.id(), id);
      assertThat(outcome).isInstanceOf(Postman.Outcome.Again.class);
    }
    assertThat(row("test/later").gaveUpAt()).isNull();
    assertThat(row("test/later").lastError()).contains("451");
    assertThat(undeliverable()).isZero();
  }

  private Postman postman(int port, Instant now) {
    var sender = new JavaMailSenderImpl();
    sender.setHost("127.0.0.1");
    sender.setPort(port);
    return new Postman(
        store,
        new SmtpServer(sender, java.util.Optional.empty()),
        links,
        organisations,
        words,
        settings,
        vault,
        audit,
        events,
        transactions,
        Clock.fixed(now, java.time.ZoneOffset.UTC));
  }

  private UUID insert(String occasion, String recipient, Instant at) {
    var id = UUID.randomUUID();
    Tenancy.in(
        body.id(),
        () ->
            store.insert(
                new Letter(
                    id,
                    occasion,
                    null,
                    new MailAddress(recipient),
                    "件名",
                    BODY,
                    "<" + id + "@musubi.example>",
                    at,
                    0)));
    return id;
  }

  private long undeliverable() {
    return inBody(
        "select count(*) from audit_entry where action = 'mail.undeliverable'", Long.class);
  }

  private void enqueue(String occasion, String recipient, String subject, String text) {
    Tenancy.in(
        body.id(),
        () -> {
          transactions.executeWithoutResult(
              _ -> outbox.enqueue(occasion, null, recipient, subject, text));
          return true;
        });
  }

  private <T> T inBody(String sql, Class<T> type) {
    return Tenancy.in(
        body.id(), () -> transactions.execute(_ -> jdbc.sql(sql).query(type).single()));
  }

  record Row(
      String messageId,
      java.sql.Timestamp sentAt,
      java.sql.Timestamp gaveUpAt,
      int attempts,
      String lastError) {}

  private Row row(String occasion) {
    return inBody(
        "select message_id, sent_at, gave_up_at, attempts, last_error from mail where occasion = '%s'"
            .formatted(occasion),
        Row.class);
  }

  private static List<String> names(MimeMessage mail) throws Exception {
    return Collections.list(mail.getAllHeaders()).stream().map(Header::getName).toList();
  }

  private static List<MimeMessage> received(String recipient) {
    return Arrays.stream(ServiceTest.RealParts.mail().getReceivedMessages())
        .filter(mail -> {
          try {
            return Arrays.stream(mail.getAllRecipients())
                .anyMatch(to -> to.toString().equals(recipient));
          } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
          }
        })
        .toList();
  }

  private static List<MimeMessage> await(String recipient, int count) throws InterruptedException {
    for (var i : IntStream.range(0, 600).toArray()) {
      var mails = received(recipient);
      if (mails.size() >= count) {
        return mails;
      }
      Thread.sleep(i < 10 ? 50 : 200);
    }
    throw new AssertionError("%d of %d mails came".formatted(received(recipient).size(), count));
  }
}
