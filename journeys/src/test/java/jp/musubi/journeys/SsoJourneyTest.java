package jp.musubi.journeys;

import static jp.musubi.journeys.Desk.await;
import static jp.musubi.journeys.Desk.press;
import static jp.musubi.journeys.Desk.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 団体のIDでのサインインを、実際のブラウザと実際の認証基盤で. */
@Tag("slow")
class SsoJourneyTest {
  private static final Path SCREENS = Path.of("target", "screens", "sso");
  private static final String SECRET = "shared-between-the-two";
  private static final String PASSWORD = "at-the-provider";

  @TempDir Path folder;

  @Test
  @DisplayName("管理者が設定して試し、職員が団体のIDで入り、署名の前に確かめ直す。初めての人は権限なし、やめた人は入れない")
  void opensByTheIdOfARealProvider() throws Exception {
    Assumptions.assumeTrue(Browser.installed().isPresent(), "no Chromium: nobody signed in");
    var installed = Keycloak.installed();
    Assumptions.assumeTrue(
        installed.isPresent(), "no identity provider could be had: nobody signed in");
    Files.createDirectories(SCREENS);
    try (var keycloak = Keycloak.start(installed.get(), folder.resolve("keycloak"));
        var service = ServiceProcess.start(Project.root(), folder.resolve("home"), 0);
        var browser = Browser.start(Browser.installed().get())) {
      keycloak.realm(realm(service));

      var admin = browser.desktop().newPage();
      signIn(admin, service, "kiyoshi");
      setUp(admin, service, keycloak);

      // Found by the address that the provider calls confirmed.
      var makoto = browser.desktop().newPage();
      come(makoto, service, "makoto");
      await(makoto, "今日のしごと");
      confirmAnew(makoto, service);

      // Nobody knows this one: registered, without any role.
      var shiro = browser.desktop().newPage();
      come(shiro, service, "shiro");
      shiro.waitForURL(service.address().resolve("/").toString());
      shiro.navigate(service.address().resolve("/account").toString());
      await(shiro, "shiro@joumou.example");
      assertThat(shiro.navigate(service.address().resolve("/contracts").toString()).status())
          .isEqualTo(403);

      leave(admin, service, "shiro");
      var again = browser.desktop().newPage();
      come(again, service, "shiro");
      await(again, "この団体のIDで使える職員の登録がありません");
      met(again, "8-refused");

      changeToSaml(admin, service, keycloak);
      var bySaml = browser.desktop().newPage();
      come(bySaml, service, "makoto");
      await(bySaml, "今日のしごと");
      confirmAnew(bySaml, service);
      var stillOut = browser.desktop().newPage();
      come(stillOut, service, "shiro");
      await(stillOut, "この団体のIDで使える職員の登録がありません");
    }
  }

  private static void setUp(Page page, ServiceProcess service, Keycloak keycloak) {
    page.navigate(service.address().resolve("/settings/sso").toString());
    met(page, "1-nothing-set-up");
    page.navigate(service.address().resolve("/settings/sso/oidc").toString());
    page.locator("[name=issuer]").fill(keycloak.issuer("joumou"));
    page.locator("[name=clientId]").fill("musubi");
    page.locator("[name=secret]").fill(SECRET);
    page.locator("[name=byMail]").check();
    page.locator("[name=section]").selectOption(new SelectOption().setIndex(1));
    met(page, "2-settings");
    press(page, "提供者に問い合わせて保存する");
    await(page, "まだ試していません");
    press(page, "試す");
    there(page, "kiyoshi");
    await(page, "正しくやりとりできました");
    met(page, "3-tried");
    page.locator("a", new Page.LocatorOptions().setHasText("設定に戻る")).click();
    press(page, "使い始める");
    await(page, "使っています");
    met(page, "4-in-use");
  }

  /** From one protocol to the other: the provider's metadata here, ours there. */
  private void changeToSaml(Page page, ServiceProcess service, Keycloak keycloak) throws Exception {
    var metadata = folder.resolve("provider.xml");
    Files.writeString(metadata, keycloak.samlMetadata("joumou"));
    page.navigate(service.address().resolve("/settings/sso/saml").toString());
    page.locator("[name=file]").setInputFiles(metadata);
    page.locator("[name=byMail]").check();
    met(page, "9-saml-settings");
    press(page, "保存する");
    await(page, "まだ試していません");
    met(page, "10-saml-saved");
    var ours =
        page.locator("a", new Page.LocatorOptions().setHasText("むすびのメタデータ")).getAttribute("href");
    keycloak.samlClient(
        "joumou", page.request().get(service.address().resolve(ours).toString()).text());
    // The provider knows the administrator from before, and asks nothing.
    press(page, "SAMLを試す");
    await(page, "正しくやりとりできました");
    met(page, "11-saml-tried");
    page.locator("a", new Page.LocatorOptions().setHasText("設定に戻る")).click();
    press(page, "SAMLを使い始める");
    await(page, "使っています");
    met(page, "12-saml-in-use");
  }

  private static void confirmAnew(Page page, ServiceProcess service) {
    page.navigate(service.address().resolve("/account/factors").toString());
    met(page, "6-factors-before");
    press(page, "団体のIDで本人確認をする");
    // The provider knows the person, and asks all the same.
    page.locator("#password").fill(PASSWORD);
    page.locator("#kc-login").click();
    await(page, "団体のIDで本人確認が済んでいます");
    met(page, "7-factors-after");
    press(page, "認証アプリを登録する");
    await(page, "認証アプリで次の図を読み取ります");
  }

  private static void leave(Page page, ServiceProcess service, String login) {
    page.navigate(service.address().resolve("/staff?words=" + login).toString());
    page.locator("main tbody a").first().click();
    var person = page.url();
    page.navigate(person + "/end");
    page.locator("main form button[data-type=solid-fill]").first().click();
    page.waitForURL(person + "**");
  }

  private static void come(Page page, ServiceProcess service, String name) {
    page.navigate(service.address().resolve("/signin").toString());
    page.locator("a", new Page.LocatorOptions().setHasText("団体のIDでサインインする")).click();
    page.locator("[name=body]").selectOption(new SelectOption().setLabel("上毛市"));
    met(page, "5-start");
    press(page, "団体のサインインページへ進む");
    there(page, name);
  }

  /** Signs in at the provider. */
  private static void there(Page page, String name) {
    page.locator("#username").fill(name);
    page.locator("#password").fill(PASSWORD);
    page.locator("#kc-login").click();
  }

  /** A body's provider: its client, and people with an address that it calls confirmed. */
  private static String realm(ServiceProcess service) {
    return """
    {"realm": "joumou", "enabled": true, "sslRequired": "none",
     "clients": [{"clientId": "musubi", "secret": "%s", "redirectUris": ["%s/*"],
                  "standardFlowEnabled": true, "attributes": {"pkce.code.challenge.method": "S256"}}],
     "users": [%s, %s, %s]}
    """
        .formatted(SECRET, origin(service), user("kiyoshi"), user("makoto"), user("shiro"));
  }

  private static String user(String name) {
    return """
    {"username": "%1$s", "enabled": true, "email": "%1$s@joumou.example", "emailVerified": true,
     "firstName": "例", "lastName": "%1$s", "requiredActions": [],
     "credentials": [{"type": "password", "value": "%2$s", "temporary": false}]}
    """
        .formatted(name, PASSWORD);
  }

  private static String origin(ServiceProcess service) {
    return service.address().resolve("/").toString().replaceAll("/$", "");
  }

  private static void met(Page page, String name) {
    Desk.met(page, SCREENS, name);
  }
}
