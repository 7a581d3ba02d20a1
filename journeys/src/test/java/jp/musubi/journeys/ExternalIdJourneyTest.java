package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 外部のIDでの本人確認を、実際のブラウザーと実際の認証基盤で、メールから締結まで. */
@Tag("slow")
class ExternalIdJourneyTest {
  private static final Path SCREENS = Path.of("target", "screens", "external-id");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SECRET = "shared-between-the-two";
  private static final String PASSWORD = "at-the-provider";

  @TempDir Path folder;

  @Test
  @DisplayName("相手方は、メールのリンクとコードの後に外部のIDを登録して同意でき、次の契約ではサインインだけで入る。取りやめても、別の方でも、やり直せる")
  void concludesByTheIdOfARealProvider() throws Exception {
    Assumptions.assumeTrue(Browser.installed().isPresent(), "no Chromium: nobody signed in");
    var installed = Keycloak.installed();
    Assumptions.assumeTrue(
        installed.isPresent(), "no identity provider could be had: nobody signed in");
    Files.createDirectories(SCREENS);
    try (var keycloak = Keycloak.start(installed.get(), folder.resolve("keycloak"));
        var service =
            ServiceProcess.start(
                Project.root(), folder.resolve("home"), 0, settings(keycloak.issuer("kigyou")));
        var browser = Browser.start(Browser.installed().get())) {
      keycloak.realm(realm(service));
      var inbox = new Inbox(service.home().resolve("mail"));
      var walk = new Walk(service.address(), inbox, (_, _, _) -> {});
      var clerk = walk.signIn("hanako");
      var pdf =
          Files.write(
              folder.resolve("工事請負契約書.pdf"),
              new Visitor(service.address()).download("/trial/samples/1"));
      var mail = "ichiro@m.example";
      var first = walk.send(clerk, pdf, "外部のIDの契約", mail, "external-id-l3");
      try (var phone = browser.phone("ja-JP")) {
        var page = phone.newPage();
        page.navigate(inbox.await(mail, "外部のIDの契約", PATIENCE).link());
        page.locator("main form button").click();
        met(page, "1-first-a-code");
        page.locator("[name=code]").fill(first.code());
        Desk.press(page, "登録に進む");
        met(page, "2-register");
        var door = page.url();
        Desk.press(page, "見本IDでサインインして登録する");
        // Thinks better of it at the provider's page, and begins again.
        page.locator("#username").waitFor();
        page.navigate(door);
        Desk.press(page, "見本IDでサインインして登録する");
        there(page, "ichiro");
        page.waitForURL(url -> url.endsWith("/read"));
        agree(page);
      }
      var history = history(clerk, first.id());
      assertThat(history).contains("外部のIDでのサインインで本人確認を終えました", "外部のID（見本ID）");

      var second = walk.send(clerk, pdf, "次の契約", mail, "external-id-l3");
      var link = inbox.await(mail, "次の契約", PATIENCE).link();
      try (var phone = browser.phone("ja-JP")) {
        var page = phone.newPage();
        page.navigate(link);
        page.locator("main form button").click();
        met(page, "3-its-owner");
        Desk.press(page, "見本IDでサインインする");
        there(page, "jirou");
        Desk.await(page, "登録した方と別のIDです");
        met(page, "4-somebody-else");
      }
      try (var desk = browser.desktop()) {
        var page = desk.newPage();
        page.navigate(link);
        page.locator("main form button").click();
        Desk.press(page, "見本IDでサインインする");
        there(page, "ichiro");
        page.waitForURL(url -> url.endsWith("/read"));
        agree(page);
        met(page, "5-done");
      }
      walk.sign(walk.signIn("taro"), second.id(), PATIENCE);
      walk.awaitConclusion(clerk, second.id(), PATIENCE);
      assertThat(history(clerk, second.id())).contains("外部のID（見本ID）");
    }
  }

  private static void agree(Page page) {
    page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)");
    page.waitForLoadState(LoadState.NETWORKIDLE);
    page.locator(".musubi-sticky button").click();
    page.locator("[name=authority]").check();
    Desk.press(page, "同意して署名する");
    page.waitForURL(url -> url.contains("/done"));
  }

  private static String history(Visitor clerk, String contract) throws Exception {
    return clerk.get("/contracts/" + contract).expect(200).document().select("main").text();
  }

  /** Signs in at the provider. */
  private static void there(Page page, String name) {
    page.locator("#username").fill(name);
    page.locator("#password").fill(PASSWORD);
    page.locator("#kc-login").click();
  }

  private String[] settings(String issuer) throws Exception {
    var secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    return List.of(
            "name=見本ID",
            "name-en=Sample ID",
            "level=L3",
            "issuer=" + issuer,
            "client-id=musubi",
            "secret-file=" + secret,
            "scopes=openid,profile,email",
            "prompt=login",
            "name-claim=name",
            "required.email_verified=true")
        .stream()
        .map(setting -> "--musubi.external-id.providers.mihon." + setting)
        .toArray(String[]::new);
  }

  private static String realm(ServiceProcess service) {
    return """
    {"realm": "kigyou", "enabled": true, "sslRequired": "none",
     "clients": [{"clientId": "musubi", "secret": "%s", "redirectUris": ["%s"],
                  "standardFlowEnabled": true, "attributes": {"pkce.code.challenge.method": "S256"}}],
     "users": [%s, %s]}
    """
        .formatted(SECRET, service.address().resolve("/s/id/mihon"), user("ichiro"), user("jirou"));
  }

  private static String user(String name) {
    return """
    {"username": "%1$s", "enabled": true, "email": "%1$s@m.example", "emailVerified": true,
     "firstName": "例", "lastName": "%1$s", "requiredActions": [],
     "credentials": [{"type": "password", "value": "%2$s", "temporary": false}]}
    """
        .formatted(name, PASSWORD);
  }

  private static void met(Page page, String name) {
    Desk.met(page, SCREENS, name);
  }
}
