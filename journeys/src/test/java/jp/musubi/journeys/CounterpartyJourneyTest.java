package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * 相手方の道. Somebody without an account: after scanners, by keyboard, on a small phone, in English.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CounterpartyJourneyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration IDLE = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private final Path screens = Path.of("target", "screens", "counterparty");
  private Stage stage;
  private ServiceProcess service;
  private Browser browser;
  private Inbox inbox;
  private Walk walk;
  private Visitor clerk;
  private Path pdf;

  @BeforeAll
  void start() throws Exception {
    stage = Stage.open(folder, screens);
    service = stage.service();
    browser = stage.browser();
    inbox = stage.inbox();
    walk = new Walk(service.address(), inbox, (_, _, _) -> {});
    clerk = walk.signIn("hanako");
    pdf = stage.sample(1, "工事請負契約書.pdf");
  }

  @AfterAll
  void stop() {
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  @DisplayName("メールの検査装置が50回ずつ開き、スクリプトを動かして30秒とどまっても、何も変わらず、本人は同意できる")
  void survivesScanners() throws Exception {
    var mail = "scanned@m.example";
    var sent = walk.send(clerk, pdf, "検査装置の前の契約", mail);
    var link = inbox.await(mail, "検査装置", PATIENCE).link();
    var before = history(sent.id());
    try (var machine = browser.desktop();
        var http = HttpClient.newHttpClient()) {
      var page = machine.newPage();
      var began = System.nanoTime();
      page.navigate(link);
      for (var i = 0; i < 50; i++) {
        for (var method : List.of("GET", "HEAD")) {
          var answer =
              http.send(
                  HttpRequest.newBuilder(URI.create(link))
                      .method(method, HttpRequest.BodyPublishers.noBody())
                      .build(),
                  HttpResponse.BodyHandlers.discarding());
          assertThat(answer.statusCode()).isEqualTo(200);
        }
      }
      // The machine waits for what scripts of the page might do.
      page.waitForTimeout(IDLE.toMillis() - (System.nanoTime() - began) / 1_000_000.0);
      assertThat(page.url()).isEqualTo(link);
    }
    assertThat(history(sent.id())).isEqualTo(before);

    walk.agree(mail, "検査装置", sent.code());
    assertThat(history(sent.id())).isNotEqualTo(before).contains("同意しました");
  }

  @Test
  @DisplayName("マウスなしで、Tab・Enter・Space・矢印と文字の入力だけで、相手方は同意でき、契約名義人は署名でき、焦点はいつも見える")
  void needsNoMouse() throws Exception {
    var mail = "keys@m.example";
    var sent = walk.send(clerk, pdf, "キーボードの契約", mail);
    try (var desk = browser.desktop()) {
      var hands = new Hands(desk.newPage());
      var page = hands.page();
      page.navigate(inbox.await(mail, "キーボード", PATIENCE).link());
      Desk.met(page, screens, "keys-1-landing");
      hands.tabTo("main form button");
      Browser.shoot(page, screens.resolve("keys-1-landing-focus.png"));
      hands.key("Enter");
      page.waitForURL(url -> url.endsWith("/code"));
      hands.tabTo("[name=code]");
      hands.type(sent.code());
      Desk.met(page, screens, "keys-2-code");
      hands.key("Enter");
      page.waitForURL(url -> url.endsWith("/read"));
      hands.tabTo(".musubi-sticky button");
      page.waitForLoadState(LoadState.NETWORKIDLE);
      Desk.met(page, screens, "keys-3-read");
      hands.key("Enter");
      page.waitForURL(url -> url.contains("/confirm"));
      hands.tabTo("[name=authority]");
      hands.key("Space");
      Desk.met(page, screens, "keys-4-confirm");
      hands.tabTo("form button[data-type=solid-fill]");
      hands.key("Enter");
      page.waitForURL(url -> url.contains("/done"));
      Desk.met(page, screens, "keys-5-done");
    }
    try (var desk = browser.desktop()) {
      var hands = new Hands(desk.newPage());
      var page = hands.page();
      page.navigate(service.address().resolve("/signin").toString());
      hands.tabTo("[name=body]");
      // A list is chosen from by arrow keys.
      for (var i = 0; i < 5 && !page.locator("[name=body]").inputValue().equals(Walk.BODY); i++) {
        hands.key("ArrowDown");
      }
      hands.tabTo("[name=login]");
      hands.type("taro");
      hands.tabTo("[name=password]");
      hands.type(Walk.PASSWORD);
      hands.key("Enter");
      page.waitForURL(url -> !url.contains("/signin"));
      page.navigate(service.address().resolve("/contracts/" + sent.id() + "/signature").toString());
      Desk.awaitField(page, "password");
      hands.tabTo("[name=confirmed]");
      hands.key("Space");
      hands.tabTo("[name=password]");
      hands.type(Walk.PASSWORD);
      Desk.met(page, screens, "keys-6-signature");
      hands.tabTo("main form button");
      hands.key("Enter");
      walk.awaitConclusion(clerk, sent.id(), PATIENCE);
    }
  }

  @Test
  @DisplayName("360×740の電話で五回押せば同意でき、どの画面も320ピクセル・大きな文字で横に動かさずに読める")
  void takesFivePressesOnASmallPhone() throws Exception {
    var mail = "phone@m.example";
    var sent = walk.send(clerk, pdf, "電話の契約", mail);
    try (var phone = browser.phone("ja-JP")) {
      var hands = new Hands(phone.newPage());
      var page = hands.page();
      page.navigate(inbox.await(mail, "電話の契約", PATIENCE).link());
      look(hands, "phone-1-landing");
      hands.press(page.locator("main form button"));
      look(hands, "phone-2-code");
      hands.press(page.locator("[name=code]"));
      hands.type(sent.code());
      var beforeReading = hands.bytes();
      hands.key("Enter");
      page.waitForURL(url -> url.endsWith("/read"));
      page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)");
      page.waitForLoadState(LoadState.NETWORKIDLE);
      look(hands, "phone-3-read");
      hands.press(page.locator(".musubi-sticky button"));
      look(hands, "phone-4-confirm");
      hands.press(page.locator("[name=authority]"));
      hands.press(page.locator("main form button[data-type=solid-fill]"));
      look(hands, "phone-5-done");

      assertThat(hands.presses()).isLessThanOrEqualTo(5);
      assertThat(beforeReading).isLessThanOrEqualTo(150_000);
      new PathPaper(hands.pages(), hands.presses(), hands.keys(), beforeReading, hands.bytes())
          .check(Path.of("target"));
    }
  }

  @Test
  @DisplayName("英語を好むブラウザーには一行で知らせ、英語の画面だけで締結済の契約書を受け取れる")
  void leadsInEnglishToTheConcludedFile() throws Exception {
    var mail = "english@m.example";
    var title = "英語の契約";
    var sent = walk.send(clerk, pdf, title, mail);
    try (var phone = browser.phone("en-GB")) {
      var hands = new Hands(phone.newPage());
      var page = hands.page();
      var letter = inbox.await(mail, title, PATIENCE);
      assertThat(letter.text()).contains("Choose \"English\" at the top of the page");
      page.navigate(letter.link());
      Desk.met(page, screens, "english-0-offered");
      page.locator(".musubi-offer a").click();
      assertThat(page.url()).isEqualTo(letter.link());
      look(hands, "english-1-landing");
      hands.press(page.locator("main form button"));
      page.locator("[name=code]").fill(sent.code());
      look(hands, "english-2-code");
      hands.press(page.locator("main form button"));
      page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)");
      page.waitForLoadState(LoadState.NETWORKIDLE);
      look(hands, "english-3-read");
      hands.press(page.locator(".musubi-sticky button"));
      look(hands, "english-4-confirm");
      hands.press(page.locator("[name=authority]"));
      hands.press(page.locator("main form button[data-type=solid-fill]"));
      look(hands, "english-5-done");

      walk.sign(walk.signIn("taro"), sent.id(), PATIENCE);
      walk.awaitConclusion(clerk, sent.id(), PATIENCE);
      page.reload();
      look(hands, "english-6-concluded");
      assertThat(page.locator("h1").textContent()).isEqualTo("The contract is concluded");
      var file = folder.resolve("english.pdf");
      page.waitForDownload(() -> page.locator("main a[href$='/document']").first().click())
          .saveAs(file);
      var outcome = Project.verify(file, service.home().resolve("trust.pem"));
      assertThat(outcome.exit()).as(outcome.text()).isZero();
    }
  }

  @Test
  @DisplayName("模擬締結は、はじめから終わりまで押すだけで進む")
  void practisesByPressingOnly() throws Exception {
    try (BrowserContext phone = browser.phone("ja-JP")) {
      var hands = new Hands(phone.newPage());
      var page = hands.page();
      page.navigate(service.address().resolve("/practice").toString());
      look(hands, "practice-1-start");
      hands.press(page.locator("main a[href$='/link']"));
      look(hands, "practice-2-landing");
      hands.press(page.locator("main form button"));
      page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)");
      page.waitForLoadState(LoadState.NETWORKIDLE);
      look(hands, "practice-3-read");
      hands.press(page.locator(".musubi-sticky button"));
      look(hands, "practice-4-confirm");
      hands.press(page.locator("[name=authority]"));
      hands.press(page.locator("main form button[data-type=solid-fill]"));
      look(hands, "practice-5-done");
      hands.press(page.locator(".musubi-practice a"));
      look(hands, "practice-6-concluded");
      hands.press(page.locator(".musubi-practice a"));
      look(hands, "practice-7-after");
      assertThat(hands.keys()).isZero();
    }
  }

  @Test
  @DisplayName("認証アプリを一度登録すると次の契約ではその数字で入り、なくせば担当者が使えなくして登録し直せる")
  void registersAnAuthenticatorApp() throws Exception {
    var mail = "app@m.example";
    var sent = walk.send(clerk, pdf, "認証アプリの契約", mail, "totp");
    try (var phone = browser.phone("ja-JP")) {
      var hands = new Hands(phone.newPage());
      var page = hands.page();
      page.navigate(inbox.await(mail, "認証アプリの契約", PATIENCE).link());
      page.locator("main form button").click();
      look(hands, "app-1-first-a-code");
      page.locator("[name=code]").fill(sent.code());
      Desk.press(page, "登録に進む");
      look(hands, "app-2-register");
      var secret = page.locator(".musubi-secret").innerText();
      page.locator("[name=code]").fill(AppCode.of(secret, Instant.now()));
      Desk.press(page, "登録して文書を開く");
      page.waitForURL(url -> url.endsWith("/read"));

      walk.send(clerk, pdf, "次の契約", mail, "totp");
      page.navigate(inbox.await(mail, "次の契約", PATIENCE).link());
      page.locator("main form button").click();
      look(hands, "app-3-its-code");
      page.locator("[name=code]").fill(AppCode.of(secret, Instant.now().plusSeconds(30)));
      Desk.press(page, "文書を開く");
      page.waitForURL(url -> url.endsWith("/read"));
    }
    try (var desk = browser.desktop()) {
      var page = desk.newPage();
      Desk.signIn(page, service, "hanako");
      page.navigate(service.address().resolve("/contracts/" + sent.id()).toString());
      page.locator("a[href$='/means']").click();
      Desk.met(page, screens, "app-4-lost");
      page.locator("[name^=reason]").fill("機種変更。代表電話にかけ直して確認");
      Desk.press(page, "この手段を使えなくする");
      Desk.await(page, "アクセスコード");
      assertThat(page.url()).endsWith("/invitation");
    }
  }

  @Test
  @DisplayName("パスキーを電話で登録し、その場の指紋などで同意を確かめて署名でき、次の契約でもそれで入る")
  void signsWithAPasskey() throws Exception {
    var mail = "passkey@m.example";
    var sent = walk.send(clerk, pdf, "パスキーの契約", mail, "passkey");
    try (var phone = browser.phone("ja-JP")) {
      var hands = new Hands(phone.newPage());
      var page = hands.page();
      Desk.authenticator(page);
      page.navigate(inbox.await(mail, "パスキーの契約", PATIENCE).link());
      page.locator("main form button").click();
      page.locator("[name=code]").fill(sent.code());
      Desk.press(page, "登録に進む");
      look(hands, "passkey-1-register");
      Desk.press(page, "端末で確かめて登録する");
      page.waitForURL(url -> url.endsWith("/read"));
      page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)");
      page.waitForLoadState(LoadState.NETWORKIDLE);
      page.locator(".musubi-sticky button").click();
      look(hands, "passkey-2-confirm");
      page.locator("[name=authority]").check();
      Desk.press(page, "同意して署名する");
      page.waitForURL(url -> url.contains("/done"));
      assertThat(history(sent.id())).contains("登録したパスキーで同意を確かめました");

      walk.send(clerk, pdf, "次のパスキー", mail, "passkey");
      page.navigate(inbox.await(mail, "次のパスキー", PATIENCE).link());
      page.locator("main form button").click();
      look(hands, "passkey-3-its-owner");
      Desk.press(page, "パスキーで確かめる");
      page.waitForURL(url -> url.endsWith("/read"));
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  @DisplayName("どの署名のあとの文書も、EU DSS、poppler、qpdfが有効とする")
  void isValidAfterEverySeal() throws Exception {
    assertThat(EverySeal.isValid(stage)).isPositive();
  }

  /** Everything that the clerk's page says of the contract and what happened to it. */
  private String history(String contract) throws IOException, InterruptedException {
    return clerk.get("/contracts/" + contract).expect(200).document().select("main").text();
  }

  /**
   * A picture, no serious fault, and room enough: on this phone, at 400 %, at 200 %, in large
   * letters.
   */
  private void look(Hands hands, String name) {
    var page = hands.page();
    hands.met();
    Desk.met(page, screens, name);
    var size = page.viewportSize();
    // 1280 pixels at 400 % and at 200 % (WCAG 2.2, 1.4.10 and 1.4.4).
    for (var width : List.of(size.width, 320, 640)) {
      page.setViewportSize(width, size.height);
      insistOnRoom(page, name + " at " + width);
    }
    page.setViewportSize(320, size.height);
    page.evaluate("() => document.documentElement.dataset.letters = 'large'");
    insistOnRoom(page, name + " in large letters");
    Browser.shoot(page, screens.resolve(name + "-320-large.png"));
    page.evaluate("() => delete document.documentElement.dataset.letters");
    page.setViewportSize(size.width, size.height);
  }

  private static void insistOnRoom(Page page, String name) {
    assertThat(
            (Boolean)
                page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))
        .as("no scrolling sideways on " + name)
        .isTrue();
  }
}
