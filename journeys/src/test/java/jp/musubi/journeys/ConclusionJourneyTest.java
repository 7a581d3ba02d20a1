package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

/** 契約の締結を、実際のブラウザで最初から最後まで. Leaves a picture of every page that was met. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConclusionJourneyTest {
  private static final String MAIL = "ichiro@mihon-kensetsu.example";
  private static final String TITLE = "市道1024号線 舗装修繕工事";
  private static final Path SCREENS = Path.of("target", "screens");

  @TempDir static Path folder;
  private final List<String> violations = new ArrayList<>();
  private Stage stage;
  private ServiceProcess service;
  private Browser browser;
  private int pictures;

  @BeforeAll
  void start() throws Exception {
    stage = Stage.open(folder, SCREENS);
    service = stage.service();
    browser = stage.browser();
  }

  @AfterAll
  void stop() {
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  @DisplayName("担当者が送り、相手方がアカウントなしで同意し、市長が署名すると、誰でも検証できる契約書になる")
  void concludesWithTwoParties() throws Exception {
    var pdf = stage.sample(1, "工事請負契約書.pdf");

    var clerk = browser.desktop().newPage();
    signIn(clerk, "hanako");
    met(clerk, "home");
    clerk.locator("main a, nav a").getByText("契約を作る").first().click();
    met(clerk, "new");
    clerk.locator("input[type=file]").setInputFiles(pdf);
    press(clerk, "検査して次へ");
    met(clerk, "parties");
    clerk.locator("[name=organisation-1]").fill("株式会社 見本建設");
    clerk.locator("[name=title-1]").fill("代表取締役");
    clerk.locator("[name=name-1]").fill("例田 一郎");
    clerk.locator("[name=mail-1]").fill(MAIL);
    clerk.locator("label", new Page.LocatorOptions().setHasText(Walk.OFFICE_HOLDER)).click();
    press(clerk, "保存して次へ");
    met(clerk, "terms");
    clerk.locator("[name=title]").fill(TITLE);
    clerk.locator("[name=kind]").selectOption("SERVICES");
    clerk.locator("[name=amount]").fill("12,980,000");
    clerk.locator("[name=contractDate]").fill("令和8年12月4日");
    press(clerk, "保存して次へ");
    met(clerk, "review");
    press(clerk, "送信する");
    met(clerk, "sent");
    var code = clerk.locator("#access-code").textContent().replaceAll("\\D", "");
    assertThat(code).hasSize(8);
    clerk.locator("main .musubi-actions a").first().click();
    met(clerk, "contract-sent");
    var contract = clerk.url();

    var inbox = stage.inbox();
    var link = inbox.await(MAIL, TITLE, Duration.ofSeconds(60)).link();
    var phone = browser.phone().newPage();
    phone.navigate(link);
    met(phone, "landing");
    press(phone, "文書を確認する");
    met(phone, "code");
    phone.locator("[name=code]").fill(code);
    press(phone, "文書を開く");
    met(phone, "reading");
    phone.evaluate("() => window.scrollTo(0, document.body.scrollHeight)");
    phone.waitForLoadState(LoadState.NETWORKIDLE);
    press(phone, "同意の確認へ進む");
    met(phone, "confirm");
    phone.locator("[name=authority]").check();
    press(phone, "同意して署名する");
    met(phone, "agreed");

    var mayor = browser.desktop().newPage();
    signIn(mayor, "taro");
    met(mayor, "home-of-the-mayor");
    mayor.navigate(contract + "/signature");
    Desk.awaitField(mayor, "password");
    met(mayor, "signature");
    mayor.locator("[name=confirmed]").check();
    mayor.locator("[name=password]").fill(Walk.PASSWORD);
    press(mayor, "電子署名する");
    met(mayor, "signed");

    clerk.navigate(contract);
    Desk.awaitText(clerk, "締結証明書");
    met(clerk, "concluded");

    phone.navigate(inbox.await(MAIL, "締結", Duration.ofSeconds(60)).link());
    met(phone, "returned");
    press(phone, "契約書を受け取る");
    met(phone, "code-again");
    phone.locator("[name=code]").fill(code);
    press(phone, "文書を開く");
    met(phone, "concluded-for-the-counterparty");
    var downloaded = folder.resolve("counterparty.pdf");
    phone
        .waitForDownload(() -> phone.locator("main a[href$='/document']").first().click())
        .saveAs(downloaded);

    var outcome = Project.verify(downloaded, service.home().resolve("trust.pem"));
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(violations).as("axe: serious and critical violations").isEmpty();
  }

  @Test
  @Order(Integer.MAX_VALUE)
  @DisplayName("どの署名のあとの文書も、EU DSS、poppler、qpdfが有効とする")
  void isValidAfterEverySeal() throws Exception {
    assertThat(EverySeal.isValid(stage)).isPositive();
  }

  private void signIn(Page page, String login) {
    page.navigate(service.address() + "/signin");
    met(page, "signin");
    page.locator("[name=body]").selectOption(Walk.BODY);
    page.locator("[name=login]").fill(login);
    page.locator("[name=password]").fill(Walk.PASSWORD);
    press(page, "サインイン");
  }

  private static void press(Page page, String words) {
    page.locator("main button").getByText(words).first().click();
    page.waitForLoadState();
  }

  private void met(Page page, String name) {
    Browser.shoot(page, SCREENS.resolve("%02d-%s.png".formatted(++pictures, name)));
    for (Rule rule : new AxeBuilder(page).analyze().getViolations()) {
      if (Set.of("serious", "critical").contains(rule.getImpact())) {
        violations.add("%s: %s %s".formatted(name, rule.getId(), rule.getNodes()));
      }
    }
  }
}
