package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** 契約が回る道. More parties than two, and ways that end elsewhere, in a real browser. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundJourneyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private final Path screens = Path.of("target", "screens", "round");
  private ServiceProcess service;
  private Browser browser;
  private Inbox inbox;
  private Path pdf;

  /** Who is entered in step 2. */
  private record Signer(
      String organisation, String name, String mail, String capacity, String venture, int place) {}

  @BeforeAll
  void start() throws Exception {
    Assumptions.assumeTrue(
        Browser.installed().isPresent(), "no Chromium is installed: the journeys were not walked");
    Files.createDirectories(screens);
    service = ServiceProcess.start(Project.root(), folder.resolve("home"), 0);
    browser = Browser.start(Browser.installed().get());
    inbox = new Inbox(service.home().resolve("mail"));
    pdf = folder.resolve("業務委託契約書.pdf");
    Files.write(pdf, new Visitor(service.address()).download("/trial/samples/1"));
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (service != null) {
      service.close();
    }
  }

  @Test
  @DisplayName("共同企業体：担当者が確かめ、三つの構成員が同時に同意し、一人は転送し、市長が署名する")
  void concludesForAJointVenture() throws Exception {
    var venture = "見本・例田特定業務共同企業体";
    var title = "橋りょう点検業務委託";
    var clerk = browser.desktop().newPage();
    Desk.signIn(clerk, service, "hanako");
    var contract =
        send(
            clerk,
            title,
            List.of(
                new Signer("株式会社 見本建設", "例田 春子", "haruko@m.example", "CLERK", venture, 1),
                new Signer("株式会社 見本建設", "例田 一郎", "ichiro@m.example", "AUTHORITY", venture, 2),
                new Signer("例田工業 株式会社", "例田 二郎", "jiro@r.example", "AUTHORITY", venture, 2),
                new Signer("有限会社 榛名組", "榛名 三郎", "saburo@h.example", "AGENT", venture, 2)),
            "joint");

    var first = open("haruko@m.example", title);
    read(first);
    assertThat(first.locator("main").textContent()).contains("内容を確認し、その記録として");
    Desk.met(first, screens, "joint-5-the-clerk-confirms");
    agree(first);

    var passing = open("jiro@r.example", title);
    passing.navigate(passing.url().replaceFirst("/read.*", "/delegation"));
    Desk.met(passing, screens, "joint-6-pass-on");
    passing.locator("[name=name]").fill("例田 四郎");
    passing.locator("[name=mail]").fill("shiro@r.example");
    Desk.press(passing, "この方に転送する");
    Desk.await(passing, "転送しました");
    Desk.met(passing, screens, "joint-7-passed-on");
    for (var mail : List.of("ichiro@m.example", "shiro@r.example", "saburo@h.example")) {
      var page = open(mail, title);
      read(page);
      agree(page);
    }

    var mayor = browser.desktop().newPage();
    Desk.signIn(mayor, service, "taro");
    mayor.navigate(contract + "/signature");
    Desk.awaitField(mayor, "password");
    Desk.met(mayor, screens, "joint-8-signature");
    mayor.locator("[name=confirmed]").check();
    mayor.locator("[name=password]").fill(Walk.PASSWORD);
    Desk.press(mayor, "電子署名する");

    clerk.navigate(contract);
    Desk.awaitText(clerk, "締結証明書");
    Desk.met(clerk, screens, "joint-9-concluded");
    var file = folder.resolve("joint.pdf");
    clerk
        .waitForDownload(() -> clerk.locator("main a[href$='/document.pdf']").first().click())
        .saveAs(file);
    var outcome = Project.verify(file, service.home().resolve("trust.pem"));
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(outcome.text()).contains("例田 四郎").doesNotContain("例田 二郎");
  }

  @Test
  @DisplayName("差戻しと、紙への切替は、それぞれの画面に理由とともに残る")
  void endsOtherwise() throws Exception {
    var clerk = browser.desktop().newPage();
    Desk.signIn(clerk, service, "hanako");
    var one = List.of(new Signer("株式会社 見本建設", "例田 五郎", "goro@m.example", "AUTHORITY", "", 1));
    var returned = send(clerk, "庁舎清掃業務委託", one, "returned");
    var page = open("goro@m.example", "庁舎清掃業務委託");
    read(page);
    Desk.met(page, screens, "returned-5-confirm");
    page.locator("main a[href$='/return']").click();
    Desk.met(page, screens, "returned-6-ask");
    page.locator("[name=reason]").fill("第3条の回数を週2回に直してください");
    Desk.press(page, "理由を伝えて差し戻す");
    Desk.await(page, "差し戻しました");
    Desk.met(page, screens, "returned-7-done");
    clerk.navigate(returned);
    Desk.await(clerk, "第3条の回数を週2回に直してください");
    Desk.met(clerk, screens, "returned-8-at-the-clerk");

    var paper = send(clerk, "樹木せん定業務委託", one, "paper");
    clerk.navigate(paper + "/paper");
    Desk.met(clerk, screens, "paper-5-ask");
    clerk.locator("[name=reason]").fill("相手方の都合により紙で締結するため");
    Desk.press(clerk, "紙の契約書に切り替える");
    Desk.await(clerk, "紙の契約書に切り替えました");
    Desk.met(clerk, screens, "paper-6-done");
  }

  /** The clerk makes and sends a contract; where it is. */
  private String send(Page clerk, String title, List<Signer> signers, String pictures) {
    clerk.navigate(service.address().resolve("/contracts/new").toString());
    clerk.locator("input[type=file]").setInputFiles(pdf);
    Desk.press(clerk, "検査して次へ");
    Desk.await(clerk, "同意する方の氏名");
    for (var i = 1; i < signers.size(); i++) {
      Desk.press(clerk, "相手方を加える");
      clerk.locator("[name=organisation-" + (i + 1) + "]").waitFor();
    }
    for (var i = 0; i < signers.size(); i++) {
      enter(clerk, signers.get(i), i + 1, signers.size() > 1);
    }
    clerk.locator("label", new Page.LocatorOptions().setHasText(Walk.OFFICE_HOLDER)).click();
    Desk.met(clerk, screens, pictures + "-1-parties");
    clerk
        .locator("button[data-type=solid-fill]", new Page.LocatorOptions().setHasText("保存して次へ"))
        .click();
    Desk.await(clerk, "契約種別");
    clerk.locator("[name=title]").fill(title);
    clerk.locator("[name=kind]").selectOption("SERVICES");
    clerk.locator("[name=amount]").fill("1,980,000");
    Desk.met(clerk, screens, pictures + "-2-terms");
    Desk.press(clerk, "保存して次へ");
    Desk.await(clerk, "送る前に確かめてください");
    Desk.met(clerk, screens, pictures + "-3-review");
    Desk.press(clerk, "送信する");
    Desk.await(clerk, "これまでの経過");
    Desk.met(clerk, screens, pictures + "-4-sent");
    return clerk.url();
  }

  private static void enter(Page page, Signer signer, int number, boolean several) {
    page.locator("[name=organisation-" + number + "]").fill(signer.organisation());
    page.locator("[name=name-" + number + "]").fill(signer.name());
    page.locator("[name=mail-" + number + "]").fill(signer.mail());
    page.locator("[name=identity-" + number + "][value=mail]").check();
    if (several) {
      page.locator("[name=place-" + number + "]").fill(String.valueOf(signer.place()));
    }
    if (!signer.venture().isEmpty()) {
      page.locator("details:has([name=venture-" + number + "]) summary").click();
      page.locator("[name=capacity-" + number + "][value=" + signer.capacity() + "]").check();
      page.locator("[name=venture-" + number + "]").fill(signer.venture());
    }
  }

  /** Somebody opens the link that came by mail, on a phone. */
  private Page open(String mail, String title) throws IOException, InterruptedException {
    var page = browser.phone().newPage();
    page.navigate(inbox.await(mail, title, PATIENCE).link());
    Desk.press(page, "文書を確認する");
    page.waitForURL(url -> url.contains("/read"));
    return page;
  }

  private static void read(Page page) {
    page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)");
    page.waitForLoadState(LoadState.NETWORKIDLE);
    page.locator("main a, main button")
        .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("同意の確認へ進む"))
        .first()
        .click();
    page.waitForURL(url -> url.contains("/confirm"));
  }

  private static void agree(Page page) {
    page.locator("[name=authority]").check();
    Desk.press(page, "同意して署名する");
    page.waitForURL(url -> url.contains("/done"));
  }
}
