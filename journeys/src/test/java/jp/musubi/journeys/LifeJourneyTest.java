package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
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

/**
 * 契約の前と後. What a contract goes back to, what has to be there before it is sent, and what becomes of
 * it by the hour or by a vote; in a real browser.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifeJourneyTest {
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy/M/d", Locale.ROOT);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  @TempDir static Path folder;
  private final Path screens = Path.of("target", "screens", "life");
  private Stage stage;
  private ServiceProcess service;
  private Browser browser;
  private Inbox inbox;
  private Rounds rounds;
  private Page clerk;
  private String expiring = "";
  private String scheduled = "";

  @BeforeAll
  void start() throws Exception {
    stage = Stage.open(folder, screens);
    service = stage.service();
    browser = stage.browser();
    inbox = stage.inbox();
    var pdf = stage.sample(1, "業務委託契約書.pdf");
    rounds = new Rounds(stage, pdf);
    clerk = browser.desktop().newPage();
    Desk.signIn(clerk, service, "hanako");
  }

  @AfterAll
  void stop() {
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  @Order(1)
  @DisplayName("期限の近い契約を送り、別の契約の送信を数分後に予約する")
  void setsTheClockGoing() {
    var soon = inMinutes(4);
    rounds.draft(
        clerk,
        About.services("除雪業務委託（期限切れ）"),
        List.of(Signer.alone("株式会社 見本建設", "例田 六郎", "rokuro@m.example")),
        "expire");
    clerk.locator("main a", new Page.LocatorOptions().setHasText("契約情報を直す")).click();
    clerk.locator("[name=deadline]").fill(DAY.format(soon));
    clerk.locator("[name=deadlineTime]").fill(TIME.format(soon));
    Desk.press(clerk, "保存して次へ");
    Desk.await(clerk, "送る前に確かめてください");
    Desk.press(clerk, "送信する");
    Desk.await(clerk, "これまでの経過");
    expiring = clerk.url();

    scheduled =
        rounds.draft(
            clerk,
            About.services("庁用車リース"),
            List.of(Signer.alone("株式会社 見本建設", "例田 七郎", "shichiro@m.example")),
            "schedule");
    clerk.locator("main a", new Page.LocatorOptions().setHasText("日時を決めて送信する")).click();
    var moment = inMinutes(2);
    clerk.locator("[name=day]").fill(DAY.format(moment));
    clerk.locator("[name=time]").fill(TIME.format(moment));
    Desk.met(clerk, screens, "schedule-5-when");
    Desk.press(clerk, "この日時に送信する");
    Desk.await(clerk, "これまでの経過");
    Desk.met(clerk, screens, "schedule-6-waits");
    assertThat(clerk.locator("main").textContent()).contains("送信予約", "まだ何も送っていません");
  }

  @Test
  @Order(2)
  @DisplayName("紙の契約を変更する契約を結び、その変更をさらに変更する下書きを作る")
  void changesWhatStandsOnPaper() throws Exception {
    var title = "河川敷清掃業務委託（第1回変更）";
    rounds.draft(
        clerk,
        About.services(title),
        List.of(Signer.alone("株式会社 見本建設", "例田 八郎", "hachiro@m.example")),
        "change");
    clerk.locator("main a", new Page.LocatorOptions().setHasText("もとの契約と結び付ける")).click();
    clerk.locator("[name=relation]").selectOption("CHANGE");
    clerk.locator("[name=where][value=PAPER]").check();
    clerk.locator("[name=paperTitle]").fill("河川敷清掃業務委託");
    clerk.locator("[name=paperNumber]").fill("建道第12号");
    clerk.locator("[name=paperDate]").fill("令和8年4月1日");
    Desk.met(clerk, screens, "change-4-origin");
    Desk.press(clerk, "保存して確認に戻る");
    Desk.await(clerk, "建道第12号 河川敷清掃業務委託");
    Desk.press(clerk, "送信する");
    Desk.await(clerk, "これまでの経過");
    var contract = clerk.url();
    var counterparty = rounds.open("hachiro@m.example", title);
    Rounds.read(counterparty);
    Rounds.agree(counterparty);
    rounds.sign(contract, "change-5-signature");
    rounds.concluded(clerk, contract, "change-6-concluded");
    assertThat(clerk.locator("main").textContent()).contains("つながりのある契約", "紙の契約");

    clerk.locator("main a", new Page.LocatorOptions().setHasText("この契約をもとに作る")).click();
    Desk.met(clerk, screens, "change-7-copy");
    Desk.press(clerk, "下書きを作る");
    clerk.locator("input[type=file]").waitFor();
    clerk.locator("input[type=file]").setInputFiles(stage.sample(2, "変更.pdf"));
    Desk.press(clerk, "検査して次へ");
    Desk.await(clerk, "同意する方の氏名");
    assertThat(clerk.locator("[name=mail-1]").inputValue()).isEqualTo("hachiro@m.example");
    Rounds.saveAndNext(clerk);
    Desk.await(clerk, "契約種別");
    Desk.press(clerk, "保存して次へ");
    Desk.await(clerk, "送る前に確かめてください");
    assertThat(clerk.locator("main").textContent()).contains("もとの契約", title);
    clerk.navigate(contract);
    assertThat(clerk.locator(".musubi-history a[href^='/contracts/']").count()).isOne();
    Desk.met(clerk, screens, "change-8-family");
  }

  @Test
  @Order(3)
  @DisplayName("仮契約は議決を待ち、可決を記録すると本契約になり、相手方にも分かる")
  void waitsForTheCouncil() throws Exception {
    var title = "消防自動車の取得（仮契約）";
    var contract =
        rounds.send(
            clerk,
            new About(title, "GOODS", true),
            List.of(Signer.alone("株式会社 見本建設", "例田 九郎", "kuro@m.example")),
            "council");
    var counterparty = rounds.open("kuro@m.example", title);
    Rounds.read(counterparty);
    Rounds.agree(counterparty);
    rounds.sign(contract, "council-5-signature");
    rounds.concluded(clerk, contract, "council-6-awaited");
    assertThat(clerk.locator("main").textContent()).contains("議会の議決を待っています");
    clerk.locator("main a", new Page.LocatorOptions().setHasText("議決を記録する")).click();
    clerk.locator("[name=outcome][value=PASSED]").check();
    clerk.locator("[name=bill]").fill("議案第45号");
    clerk.locator("[name=decidedOn]").fill(DAY.format(inMinutes(0)));
    Desk.met(clerk, screens, "council-7-vote");
    Desk.press(clerk, "議決を記録する");
    Desk.await(clerk, "本契約が成立しました");
    Desk.met(clerk, screens, "council-8-passed");

    inbox.await("kuro@m.example", "本契約が成立しました", PATIENCE);
    var again = browser.phone().newPage();
    again.navigate(inbox.await("kuro@m.example", "契約を締結しました", PATIENCE).link());
    Desk.press(again, "契約書を受け取る");
    Desk.await(again, "本契約が成立しました");
    Desk.met(again, screens, "council-9-at-the-counterparty");
  }

  @Test
  @Order(4)
  @DisplayName("建設工事は、相手方の承諾を求め、承諾されてから送れる")
  void asksForConsentBeforeWorks() throws Exception {
    var title = "市道1024号線 舗装修繕工事";
    var contract =
        rounds.draft(
            clerk,
            new About(title, "WORKS", false),
            List.of(Signer.alone("赤城建設 株式会社", "赤城 十郎", "juro@a.example")),
            "works");
    assertThat(clerk.locator("main").textContent()).contains("建設業法の承諾がまだありません");
    assertThat(clerk.locator("form[action$='/dispatch']").count()).isZero();
    clerk.locator("main a", new Page.LocatorOptions().setHasText("相手方を登録する")).first().click();
    clerk.locator("[name=organisation]").fill("赤城建設 株式会社");
    clerk.locator("[name=person]").fill("赤城 十郎");
    clerk.locator("[name=mail]").fill("juro@a.example");
    Desk.met(clerk, screens, "works-4-supplier");
    Desk.press(clerk, "この相手方を登録する");
    clerk.locator("main a", new Page.LocatorOptions().setHasText("承諾を求める")).first().click();
    Desk.met(clerk, screens, "works-5-ask");
    Desk.press(clerk, "承諾の案内を送る");
    Desk.await(clerk, "承諾の案内を送りました");

    var contractor = browser.phone().newPage();
    contractor.navigate(inbox.await("juro@a.example", "承諾のお願い", PATIENCE).link());
    Desk.met(contractor, screens, "works-6-consent");
    Desk.press(contractor, "この内容で承諾する");
    Desk.await(contractor, "承諾していただいています");
    Desk.met(contractor, screens, "works-7-given");

    clerk.navigate(contract + "/review");
    Desk.press(clerk, "送信する");
    Desk.await(clerk, "これまでの経過");
    assertThat(rounds.open("juro@a.example", title).url()).contains("/read");
  }

  @Test
  @Order(5)
  @DisplayName("承認者が休みのときは、代理の人が代決し、そのあと送れる")
  void isApprovedWhileTheApproverIsOnLeave() throws Exception {
    var admin = staff("kiyoshi");
    admin.navigate(service.address().resolve("/settings/approval/routes/new").toString());
    admin.locator("[name=name]").fill("道路課の賃貸借");
    admin.locator("[name=kind]").selectOption("LEASE");
    select(admin, "post0-0", "道路課長");
    Desk.press(admin, "この経路を使い始める");
    Desk.await(admin, "道路課の賃貸借");

    var chief = staff("makoto");
    chief.navigate(service.address().resolve("/approvals/stand-ins/new").toString());
    select(chief, "deputy", "見本 進");
    chief.locator("[name=from]").fill(DAY.format(inMinutes(0)));
    chief.locator("[name=last]").fill(DAY.format(inMinutes(3 * 24 * 60)));
    chief.locator("[name=reason]").fill("休暇");
    Desk.met(chief, screens, "leave-1-stand-in");
    Desk.press(chief, "この人を代理に立てる");
    Desk.await(chief, "代理を立てました");

    var title = "複写機の賃貸借";
    var contract =
        rounds.draft(
            clerk,
            new About(title, "LEASE", false),
            List.of(Signer.alone("株式会社 見本建設", "例田 十一郎", "juichiro@m.example")),
            "leave-2");
    clerk.locator("main a", new Page.LocatorOptions().setHasText("承認を求める")).first().click();
    Desk.press(clerk, "この内容で承認を求める");
    Desk.met(clerk, screens, "leave-3-asked");

    var deputy = staff("susumu");
    deputy.navigate(contract + "/approval");
    Desk.await(deputy, "代理として承認します");
    Desk.met(deputy, screens, "leave-4-instead");
    deputy.locator("button", new Page.LocatorOptions().setHasText("承認する")).first().click();
    Desk.await(deputy, "代決");
    Desk.met(deputy, screens, "leave-5-given");

    clerk.navigate(contract + "/review");
    Desk.press(clerk, "送信する");
    Desk.await(clerk, "これまでの経過");
    assertThat(clerk.locator("main").textContent()).contains("代決しました");
    inbox.await("juichiro@m.example", title, PATIENCE);
  }

  private Page staff(String login) {
    var page = browser.desktop().newPage();
    Desk.signIn(page, service, login);
    Desk.await(page, "今日のしごと");
    return page;
  }

  @Test
  @Order(6)
  @DisplayName("約款を綴じ、図面を参照にして送ると、相手方は一つの文書を読み、図面を受け取る")
  void sendsASetOfFiles() throws Exception {
    var title = "排水路改修の設計（一式）";
    rounds.draft(
        clerk,
        About.services(title),
        List.of(Signer.alone("株式会社 見本建設", "例田 十二郎", "juniro@m.example")),
        "set");
    clerk.locator("main a", new Page.LocatorOptions().setHasText("附属書類を加える")).click();
    add("SIGNED", "TERMS", stage.sample(2, "業務委託契約約款.pdf"));
    listed("業務委託契約約款.pdf");
    add(
        "REFERENCE",
        "DRAWING",
        Files.writeString(folder.resolve("平面図.dxf"), "0\nSECTION\n"),
        Files.writeString(folder.resolve("数量表.csv"), "番号,数量\r\n1,20\r\n"));
    listed("数量表.csv");
    Desk.met(clerk, screens, "set-4-files");
    Desk.press(clerk, "上へ");
    clerk
        .locator("tbody tr:first-child", new Page.LocatorOptions().setHasText("数量表.csv"))
        .waitFor();
    add("REFERENCE", "DRAWING", Files.writeString(folder.resolve("道具.exe"), "MZ"));
    Desk.await(clerk, "この形式のファイルは保管できません");
    Desk.met(clerk, screens, "set-5-refused");
    clerk.locator("main a", new Page.LocatorOptions().setHasText("業務委託契約約款.pdf")).click();
    Desk.await(clerk, "種類と扱いを変える");
    Desk.met(clerk, screens, "set-6-file");
    clerk.goBack();
    Desk.press(clerk, "この内容で次へ");
    Desk.await(clerk, "いっしょに締結する書類");
    Desk.met(clerk, screens, "set-7-review");
    Desk.press(clerk, "送信する");
    Desk.await(clerk, "これまでの経過");

    var contractor = rounds.open("juniro@m.example", title);
    Desk.await(contractor, "平面図.dxf");
    Desk.met(contractor, screens, "set-8-read");
    var file =
        contractor.waitForDownload(() ->
            contractor.locator("main a", new Page.LocatorOptions().setHasText("数量表.csv")).click());
    assertThat(file.suggestedFilename()).isEqualTo("数量表.csv");
    assertThat(Files.readString(file.path())).startsWith("番号,数量");
  }

  // After all else, so that as little as possible is waited for.
  @Test
  @Order(7)
  @DisplayName("予約した契約は自分で出て行き、期限を過ぎた契約は期限切れになり、それぞれの画面がそう言う")
  void letsTimeDoItsWork() throws Exception {
    inbox.await("shichiro@m.example", "庁用車リース", PATIENCE);
    clerk.navigate(scheduled);
    Desk.awaitText(clerk, "相手方確認中");
    Desk.met(clerk, screens, "schedule-7-left");
    inbox.await("rokuro@m.example", "期限が過ぎました", PATIENCE);
    clerk.navigate(expiring);
    assertThat(clerk.locator("main").textContent()).contains("期限切れ");
    Desk.met(clerk, screens, "expire-5-at-the-clerk");
    var late = browser.phone().newPage();
    late.navigate(inbox.await("rokuro@m.example", "確認と署名のお願い", PATIENCE).link());
    Desk.await(late, "期限が過ぎました");
    Desk.met(late, screens, "expire-6-at-the-counterparty");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  @DisplayName("どの署名のあとの文書も、EU DSS、poppler、qpdfが有効とする")
  void isValidAfterEverySeal() throws Exception {
    assertThat(EverySeal.isValid(stage)).isPositive();
  }

  private void listed(String name) {
    clerk.locator("table", new Page.LocatorOptions().setHasText(name)).waitFor();
  }

  private void add(String role, String kind, Path... files) {
    clerk.locator("[name=role][value=" + role + "]").check();
    clerk.locator("[name=kind]").selectOption(kind);
    clerk.locator("[name=files]").setInputFiles(files);
    Desk.press(clerk, "加える");
  }

  /** Chooses by words, of which the option has more. */
  private static void select(Page page, String field, String words) {
    var list = page.locator("select[name=" + field + "]");
    list.selectOption(
        list.locator("option")
            .filter(new Locator.FilterOptions().setHasText(words))
            .first()
            .getAttribute("value"));
  }

  private static ZonedDateTime inMinutes(int minutes) {
    // The service's clock is this machine's.
    return ZonedDateTime.now(ZoneId.of("Asia/Tokyo")).plusMinutes(minutes);
  }
}
