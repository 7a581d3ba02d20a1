package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
      authenticator(page);

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

      page.navigate(service.address().resolve("/account/factors").toString());
      page.locator("[name=password]").fill(Walk.PASSWORD);
      press(page, "の登録を消す");
      await(page, "まだ何も登録されていません");
      press(page, "サインアウト");
      signIn(page, service);
      await(page, "今日のしごと");
    }
  }

  private static void authenticator(Page page) {
    var devtools = page.context().newCDPSession(page);
    devtools.send("WebAuthn.enable");
    var options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    var request = new JsonObject();
    request.add("options", options);
    devtools.send("WebAuthn.addVirtualAuthenticator", request);
  }

  private static void signIn(Page page, ServiceProcess service) {
    page.navigate(service.address().resolve("/signin").toString());
    page.locator("[name=body]")
        .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("上毛市"));
    page.locator("[name=login]").fill("hanako");
    page.locator("[name=password]").fill(Walk.PASSWORD);
    press(page, "サインインする");
  }

  private static void press(Page page, String words) {
    page.locator("button", new Page.LocatorOptions().setHasText(words)).first().click();
  }

  private static void await(Page page, String words) {
    page.locator("main", new Page.LocatorOptions().setHasText(words))
        .waitFor(new Locator.WaitForOptions().setTimeout(20_000));
  }

  private static void met(Page page, String name) {
    Browser.shoot(page, SCREENS.resolve(name + ".png"));
    var serious =
        new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                .analyze()
                .getViolations()
                .stream()
                .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                .map(Rule::getId)
                .toList();
    assertThat(serious).as("accessibility of %s", name).isEmpty();
  }
}
