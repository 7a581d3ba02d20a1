package jp.musubi.journeys;

import static jp.musubi.journeys.Desk.await;
import static jp.musubi.journeys.Desk.press;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** サインインの守りを、実際のブラウザで. The authenticator is Chromium's own virtual one. */
@Tag("slow")
class SignInJourneyTest {
  private static final Path SCREENS = Path.of("target", "screens", "signin");

  @TempDir Path folder;

  @Test
  @DisplayName("パスキーを登録すると、次からはパスワードの後にパスキーで入り、消せばパスワードだけに戻る")
  void opensWithAPasskeyAfterThePassword() throws Exception {
    Assumptions.assumeTrue(
        Browser.installed().isPresent(), "no Chromium is installed: nobody signed in");
    Files.createDirectories(SCREENS);
    try (var service = ServiceProcess.start(Project.root(), folder.resolve("home"), 0);
        var browser = Browser.start(Browser.installed().get());
        var desk = browser.desktop()) {
      var page = desk.newPage();
      Desk.authenticator(page);

      signIn(page, service);
      page.navigate(service.address().resolve("/account/factors").toString());
      met(page, "1-factors");
      page.locator("[name=password]").fill(Walk.PASSWORD);
      press(page, "パスキーを登録する");
      page.locator("[name=label]").fill("庁舎のノートパソコン");
      met(page, "2-passkey");
      press(page, "端末で確かめて登録する");
      await(page, "パスキーを登録しました");
      assertThat(page.locator("main").innerText()).contains("庁舎のノートパソコン");
      met(page, "3-registered");

      press(page, "サインアウト");
      signIn(page, service);
      assertThat(page.url()).endsWith("/signin/second");
      met(page, "4-second");
      press(page, "パスキーで確かめる");
      await(page, "今日のしごと");

      press(page, "サインアウト");
      page.navigate(service.address().resolve("/signin").toString());
      assertThat(page.locator("[name=body] option:checked").innerText()).isEqualTo("上毛市");
      met(page, "5-signin");
      press(page, "パスキーでサインイン");
      await(page, "今日のしごと");
      page.navigate(service.address().resolve("/account/sessions").toString());
      await(page, "この端末");
      met(page, "6-sessions");

      page.navigate(service.address().resolve("/account/factors").toString());
      page.locator("[name=password]").fill(Walk.PASSWORD);
      press(page, "の登録を消す");
      await(page, "まだ何も登録されていません");
      press(page, "サインアウト");
      signIn(page, service);
      await(page, "今日のしごと");
    }
  }

  @Test
  @DisplayName("団体が必須にすると登録が先になり、登録すれば進め、終わりの前に知らせて延ばせる")
  void followsTheRulesOfTheBody() throws Exception {
    Assumptions.assumeTrue(
        Browser.installed().isPresent(), "no Chromium is installed: nobody signed in");
    Files.createDirectories(SCREENS);
    try (var service = ServiceProcess.start(Project.root(), folder.resolve("home"), 0);
        var browser = Browser.start(Browser.installed().get());
        var desk = browser.desktop()) {
      var page = desk.newPage();
      Desk.authenticator(page);

      Desk.signIn(page, service, "kiyoshi");
      page.navigate(service.address().resolve("/settings").toString());
      met(page, "7-settings");
      page.navigate(service.address().resolve("/settings/sign-in").toString());
      page.locator("[name=demand]").selectOption("PASSKEY_FOR_SIGNERS");
      page.locator("[name=idle]").fill("5");
      met(page, "8-rules");
      press(page, "この決まりに変える");
      await(page, "はじめに、パスキーを登録してください");
      met(page, "9-first-a-passkey");
      page.locator("[name=password]").fill(Walk.PASSWORD);
      press(page, "パスキーを登録する");
      press(page, "端末で確かめて登録する");
      await(page, "パスキーを登録しました");

      page.clock().install();
      page.navigate(service.address().resolve("/account/password").toString());
      met(page, "10-password");
      var notice = page.locator(".musubi-session");
      assertThat(notice.isVisible()).isFalse();
      page.clock().fastForward("03:00");
      notice.waitFor();
      page.locator("[name=present]").fill("書きかけ");
      met(page, "11-before-the-end");
      notice.locator("button").click();
      notice.waitFor(
          new Locator.WaitForOptions()
              .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
      assertThat(page.locator("[name=present]").inputValue()).isEqualTo("書きかけ");
      page.clock().fastForward("05:10");
      notice.locator("text=サインアウトしました").waitFor();
    }
  }

  @Test
  @DisplayName("LGWANの名前からも同じように入れ、パスキーは作った名前で働き、転送は名前を変えない")
  void opensByTheNameOfTheRelayToo() throws Exception {
    Assumptions.assumeTrue(
        Browser.installed().isPresent(), "no Chromium is installed: nobody signed in");
    Files.createDirectories(SCREENS);
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    // Browsers lead names below localhost to this machine, and trust them as they trust https.
    var relay = "http://keiyaku.localhost:" + port;
    try (var service =
            ServiceProcess.start(
                Project.root(), folder.resolve("home"), port, "--musubi.lgwan-url=" + relay);
        var browser = Browser.start(Browser.installed().get());
        var desk = browser.desktop()) {
      var page = desk.newPage();
      Desk.authenticator(page);
      signIn(page, relay);
      await(page, "今日のしごと");
      page.navigate(relay + "/account/factors");
      page.locator("[name=password]").fill(Walk.PASSWORD);
      press(page, "パスキーを登録する");
      press(page, "端末で確かめて登録する");
      await(page, "パスキーを登録しました");
      assertThat(page.locator("main").innerText()).contains("keiyaku.localhost で使えます");
      met(page, "12-registered-inside");
      press(page, "サインアウト");
      signIn(page, relay);
      press(page, "パスキーで確かめる");
      await(page, "今日のしごと");
      assertThat(page.url()).startsWith(relay + "/");

      var outside = desk.newPage();
      signIn(outside, service);
      await(outside, "この入口で使えるものが、まだ登録されていません");
      met(outside, "13-elsewhere");
      outside.navigate(service.address().resolve("/network").toString());
      await(outside, "LGWANの中から");
      met(outside, "14-network");

      // A relay ends TLS: a redirect that names scheme and host would lead out of it.
      try (var client = HttpClient.newHttpClient()) {
        var answer =
            client.send(
                HttpRequest.newBuilder(service.address().resolve("/contracts"))
                    .header("Accept", "text/html")
                    .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(answer.headers().firstValue("Location"))
            .hasValueSatisfying(location -> assertThat(location).startsWith("/signin"));
      }
    }
  }

  private static void signIn(Page page, ServiceProcess service) {
    Desk.signIn(page, service, "hanako");
  }

  private static void signIn(Page page, String entrance) {
    page.navigate(entrance + "/signin");
    page.locator("[name=body]").selectOption(new SelectOption().setLabel("上毛市"));
    page.locator("[name=login]").fill("hanako");
    page.locator("[name=password]").fill(Walk.PASSWORD);
    press(page, "サインインする");
  }

  private static void met(Page page, String name) {
    Desk.met(page, SCREENS, name);
  }
}
