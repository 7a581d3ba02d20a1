package jp.musubi.journeys;

import static jp.musubi.journeys.Desk.await;
import static jp.musubi.journeys.Desk.press;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who looks into a body's contracts from outside: an auditor, and operators in an emergency. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("外からの閲覧")
class LookedIntoJourneyTest {
  private static final Path SCREENS = Path.of("target", "screens-looked-into");
  private static final String TITLE = "市道1024号線 舗装修繕工事";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir static Path folder;
  private Stage stage;
  private ServiceProcess service;
  private Browser browser;
  private String contract;
  private String number;

  @BeforeAll
  void concludesAContract() throws Exception {
    stage = Stage.open(folder, SCREENS);
    service = stage.service();
    browser = stage.browser();
    var pdf = stage.sample(1, "工事請負契約書.pdf");
    var walk = new Walk(service.address(), stage.inbox(), (_, _, _) -> {});
    var clerk = walk.signIn("hanako");
    var sent = walk.send(clerk, pdf, TITLE, "ichiro@kensetsu.example");
    walk.agree("ichiro@kensetsu.example", TITLE, sent.code());
    walk.sign(walk.signIn("taro"), sent.id(), PATIENCE);
    walk.awaitConclusion(clerk, sent.id(), PATIENCE);
    contract = "/contracts/" + sent.id();
    var found = java.util.regex.Pattern.compile("R\\d+-\\d{6}").matcher(clerk.get(contract).text());
    assertThat(found.find()).isTrue();
    number = found.group();
  }

  @AfterAll
  void stop() {
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  @DisplayName("監査は台帳から選び、管理者が認めた契約だけを、認めた間だけ見る")
  void letsAnAuditorSeeWhatWasDrawn() {
    var auditor = browser.desktop().newPage();
    signIn(auditor, "kanako");
    open(auditor, "/audit/samples");
    met(auditor, "auditor-nothing-yet");
    assertThat(auditor.navigate(address(contract)).status()).isEqualTo(404);
    open(auditor, "/audit/samples/new");
    met(auditor, "auditor-ledger");
    auditor.locator("[name=purpose]").fill("令和8年度 定期監査");
    auditor.locator("[name=picked]").first().check();
    press(auditor, "印を付けた契約で許可を求める");
    await(auditor, "許可待ち");
    met(auditor, "auditor-waits");
    var sample = auditor.url();

    var admin = browser.desktop().newPage();
    signIn(admin, "kiyoshi");
    open(admin, "/audit/samples");
    met(admin, "admin-samples");
    admin.getByText("令和8年度 定期監査").click();
    met(admin, "admin-sample");
    admin.locator("main a").getByText("閲覧を認める").click();
    met(admin, "admin-opening");
    press(admin, "この期間の閲覧を認める");
    await(admin, "閲覧を認めました");

    auditor.navigate(sample);
    met(auditor, "auditor-opened");
    assertThat(auditor.navigate(address(contract)).status()).isEqualTo(200);
    met(auditor, "auditor-contract");
    press(admin, "閲覧をすぐに終わらせる");
    await(admin, "終わらせました");
    assertThat(auditor.navigate(address(contract)).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("運営者は二人そろって一つの契約を見て、団体はいつでも終わらせられる")
  void letsTwoOperatorsSeeOneContract() throws Exception {
    var first = browser.desktop().newPage();
    operator(first, "unei");
    open(first, "/emergencies");
    met(first, "operator-none");
    open(first, "/emergencies/new");
    press(first, "団体に知らせて承認を求める");
    met(first, "operator-ask-wrong");
    first.locator("[name=code]").selectOption(new SelectOption().setLabel("上毛市"));
    first.locator("[name=number]").fill(number);
    first.locator("[name=reason]").fill("原本の照合が合わないとの連絡があり、どの版かを確かめるため");
    first.locator("[name=reference]").fill("障害票 2026-0102");
    press(first, "団体に知らせて承認を求める");
    await(first, "承認待ち");
    met(first, "operator-waits");
    var path = first.url();
    assertThat(first.navigate(path + "/contract").status()).isEqualTo(403);

    var second = browser.desktop().newPage();
    operator(second, "eiko");
    second.navigate(path);
    met(second, "operator-second");
    press(second, "別の運営者として承認する");
    await(second, "承認し、団体管理者に知らせました");
    first.navigate(path);
    met(first, "operator-opened");
    assertThat(first.navigate(path + "/contract").status()).isEqualTo(200);
    met(first, "operator-contract");

    var admin = browser.desktop().newPage();
    signIn(admin, "kiyoshi");
    open(admin, "/emergency-access");
    met(admin, "admin-emergency");
    press(admin, "すぐに終わらせる");
    await(admin, "緊急閲覧を終わらせました");
    met(admin, "admin-emergency-ended");
    assertThat(first.navigate(path + "/contract").status()).isEqualTo(403);
  }

  private void signIn(Page page, String login) {
    Desk.signIn(page, service, login);
  }

  private static void met(Page page, String name) {
    Desk.met(page, SCREENS, name);
  }

  private void operator(Page page, String login) {
    Desk.signIn(page, service, "むすび運営（試用）", login);
  }

  private void open(Page page, String path) {
    page.navigate(address(path));
  }

  private String address(String path) {
    return service.address().resolve(path).toString();
  }
}
