package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import jp.musubi.TestBody;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Contracts;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@SigningTest
@DisplayName("相手方の同意")
class AgreementTest {
  @LocalServerPort private int port;
  @Autowired private SentContract contracts;
  @Autowired private Contracts steps;

  private TestBody body;
  private Browser browser;

  @BeforeEach
  void open() {
    body = TestBody.create("x");
    browser = new Browser("http://localhost:" + port);
  }

  @Test
  @DisplayName("リンクから締結済の受け取りまで、スクリプトなしで進む")
  void goesFromTheLinkToTheConcludedFile() {
    var sent = contracts.send(body, Optional.of("48213975"));
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var landing = browser.get(link);
    assertThat(landing.h1()).isEqualTo("契約書の確認と署名のお願い");
    var code = browser.submit(landing, link, Map.of());
    var read = browser.submit(code, "/code", Map.of("code", "48213975"));
    var path = read.uri().getPath().replace("/read", "");

    var early = browser.get(path + "/confirm");
    assertThat(early.uri().toString()).contains("/read?missing");
    assertThat(early.text()).contains("まだ表示していないページがあります");

    browser.getWithImages(path + "/read");
    var confirm = browser.get(path + "/confirm");
    assertThat(confirm.h1()).isEqualTo("この内容で同意しますか");
    assertThat(confirm.html().text())
        .contains("株式会社 見本建設 代表取締役 例田 一郎 として、次の契約に同意し、電子署名を付与します。")
        .contains("12,980,000円")
        .contains(contracts.particulars(sent).currentFile().shortHex());
    assertThat(confirm.html().select("[autofocus]")).isEmpty();
    assertThat(confirm.html().select(".dads-notification-banner")).isEmpty();
    assertThat(browser.get(path + "/read").html().select(".dads-notification-banner")).isEmpty();

    var unticked = browser.submit(confirm, "/agreement", Map.of());
    assertThat(unticked.status()).isEqualTo(422);
    assertThat(agreements(sent)).hasSize(1);

    var form = Browser.filled(confirm, "/agreement", Map.of("authority", "true"));
    var action = Browser.action(confirm, "/agreement");
    var done = browser.post(action, form);
    assertThat(done.uri().getPath()).endsWith("/done");
    assertThat(done.h1()).isEqualTo("同意を受け付けました");
    assertThat(done.text()).contains("受付番号", "上毛市長の署名後に締結となります");
    var again = browser.post(action, form);
    assertThat(receipt(again)).isEqualTo(receipt(done));

    var agreement = agreements(sent).get(1);
    assertThat(agreement.manner().authentication()).isEqualTo("MAIL_LINK+ACCESS_CODE");
    assertThat(agreement.manner().level()).isEqualTo("L2");
    assertThat(agreement.manner().consentText())
        .contains("として、次の契約に同意し、電子署名を付与します。", "締結する権限", "同意して署名する");
    assertThat(agreement.manner().clientIp()).isEqualTo("127.0.0.1");
    assertThat(agreement.manner().userAgent()).isEqualTo("Musubi test browser");
    assertThat(Mailbox.await(sent.mail(), 2).get(1).subject()).contains("同意を受け付けました");

    contracts.seal(body, sent.id(), 1);
    assertThat(browser.get(link).h1()).isEqualTo("同意を受け付けた契約です");
    assertThat(browser.get(path + "/confirm").uri().getPath()).endsWith("/done");

    contracts.conclude(sent);
    var news = Mailbox.await(sent.mail(), 3).get(2);
    assertThat(news.subject()).contains("契約を締結しました");
    for (var mailed : List.of(link, news.link())) {
      var visitor = new Browser("http://localhost:" + port);
      var entry = visitor.get(mailed);
      assertThat(entry.h1()).isEqualTo("締結済みの契約書があります");
      var gate = visitor.submit(entry, mailed, Map.of());
      var concluded = visitor.submit(gate, "/code", Map.of("code", "4821-3975"));
      assertThat(concluded.h1()).isEqualTo("契約を締結しました");
      assertThat(concluded.html().select("form[method=post]")).isEmpty();
      var own = concluded.uri().getPath().replace("/done", "");
      for (var i = 0; i < 3; i++) {
        var file = visitor.get(own + "/document");
        assertThat(file.status()).isEqualTo(200);
        assertThat(Sha256.of(file.response().body()))
            .isEqualTo(contracts.particulars(sent).finalFile().orElseThrow());
      }
      assertThat(visitor.get(own + "/certificate").response().headers().firstValue("Content-Type"))
          .contains("application/pdf");
    }
  }

  /** The receipt as printed: when and under which number. What sealing is at may differ. */
  private static String receipt(Browser.Page page) {
    var matcher =
        Pattern.compile("\\S+ に記録しました 受付番号 [0-9A-Z]{4}-[0-9A-Z]{4}").matcher(page.html().text());
    assertThat(matcher.find()).as(page.html().text()).isTrue();
    return matcher.group();
  }

  @Test
  @DisplayName("64回同時に押しても、同意は一つ、メールは一通、答えは同じ")
  void countsOnceHoweverOftenItIsPressed() throws Exception {
    var sent = contracts.send(body, Optional.empty());
    var confirm = confirm(sent);
    var form = Browser.filled(confirm, "/agreement", Map.of("authority", "true"));
    var action = Browser.action(confirm, "/agreement");
    List<String> answers;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 64)
              .mapToObj(_ -> threads.submit(() -> browser.post(action, form)))
              .toList();
      answers = new java.util.ArrayList<>();
      for (var each : all) {
        assertThat(each.get().status()).isEqualTo(200);
        answers.add(receipt(each.get()));
      }
    }
    assertThat(answers).containsOnly(answers.getFirst());
    assertThat(agreements(sent)).hasSize(2);
    Mailbox.await(sent.mail(), 2);
    Thread.sleep(1000);
    assertThat(Mailbox.of(sent.mail())).hasSize(2);
  }

  @Test
  @DisplayName("別々のフォームから同時に押しても、同意は一つ")
  void countsOnceFromManyForms() throws Exception {
    var sent = contracts.send(body, Optional.empty());
    var confirm = confirm(sent);
    var action = Browser.action(confirm, "/agreement");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 16)
              .mapToObj(_ -> {
                var form =
                    new HashMap<>(
                        Browser.filled(confirm, "/agreement", Map.of("authority", "true")));
                form.put("idempotencyKey", FormKey.next());
                return threads.submit(() -> browser.post(action, form));
              })
              .toList();
      for (var each : all) {
        assertThat(each.get().h1()).isEqualTo("同意を受け付けました");
      }
    }
    assertThat(agreements(sent)).hasSize(2);
  }

  @Test
  @DisplayName("文書の値がちがうフォームは受け付けない")
  void takesNoAgreementToOtherBytes() {
    var sent = contracts.send(body, Optional.empty());
    var confirm = confirm(sent);
    var answer =
        browser.submit(
            confirm,
            "/agreement",
            Map.of("authority", "true", "sha256", Sha256.of(new byte[1]).hex()));
    assertThat(answer.text()).contains("まだ同意は記録されていません");
    assertThat(agreements(sent)).hasSize(1);
  }

  @Test
  @DisplayName("文字で全ページを読んでも、同意へ進める")
  void letsSomebodyReadTextOnly() {
    var sent = contracts.send(body, Optional.empty());
    var path = enter(sent).uri().getPath();
    for (var page = 1; page <= 3; page++) {
      var text = browser.get(path + "/" + page);
      assertThat(text.text()).contains("工事名");
    }
    assertThat(browser.get(path.replace("/read", "/confirm")).h1()).isEqualTo("この内容で同意しますか");
  }

  @Test
  @DisplayName("辞退には理由がいり、伝わり、契約は終わる")
  void declinesWithAReason() {
    var sent = contracts.send(body, Optional.empty());
    var path = enter(sent).uri().getPath();
    var page = browser.get(path.replace("/read", "/decline"));
    var empty = browser.submit(page, "/decline", Map.of("reason", "  "));
    assertThat(empty.status()).isEqualTo(422);
    assertThat(empty.text()).contains("理由を入力してください。");
    var ended = browser.submit(page, "/decline", Map.of("reason", "工期が合わないため"));
    assertThat(ended.h1()).isEqualTo("辞退を受け付けました");
    assertThat(contracts.particulars(sent).state()).isEqualTo("DECLINED");
    assertThat(contracts.particulars(sent).endReason()).contains("工期が合わないため");
    assertThat(Mailbox.await(sent.mail(), 2).get(1).text()).contains("工期が合わないため");
  }

  @Test
  @DisplayName("差戻しには直してほしい点がいり、両方に伝わり、契約は終わる")
  void sendsBackWithAReason() throws Exception {
    clerkReadsMail();
    var sent = contracts.send(body, Optional.empty());
    var path = enter(sent).uri().getPath();
    var page = browser.get(path.replace("/read", "/return"));
    assertThat(browser.submit(page, "/return", Map.of("reason", "")).status()).isEqualTo(422);
    var ended = browser.submit(page, "/return", Map.of("reason", "工期を3月末に直してください"));
    assertThat(ended.h1()).isEqualTo("差し戻しました");
    assertThat(contracts.particulars(sent).state()).isEqualTo("RETURNED");
    assertThat(Mailbox.await(sent.mail(), 2).get(1).text()).contains("工期を3月末に直してください");
    assertThat(Mailbox.await(SentContract.clerkMail(body), 1).getFirst().text())
        .contains("工期を3月末に直してください");
  }

  @Test
  @DisplayName("社内の別の方に転送すると、前のリンクは死に、新しい方だけが同意でき、両方に伝わる")
  void passesOnToSomebodyElse() throws Exception {
    clerkReadsMail();
    var sent = contracts.send(body, Optional.empty());
    var read = enter(sent);
    var path = read.uri().getPath();
    Mailbox.await(sent.mail(), 1);
    var ask = browser.get(path.replace("/read", "/delegation"));
    var same = Map.of("title", "部長", "name", "見本 次郎", "mail", sent.mail());
    assertThat(browser.submit(ask, "/delegation", same).status()).isEqualTo(422);
    var mail = java.util.UUID.randomUUID() + "@mihon.example";
    var form =
        Browser.filled(ask, "/delegation", Map.of("title", "部長", "name", "見本 次郎", "mail", mail));
    var action = Browser.action(ask, "/delegation");
    assertThat(browser.post(action, form).h1()).isEqualTo("転送しました");

    var shut = browser.get(path);
    assertThat(shut.status()).isEqualTo(410);
    assertThat(shut.text()).doesNotContain("市道1024号線");
    assertThat(contracts.particulars(sent).parties().get(1).name()).isEqualTo("見本 次郎");
    assertThat(Mailbox.await(sent.mail(), 2).get(1).text()).contains("見本 次郎", mail);
    assertThat(Mailbox.await(SentContract.clerkMail(body), 1).getFirst().text()).contains("見本 次郎");

    var other = new Browser("http://localhost:" + port);
    var link = Mailbox.await(mail, 1).getFirst().link();
    var opened = other.submit(other.get(link), link, Map.of());
    assertThat(opened.uri().getPath()).endsWith("/read");
    other.getWithImages(opened.uri().getPath());
    var confirm = other.get(opened.uri().getPath().replace("/read", "/confirm"));
    assertThat(confirm.text()).contains("見本 次郎 として");
    var done = other.submit(confirm, "/agreement", Map.of("authority", "true"));
    assertThat(done.h1()).isEqualTo("同意を受け付けました");
  }

  @Test
  @DisplayName("転送は3回まで")
  void isPassedOnThreeTimesAtMost() {
    var sent = contracts.send(body, Optional.empty());
    var mail = sent.mail();
    for (var i = 1; i <= 4; i++) {
      var visitor = new Browser("http://localhost:" + port);
      var link = Mailbox.await(mail, 1).getFirst().link();
      var read = visitor.submit(visitor.get(link), link, Map.of());
      var ask = visitor.get(read.uri().getPath().replace("/read", "/delegation"));
      mail = java.util.UUID.randomUUID() + "@mihon.example";
      var answer = visitor.submit(ask, "/delegation", Map.of("name", "例田 " + i, "mail", mail));
      assertThat(answer.status()).isEqualTo(i <= 3 ? 200 : 409);
    }
    assertThat(contracts.particulars(sent).parties().get(1).name()).isEqualTo("例田 3");
  }

  @Test
  @DisplayName("ボタンを押していない人には、文書も画像も見せない")
  void showsNothingWithoutTheButton() {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var path = link.substring(0, link.lastIndexOf('/'));
    for (var page :
        List.of(
            "/read",
            "/read/1",
            "/confirm",
            "/decline",
            "/return",
            "/delegation",
            "/done",
            "/code",
            "/document",
            "/certificate")) {
      var answer = browser.get(path + page);
      assertThat(answer.status()).as(page).isEqualTo(403);
      assertThat(answer.text()).as(page).doesNotContain("市道1024号線");
    }
    assertThat(browser.get(path + "/pages/1.png").status()).isEqualTo(403);
  }

  /** By an address that no other test's clerk has. */
  private void clerkReadsMail() throws java.sql.SQLException {
    jp.musubi.TestPeople.run(
        "update staff set mail = ? where id = ?", SentContract.clerkMail(body), body.clerk());
  }

  private Browser.Page enter(SentContract.Sent sent) {
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    return browser.submit(browser.get(link), link, Map.of());
  }

  private Browser.Page confirm(SentContract.Sent sent) {
    var path = enter(sent).uri().getPath();
    browser.getWithImages(path);
    return browser.get(path.replace("/read", "/confirm"));
  }

  private List<Agreement> agreements(SentContract.Sent sent) {
    return contracts.in(sent.body(), () -> steps.agreements(sent.id()));
  }
}
