package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * ひな形と一括送信. A form with boxes, a list with a fault in it, the list put right, three contracts sent.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BulkJourneyTest {
  private static final String HEADING = "件名,相手方,役職,氏名,メール,契約金額,契約日,契約期間の開始日,契約期間の終了日,アクセスコード\r\n";

  @TempDir static Path folder;
  private final Path screens = Path.of("target", "screens", "bulk");
  private Stage stage;
  private ServiceProcess service;
  private Browser browser;
  private Page clerk;

  @BeforeAll
  void start() throws Exception {
    stage = Stage.open(folder, screens);
    service = stage.service();
    browser = stage.browser();
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
  @DisplayName("検査で一つの誤りが分かり、直したCSVから三件の契約ができて送られ、コードを一度だけ受け取る")
  void sendsThreeContractsOfOneForm() throws Exception {
    var pdf = stage.sample(1, "単価契約書.pdf");
    open("/templates/new");
    clerk.locator("[name=name]").fill("単価契約（物品）");
    clerk.locator("[name=kind]").selectOption("UNIT_PRICE");
    clerk.locator("input[type=file]").setInputFiles(pdf);
    Desk.met(clerk, screens, "1-template");
    Desk.press(clerk, "登録する");
    Desk.await(clerk, "差し込み欄はまだありません");
    box("相手方", "TEXT", "20");
    box("契約金額", "MONEY", "30");
    Desk.met(clerk, screens, "2-boxes");

    var wrong = list("k2＠");
    open("/bulk/new");
    hand(wrong);
    Desk.met(clerk, screens, "3-wrong");
    assertThat(clerk.locator("main").textContent())
        .contains("誤りが1件あります", "3行目", "メールアドレスの形ではありません")
        .doesNotContain("この内容で下書きを作る");

    open("/bulk/new");
    hand(list("k2@mihon.example"));
    Desk.met(clerk, screens, "4-right");
    Desk.press(clerk, "この内容で下書きを作る");
    Desk.awaitText(clerk, "一覧を確かめて送信する");
    clerk.locator("main a", new Page.LocatorOptions().setHasText("一覧を確かめて送信する")).click();
    Desk.met(clerk, screens, "5-review");
    assertThat(clerk.locator("tbody tr").count()).isEqualTo(3);
    Desk.press(clerk, "一覧の契約をすべて送信する");
    Desk.awaitText(clerk, "送信が終わりました");
    Desk.met(clerk, screens, "6-sent");
    var codes = clerk.waitForDownload(() -> Desk.press(clerk, "アクセスコードの一覧を受け取る"));
    var text = Files.readString(codes.path());
    assertThat(text.lines().count()).isEqualTo(3);
    assertThat(text).contains("株式会社 髙﨑1", "株式会社 髙﨑3").doesNotContain("株式会社 髙﨑2");
    clerk.reload();
    assertThat(clerk.locator("main").textContent()).doesNotContain("アクセスコードの一覧を受け取る");
  }

  @Test
  @Order(2)
  @DisplayName("まとめて送った契約も、相手方が同意し、市長が署名すると締結済になる")
  void concludesOneOfThem() throws Exception {
    var title = "物品単価契約 その2";
    var rounds = new Rounds(stage, folder.resolve("単価契約書.pdf"));
    var counterparty = rounds.open("k2@mihon.example", title);
    Rounds.read(counterparty);
    Rounds.agree(counterparty);
    open("/contracts");
    clerk.locator("main a", new Page.LocatorOptions().setHasText(title)).first().click();
    Desk.await(clerk, "これまでの経過");
    var contract = clerk.url();
    rounds.sign(contract, "7-signature");
    rounds.concluded(clerk, contract, "8-concluded");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  @DisplayName("どの署名のあとの文書も、EU DSS、poppler、qpdfが有効とする")
  void isValidAfterEverySeal() throws Exception {
    assertThat(EverySeal.isValid(stage)).isPositive();
  }

  private void open(String path) {
    clerk.navigate(service.address().resolve(path).toString());
  }

  private void box(String name, String type, String top) {
    clerk.locator("main a", new Page.LocatorOptions().setHasText("差し込み欄を置く")).click();
    clerk.locator("[name=name]").fill(name);
    clerk.locator("[name=type]").selectOption(type);
    clerk.locator("[name=top]").fill(top);
    Desk.press(clerk, "この内容で置く");
    Desk.await(clerk, "左30　上" + top);
  }

  private void hand(Path list) {
    clerk.locator("[name=template]").selectOption(new SelectOption().setLabel("単価契約（物品）"));
    clerk.locator("[name=office]").selectOption(new SelectOption().setIndex(1));
    clerk.locator("input[type=file]").setInputFiles(list);
    Desk.press(clerk, "検査する");
    Desk.await(clerk, "内容（はじめの");
  }

  private static Path list(String second) throws Exception {
    var text = new StringBuilder("\uFEFF" + HEADING);
    for (var number : List.of(1, 2, 3)) {
      text.append(
          "物品単価契約 その%d,株式会社 髙﨑%d,代表取締役,例田 一郎,%s,1234,,,,%s\r\n"
              .formatted(
                  number,
                  number,
                  number == 2 ? second : "k%d@mihon.example".formatted(number),
                  number == 2 ? "なし" : ""));
    }
    return Files.writeString(folder.resolve("四月.csv"), text);
  }
}
