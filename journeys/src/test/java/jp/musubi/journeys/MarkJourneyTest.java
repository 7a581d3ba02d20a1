package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.SelectOption;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
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
 * 印影・氏名の表示の道. An administrator registers the office's picture and an arrangement of parties; a
 * clerk begins with the arrangement, puts both marks by keys alone, and the contract is concluded
 * with them.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MarkJourneyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MAIL = "marks@m.example";

  @TempDir static Path folder;
  private final Path screens = Path.of("target", "screens", "mark");
  private Stage stage;
  private Path pdf;

  @BeforeAll
  void start() throws Exception {
    stage = Stage.open(folder, screens);
    pdf = stage.sample(1, "工事請負契約書.pdf");
  }

  @AfterAll
  void stop() {
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  @Order(1)
  @DisplayName("管理者が印影と当事者の並びを登録し、担当者がキーだけで置いて、その表示のまま締結する")
  void isPutByKeysAloneAndConcluded() throws Exception {
    keep();
    var contract = put();
    agree();
    sign(contract);
    try (var desk = stage.browser().desktop()) {
      var page = desk.newPage();
      Desk.signIn(page, stage.service(), "hanako");
      page.navigate(contract);
      Desk.awaitText(page, "締結証明書");
      Desk.await(page, "（印影）：");
      Desk.met(page, screens, "12-concluded");
      var file = folder.resolve("concluded.pdf");
      page.waitForDownload(() -> page.locator("main a[href$='/document.pdf']").first().click())
          .saveAs(file);
      var outcome = Project.verify(file, stage.service().home().resolve("trust.pem"));
      assertThat(outcome.exit()).as(outcome.text()).isZero();
    }
  }

  @Test
  @Order(2)
  @DisplayName("どの署名のあとの文書も、EU DSS、poppler、qpdfが有効とする")
  void isValidAfterEverySeal() throws Exception {
    assertThat(EverySeal.isValid(stage)).isPositive();
  }

  private void keep() throws IOException {
    try (var desk = stage.browser().desktop()) {
      var page = desk.newPage();
      Desk.signIn(page, stage.service(), "kiyoshi");
      page.navigate(at("/settings/imprints"));
      Desk.met(page, screens, "1-imprints-none");
      page.locator("[name=office]").selectOption(new SelectOption().setLabel("上毛市長"));
      page.locator("[name=file]").setInputFiles(imprint());
      Desk.press(page, "この印影にする");
      Desk.await(page, "印影を登録しました");
      Desk.met(page, screens, "2-imprints");

      page.navigate(at("/settings/arrangements/new"));
      page.locator("[name=name]").fill("担当者が先に確かめる工事");
      page.locator("[name=kind]").selectOption(new SelectOption().setLabel("工事"));
      page.locator("[name=capacity-1]").selectOption("CLERK");
      page.locator("[name=label-1]").fill("営業の担当者");
      page.locator("[name=way-1]").selectOption("mail");
      page.locator("[name=capacity-2]").selectOption("AUTHORITY");
      Desk.met(page, screens, "3-arrangement");
      Desk.press(page, "この並びを使い始める");
      Desk.await(page, "当事者の並びを登録しました");
      Desk.met(page, screens, "4-arrangements");
    }
  }

  /** Drafts, and puts the marks; gives where the contract is. */
  private String put() {
    try (var desk = stage.browser().desktop()) {
      var hands = new Hands(desk.newPage());
      var page = hands.page();
      Desk.signIn(page, stage.service(), "hanako");
      page.navigate(at("/contracts/new"));
      page.locator("[name=file]").setInputFiles(pdf);
      Desk.press(page, "検査して次へ");
      page.locator("[name=organisation-1]").fill("株式会社 見本建設");
      page.locator("[name=name-1]").fill("例田 一郎");
      page.locator("[name=mail-1]").fill(MAIL);
      Desk.press(page, "この並びにする");
      Desk.await(page, "「担当者が先に確かめる工事」の並びで入力しています");
      assertThat(page.locator("[name=name-1]").inputValue()).isEqualTo("例田 一郎");
      Desk.met(page, screens, "5-arranged");
      // One is enough for this journey: whoever deviates may.
      Desk.press(page, "相手方 2 を外す");
      page.locator("[name=capacity-1][value=AUTHORITY]").check();
      page.locator("label", new Page.LocatorOptions().setHasText(Walk.OFFICE_HOLDER)).click();
      page.locator("button[value=save]").click();
      page.locator("[name=title]").fill("印影のある契約");
      page.locator("[name=kind]").selectOption("SERVICES");
      page.locator("[name=amount]").fill("1200000");
      page.locator("[name=contractDate]").fill("令和8年12月4日");
      page.locator("[name=periodFrom]").fill("R8.12.7");
      page.locator("[name=periodUntil]").fill("2027/3/19");
      Desk.press(page, "保存して次へ");
      page.waitForURL(url -> url.endsWith("/review"));
      Desk.await(page, "選んだ当事者の並び");
      var contract = page.url().replaceAll("(/contracts/[^/]+).*", "$1");

      page.locator("a", new Page.LocatorOptions().setHasText("印影・氏名の表示を決める")).click();
      Desk.met(page, screens, "6-marks-none");
      // The office and its picture are proposed: no key but Tab and Enter.
      add(hands);
      page.locator("[name=party]").selectOption("1");
      page.locator("[name=look]").selectOption("NAME");
      add(hands);
      Desk.met(page, screens, "7-marks");

      // The name ten millimetres to the left and five up, the picture larger.
      page.locator("h1").click();
      hands.tabTo(".musubi-box");
      var left = number(page, "left", 0);
      var top = number(page, "top", 0);
      for (var i = 0; i < 10; i++) {
        hands.key("ArrowLeft");
      }
      for (var i = 0; i < 5; i++) {
        hands.key("ArrowUp");
      }
      assertThat(number(page, "left", 0)).isEqualTo(left - 10);
      assertThat(number(page, "top", 0)).isEqualTo(top - 5);
      assertThat(page.locator("[data-boxes-said]").textContent()).contains("左から");
      hands.tabTo(".musubi-box ~ .musubi-box");
      var width = number(page, "width", 1);
      page.keyboard().press("Shift+ArrowRight");
      page.keyboard().press("Shift+ArrowDown");
      assertThat(number(page, "width", 1)).isEqualTo(width + 1);
      hands.tabTo("button[form=places]");
      hands.key("Enter");
      Desk.await(page, "位置を保存しました");
      assertThat(number(page, "left", 0)).isEqualTo(left - 10);
      page.setViewportSize(320, 640);
      assertThat(
              (Boolean)
                  page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth"))
          .as("sideways at 320 pixels")
          .isFalse();
      Desk.met(page, screens, "8-marks-small");
      page.setViewportSize(1280, 900);
      Desk.met(page, screens, "9-marks-placed");

      page.navigate(contract + "/review");
      Desk.press(page, "送信する");
      page.waitForURL(url -> !url.endsWith("/review"));
      return contract;
    }
  }

  /** Presses the button by keys alone. */
  private static void add(Hands hands) {
    var page = hands.page();
    page.locator("h1").click();
    hands.tabTo("form:not([data-boxes]) button[data-type=solid-fill]");
    hands.key("Enter");
    Desk.await(page, "表示を加えました");
  }

  private static double number(Page page, String name, int at) {
    return Double.parseDouble(page.locator("[name^=" + name + "-]").nth(at).inputValue());
  }

  private void agree() throws Exception {
    var link = stage.inbox().await(MAIL, "印影のある契約", PATIENCE).link();
    try (var phone = stage.browser().phone()) {
      var page = phone.newPage();
      page.navigate(link);
      Desk.press(page, "文書を確認する");
      page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)");
      page.waitForLoadState(LoadState.NETWORKIDLE);
      Desk.met(page, screens, "10-counterparty-reads");
      Desk.press(page, "同意の確認へ進む");
      page.locator("[name=authority]").check();
      Desk.press(page, "同意して署名する");
      Desk.await(page, "同意");
    }
  }

  private void sign(String contract) throws Exception {
    try (var desk = stage.browser().desktop()) {
      var page = desk.newPage();
      Desk.signIn(page, stage.service(), "taro");
      page.navigate(contract + "/signature");
      Desk.awaitField(page, "password");
      page.locator("[name=confirmed]").check();
      page.locator("[name=password]").fill(Walk.PASSWORD);
      Desk.met(page, screens, "11-signature");
      Desk.press(page, "電子署名する");
      page.waitForLoadState();
    }
  }

  private String at(String path) {
    return stage.service().address().resolve(path).toString();
  }

  /** A seal with a transparent ground, such as a body would scan. */
  private static Path imprint() throws IOException {
    var image = new BufferedImage(400, 400, BufferedImage.TYPE_INT_ARGB);
    var graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(new Color(0xB3, 0x0C, 0x0C, 0xD0));
    graphics.setStroke(new BasicStroke(16));
    graphics.drawRect(16, 16, 368, 368);
    graphics.setFont(new Font(Font.SERIF, Font.BOLD, 96));
    graphics.drawString("MAYOR", 30, 230);
    graphics.dispose();
    var file = folder.resolve("imprint.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
