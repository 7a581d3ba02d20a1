package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import jp.musubi.ServiceTest.RealParts;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.contract.Identification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

@SigningTest
@ExtendWith(OutputCaptureExtension.class)
@DisplayName("確認番号")
class NumberTest {
  private static final Pattern DIGITS = Pattern.compile("(?<!\\d)\\d{6}(?!\\d)");
  private static final Identification BY_MAIL =
      new Identification(Identification.Way.MAIL_CODE, "");

  @LocalServerPort private int port;
  @Autowired private SentContract contracts;

  private TestBody body;
  private Browser browser;
  private String phone;

  @BeforeEach
  void open() {
    body = TestBody.create("x");
    browser = someone();
    phone = "+8190%08d".formatted(ThreadLocalRandom.current().nextInt(10_000_000, 100_000_000));
  }

  @Test
  @DisplayName("SMSで届いた番号で入り、そのことが同意の記録に残る")
  void letsInByMessage() throws Exception {
    var sent = contracts.send(body, bySms());
    var page = enter(browser, link(sent.mail(), 1));
    assertThat(page.uri().getPath()).endsWith("/code");
    assertThat(page.html().select("[name=code]")).as("nothing was sent").isEmpty();
    assertThat(page.text())
        .contains("***-****-" + phone.substring(phone.length() - 4))
        .doesNotContain(phone.substring(3));
    assertThat(RealParts.texts().to(phone)).as("no GET sends anything").isEmpty();

    page = browser.submit(page, "/code/number", Map.of());
    var text = RealParts.texts().await(phone, 1).getFirst();
    assertThat(text).startsWith("【上毛市 電子契約】").hasSizeLessThanOrEqualTo(70);
    page = browser.submit(page, "/code", Map.of("code", "0" + number(text)));
    assertThat(page.status()).isEqualTo(422);
    assertThat(page.text()).contains("あと4回");
    page = browser.submit(page, "/code", Map.of("code", " " + number(text)));
    assertThat(page.uri().getPath()).endsWith("/read");

    browser.getWithImages(page.uri().getPath());
    var confirm = browser.get(page.uri().getPath().replace("/read", "/confirm"));
    var done = browser.submit(confirm, "/agreement", Map.of("authority", "true"));
    assertThat(done.h1()).isEqualTo("同意を受け付けました");
    assertThat(
            TestPeople.text(
                "select authentication || ' ' || level from agreement where ordinal = 1"
                    + " and contract_id = ?",
                sent.id().value()))
        .isEqualTo("MAIL_LINK+SMS_CODE L2");
  }

  @Test
  @DisplayName("番号は一度だけ使え、期限を過ぎたもの、前のものは使えない。試した回数にも数えない")
  void worksOnce() throws Exception {
    var sent = contracts.send(body, bySms());
    var link = link(sent.mail(), 1);
    browser.submit(enter(browser, link), "/code/number", Map.of());
    var used = number(RealParts.texts().await(phone, 1).getFirst());
    var second = someone();
    var page = browser.get(enter(second, link).uri().getPath());
    assertThat(browser.submit(page, "/code", Map.of("code", used)).uri().getPath())
        .endsWith("/read");

    var waiting = enter(second, link);
    assertThat(waiting.html().select("[name=code]")).as("the number is used").isEmpty();
    age(sent, "2 minutes");
    waiting = second.submit(waiting, "/code/number", Map.of());
    assertThat(second.submit(waiting, "/code", Map.of("code", used)).text()).contains("あと4回");
    var fresh = number(RealParts.texts().await(phone, 2).get(1));
    age(sent, "11 minutes");
    var stale = second.submit(waiting, "/code", Map.of("code", fresh));
    assertThat(stale.status()).isEqualTo(422);
    assertThat(tries(sent)).as("of a number that is no number nothing is learnt").isEqualTo("4");
  }

  @Test
  @DisplayName("続けて押しても番号は一つだけで、一時間に五つまで。いつ送れるかを言う")
  void isNotSentTooOften() throws Exception {
    var sent = contracts.send(body, bySms());
    var page = enter(browser, link(sent.mail(), 1));
    page = browser.submit(page, "/code/number", Map.of());
    var early = browser.submit(page, "/code/number", Map.of());
    assertThat(early.status()).isEqualTo(429);
    assertThat(early.text()).contains("新しい番号は、まだ送れません");
    for (var i = 2; i <= 5; i++) {
      age(sent, "61 seconds");
      assertThat(browser.submit(page, "/code/number", Map.of()).status()).isEqualTo(200);
    }
    age(sent, "61 seconds");
    assertThat(browser.submit(page, "/code/number", Map.of()).status()).isEqualTo(429);
    assertThat(RealParts.texts().await(phone, 5)).hasSize(5);
  }

  @Test
  @DisplayName("五回まちがえると止まり、番号も送らず、差出人に知らせる")
  void locks() throws Exception {
    var sent = contracts.send(body, bySms());
    var page = enter(browser, link(sent.mail(), 1));
    page = browser.submit(page, "/code/number", Map.of());
    var right = number(RealParts.texts().await(phone, 1).getFirst());
    var wrong = right.startsWith("0") ? "1" + right.substring(1) : "0" + right.substring(1);
    var form = page;
    for (var i = 0; i < 5; i++) {
      page = browser.submit(form, "/code", Map.of("code", wrong));
    }
    assertThat(page.status()).isEqualTo(403);
    assertThat(browser.submit(form, "/code", Map.of("code", right)).status()).isEqualTo(403);
    age(sent, "2 minutes");
    browser.submit(form, "/code/number", Map.of());
    assertThat(RealParts.texts().to(phone)).hasSize(1);
    assertThat(Mailbox.await(SentContract.clerkMail(body), 1)).hasSize(1);
  }

  @Test
  @DisplayName("メールの番号は、リンクと同じ宛先にだけ届き、データベースにもログにも残らない")
  void comesByMail(CapturedOutput output) throws Exception {
    var sent = contracts.send(body, BY_MAIL);
    var page = enter(browser, link(sent.mail(), 1));
    page = browser.submit(page, "/code/number", Map.of());
    var mail = Mailbox.await(sent.mail(), 2).get(1);
    assertThat(mail.subject()).startsWith("確認番号のお知らせ");
    var number = number(mail.text());
    assertThat(
            TestPeople.text(
                "select string_agg(body, '') from mail where contract_id = ?", sent.id().value()))
        .contains("{code:")
        .doesNotContain(number);
    page = browser.submit(page, "/code", Map.of("code", number));
    assertThat(page.uri().getPath()).endsWith("/read");
    assertThat(output.getAll()).doesNotContain(number);
  }

  @Test
  @DisplayName("ゲートウェイが混んでいれば送り直し、断られれば記録に残す")
  void livesWithTheGateway() throws Exception {
    RealParts.texts().refuse(phone, 503);
    var sent = contracts.send(body, bySms());
    browser.submit(enter(browser, link(sent.mail(), 1)), "/code/number", Map.of());
    assertThat(RealParts.texts().await(phone, 1)).hasSize(1);

    RealParts.texts().refuse(phone, 400);
    age(sent, "2 minutes");
    var page = enter(browser, link(sent.mail(), 1));
    browser.submit(page, "/code/number", Map.of());
    for (var i = 0; i < 100 && !told(sent); i++) {
      // The job that sends looks again and again, too.
      Thread.sleep(100);
    }
    assertThat(told(sent)).isTrue();
    assertThat(RealParts.texts().to(phone)).hasSize(1);
  }

  @Test
  @DisplayName("転送すると、新しい方の携帯電話に送る")
  void followsWhoeverDecides() throws Exception {
    var sent = contracts.send(body, bySms());
    var page = enter(browser, link(sent.mail(), 1));
    page = browser.submit(page, "/code/number", Map.of());
    var number = number(RealParts.texts().await(phone, 1).getFirst());
    page = browser.submit(page, "/code", Map.of("code", number));
    var ask = browser.get(page.uri().getPath().replace("/read", "/delegation"));
    var mail = UUID.randomUUID() + "@mihon.example";
    var without =
        browser.submit(ask, "/delegation", Map.of("name", "見本 次郎", "mail", mail, "phone", "12"));
    assertThat(without.status()).isEqualTo(422);
    var national = "0" + phone.substring(3, 5) + "-1111-" + phone.substring(9);
    var answer =
        browser.submit(
            ask, "/delegation", Map.of("name", "見本 次郎", "mail", mail, "phone", national));
    assertThat(answer.h1()).isEqualTo("転送しました");

    var other = someone();
    other.submit(enter(other, link(mail, 1)), "/code/number", Map.of());
    var next = phone.substring(0, 5) + "1111" + phone.substring(9);
    assertThat(tooEarly(sent)).as("the next number waits a minute").isEmpty();
    age(sent, "2 minutes");
    other.submit(enter(other, link(mail, 1)), "/code/number", Map.of());
    assertThat(RealParts.texts().await(next, 1)).hasSize(1);
    assertThat(RealParts.texts().to(phone)).hasSize(1);
  }

  private String tooEarly(SentContract.Sent sent) {
    return TestPeople.text(
        "select coalesce(string_agg(phone, ''), '') from text_message where contract_id = ?"
            + " and phone <> '%s'".formatted(phone),
        sent.id().value());
  }

  private boolean told(SentContract.Sent sent) {
    return TestPeople.text(
            "select count(*)::text from text_message where gave_up_at is not null"
                + " and contract_id = ?",
            sent.id().value())
        .equals("1");
  }

  private static String tries(SentContract.Sent sent) {
    return TestPeople.text(
        "select tries_left::text from access_code where contract_id = ?", sent.id().value());
  }

  /** Lets time pass for the numbers that were made. */
  private static void age(SentContract.Sent sent, String by) {
    TestPeople.run(
        "update one_time_code set made_at = made_at - interval '%1$s', expires_at = expires_at - interval '%1$s' where contract_id = ?"
            .formatted(by),
        sent.id().value());
  }

  private Identification bySms() {
    return new Identification(Identification.Way.SMS_CODE, phone);
  }

  private Browser someone() {
    return new Browser("http://localhost:" + port);
  }

  private static Browser.Page enter(Browser somebody, String link) {
    return somebody.submit(somebody.get(link), link, Map.of());
  }

  private static String link(String mail, int count) {
    return Mailbox.await(mail, count).getFirst().link();
  }

  private static String number(String text) {
    return DIGITS.matcher(text).results().findFirst().orElseThrow().group();
  }
}
