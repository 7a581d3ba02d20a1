package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jp.musubi.journeys.Rounds.About;
import jp.musubi.journeys.Rounds.Signer;
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

/** 契約が回る道. More parties than two, and ways that end elsewhere, in a real browser. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RoundJourneyTest {
  @TempDir static Path folder;
  private final Path screens = Path.of("target", "screens", "round");
  private Stage stage;
  private ServiceProcess service;
  private Browser browser;
  private Rounds rounds;
  private Path pdf;

  @BeforeAll
  void start() throws Exception {
    stage = Stage.open(folder, screens);
    service = stage.service();
    browser = stage.browser();
    pdf = stage.sample(1, "業務委託契約書.pdf");
    rounds = new Rounds(stage, pdf);
  }

  @AfterAll
  void stop() {
    if (stage != null) {
      stage.close();
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
        rounds.send(
            clerk,
            About.services(title),
            List.of(
                new Signer("株式会社 見本建設", "例田 春子", "haruko@m.example", "CLERK", venture, 1),
                new Signer("株式会社 見本建設", "例田 一郎", "ichiro@m.example", "AUTHORITY", venture, 2),
                new Signer("例田工業 株式会社", "例田 二郎", "jiro@r.example", "AUTHORITY", venture, 2),
                new Signer("有限会社 榛名組", "榛名 三郎", "saburo@h.example", "AGENT", venture, 2)),
            "joint");

    var first = rounds.open("haruko@m.example", title);
    Rounds.read(first);
    assertThat(first.locator("main").textContent()).contains("内容を確認し、その記録として");
    Desk.met(first, screens, "joint-5-the-clerk-confirms");
    Rounds.agree(first);

    var passing = rounds.open("jiro@r.example", title);
    passing.navigate(passing.url().replaceFirst("/read.*", "/delegation"));
    Desk.met(passing, screens, "joint-6-pass-on");
    passing.locator("[name=name]").fill("例田 四郎");
    passing.locator("[name=mail]").fill("shiro@r.example");
    Desk.press(passing, "この方に転送する");
    Desk.await(passing, "転送しました");
    Desk.met(passing, screens, "joint-7-passed-on");
    for (var mail : List.of("ichiro@m.example", "shiro@r.example", "saburo@h.example")) {
      var page = rounds.open(mail, title);
      Rounds.read(page);
      Rounds.agree(page);
    }

    rounds.sign(contract, "joint-8-signature");
    rounds.concluded(clerk, contract, "joint-9-concluded");
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
    var one = List.of(Signer.alone("株式会社 見本建設", "例田 五郎", "goro@m.example"));
    var returned = rounds.send(clerk, About.services("庁舎清掃業務委託"), one, "returned");
    var page = rounds.open("goro@m.example", "庁舎清掃業務委託");
    Rounds.read(page);
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

    var paper = rounds.send(clerk, About.services("樹木せん定業務委託"), one, "paper");
    clerk.navigate(paper + "/paper");
    Desk.met(clerk, screens, "paper-5-ask");
    clerk.locator("[name=reason]").fill("相手方の都合により紙で締結するため");
    Desk.press(clerk, "紙の契約書に切り替える");
    Desk.await(clerk, "紙の契約書に切り替えました");
    Desk.met(clerk, screens, "paper-6-done");
  }

  @Test
  @DisplayName("辞退と取消は、双方の画面に理由とともに残る")
  void endsByAnyonesWill() throws Exception {
    var clerk = browser.desktop().newPage();
    Desk.signIn(clerk, service, "hanako");
    var one = List.of(Signer.alone("株式会社 見本建設", "例田 五子", "itsuko@m.example"));
    var declined = rounds.send(clerk, About.services("街路灯点検業務委託"), one, "declined");
    var page = rounds.open("itsuko@m.example", "街路灯点検業務委託");
    Rounds.read(page);
    page.locator("main a[href$='/decline']").click();
    page.locator("[name=reason]").fill("人手が足りないため");
    Desk.met(page, screens, "declined-5-ask");
    Desk.press(page, "辞退する");
    Desk.await(page, "辞退");
    Desk.met(page, screens, "declined-6-done");
    clerk.navigate(declined);
    Desk.await(clerk, "人手が足りないため");
    Desk.met(clerk, screens, "declined-7-at-the-clerk");

    var withdrawn = rounds.send(clerk, About.services("案内板製作業務委託"), one, "withdrawn");
    var reading = rounds.open("itsuko@m.example", "案内板製作業務委託");
    clerk.navigate(withdrawn + "/withdrawal");
    clerk.locator("[name=reason]").fill("内訳書に誤りが見つかったため");
    Desk.met(clerk, screens, "withdrawn-5-ask");
    Desk.press(clerk, "この契約を取り消す");
    Desk.await(clerk, "取り消しました");
    reading.reload();
    Desk.await(reading, "内訳書に誤りが見つかったため");
    Desk.met(reading, screens, "withdrawn-6-at-the-counterparty");
  }

  @Test
  @DisplayName("通知書は団体だけが署名し、受取人がリンクから受け取った日時が残る")
  void deliversANotice() throws Exception {
    var title = "道路占用許可通知書";
    var clerk = browser.desktop().newPage();
    Desk.signIn(clerk, service, "hanako");
    clerk.navigate(service.address().resolve("/contracts/new").toString());
    clerk.locator("input[type=file]").setInputFiles(pdf);
    Desk.press(clerk, "検査して次へ");
    Desk.await(clerk, "同意する方の氏名");
    Desk.press(clerk, "団体だけが署名する文書にする");
    Desk.await(clerk, "相手方の同意を求めない文書です");
    clerk.locator("label", new Page.LocatorOptions().setHasText(Walk.OFFICE_HOLDER)).click();
    Desk.met(clerk, screens, "notice-1-alone");
    Rounds.saveAndNext(clerk);
    rounds.terms(clerk, About.services(title), "notice");
    clerk.locator("main a", new Page.LocatorOptions().setHasText("受取人を決める")).click();
    clerk.locator("main a", new Page.LocatorOptions().setHasText("受取人を加える")).click();
    clerk.locator("[name=organisation]").fill("見本電力株式会社");
    clerk.locator("[name=name]").fill("例田 十郎");
    clerk.locator("[name=mail]").fill("juro@e.example");
    Desk.met(clerk, screens, "notice-4-recipient");
    Desk.press(clerk, "この方を受取人にする");
    Desk.await(clerk, "文書の完成待ち");
    Desk.met(clerk, screens, "notice-5-recipients");
    var contract = clerk.url().replaceFirst("/recipients$", "");
    clerk.locator("main a", new Page.LocatorOptions().setHasText("送る前の確認へ進む")).click();
    Desk.met(clerk, screens, "notice-5b-review");
    Desk.press(clerk, "送信する");
    Desk.await(clerk, "これまでの経過");
    Desk.met(clerk, screens, "notice-6-sent");
    rounds.sign(contract, "notice-7-signature");
    rounds.concluded(clerk, contract, "notice-8-concluded");

    var recipient = browser.phone().newPage();
    recipient.navigate(stage.inbox().await("juro@e.example", title, Duration.ofMinutes(1)).link());
    Desk.met(recipient, screens, "notice-9-delivered");
    Desk.press(recipient, "文書を受け取る");
    Desk.await(recipient, "文書を受け取りました");
    Desk.met(recipient, screens, "notice-10-taken");
    var file = folder.resolve("notice.pdf");
    recipient
        .waitForDownload(() -> recipient.locator("main a[href$='/document.pdf']").click())
        .saveAs(file);
    var outcome = Project.verify(file, service.home().resolve("trust.pem"));
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    clerk.navigate(contract + "/recipients");
    Desk.await(clerk, "受領済");
    Desk.met(clerk, screens, "notice-11-received");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  @DisplayName("どの署名のあとの文書も、EU DSS、poppler、qpdfが有効とする")
  void isValidAfterEverySeal() throws Exception {
    assertThat(EverySeal.isValid(stage)).isPositive();
  }
}
