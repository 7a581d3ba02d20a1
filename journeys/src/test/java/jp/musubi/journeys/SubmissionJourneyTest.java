package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** 提出の道. A draft of the contract comes by phone; then documents that belong to it. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubmissionJourneyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MAIL = "hand-in@m.example";

  @TempDir static Path folder;
  private final Path screens = Path.of("target", "screens", "submission");
  private Stage stage;
  private Path draft;
  private Path breakdown;
  private Path huge;
  private Path broken;

  @BeforeAll
  void start() throws Exception {
    stage = Stage.open(folder, screens);
    draft = stage.sample(1, "工事請負契約書案.pdf");
    breakdown = stage.sample(2, "内訳書.pdf");
    broken =
        Files.write(
            folder.resolve("壊れた内訳書.pdf"), "%PDF-1.7 これはPDFではない".getBytes(StandardCharsets.UTF_8));
    huge = folder.resolve("大きすぎる内訳書.pdf");
    try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(60L << 20);
    }
  }

  @AfterAll
  void stop() {
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  @DisplayName("契約書案を幅320の電話から受け取って下書きにし、内訳書を差し戻して受け取り、送信できる")
  void isHandedInOnASmallPhoneAndTaken() throws Exception {
    try (var desk = stage.browser().desktop();
        var phone = stage.browser().phone()) {
      var page = desk.newPage();
      var small = phone.newPage();
      small.setViewportSize(320, 640);
      Desk.signIn(page, stage.service(), "hanako");

      // Before there is a contract.
      at(page, "/drafts-asked");
      Desk.met(page, screens, "1-none");
      page.locator("main a", new Page.LocatorOptions().setHasText("契約書案を出してもらう")).click();
      page.locator("[name=title]").fill("市道1024号線 舗装修繕工事");
      page.locator("[name=organisation]").fill("株式会社 見本建設");
      page.locator("[name=name]").fill("例田 一郎");
      page.locator("[name=mail]").fill(MAIL);
      page.locator("[name=note]").fill("標準の様式でお願いします。");
      Desk.met(page, screens, "2-ask-draft");
      Desk.press(page, "提出を依頼する");
      Desk.await(page, "提出の依頼をメールで送りました");
      Desk.met(page, screens, "3-asked");
      small.navigate(stage.inbox().await(MAIL, "契約の前に提出をお願いする書類", PATIENCE).link());
      narrow(small, "4-phone");
      hand(small, 0, draft);
      Desk.await(small, "「契約書案」を受け付けました");
      narrow(small, "5-phone-received");
      at(page, "/drafts-asked");
      Desk.met(page, screens, "6-arrived");
      page.locator("a", new Page.LocatorOptions().setHasText("届いた書類を見る")).click();
      Desk.await(page, "この案で契約を作る");
      drawn(page);
      Desk.met(page, screens, "7-look");
      Desk.press(page, "この案で下書きを作る");
      page.waitForURL(url -> url.endsWith("/parties"));
      assertThat(page.locator("[name=mail-1]").inputValue()).isEqualTo(MAIL);
      small.reload();
      Desk.await(small, "書類の受付は終わりました");
      narrow(small, "8-phone-over");
      enter(page);

      // What belongs to it.
      var contract = page.url().replaceAll("(/contracts/[^/]+).*", "$1");
      page.navigate(contract + "/submissions");
      Desk.met(page, screens, "9-contract");
      want(page, "内訳書", "SIGNED");
      want(page, "現場の写真", "REFERENCE");
      Desk.met(page, screens, "10-wanted");
      Desk.press(page, "提出を依頼する");
      Desk.await(page, "提出の依頼をメールで送りました");
      var first = link("内訳書");
      small.navigate(first);
      hand(small, 0, breakdown);
      Desk.await(small, "「内訳書」を受け付けました");
      hand(small, 1, broken);
      Desk.await(small, "「壊れた内訳書.pdf」は受け取れませんでした");
      assertThat(small.locator("main").textContent()).contains("内訳書.pdf");
      narrow(small, "11-phone-refused");
      hand(small, 0, huge);
      small.waitForLoadState();
      Browser.shoot(small, screens.resolve("12-phone-huge.png"));
      assertThat(small.locator("body").textContent()).contains("大きすぎ");
      small.navigate(first);
      assertThat(small.locator("main").textContent()).contains("提出したファイル", "内訳書.pdf");

      page.navigate(contract + "/review");
      Desk.await(page, "相手方からの書類がそろっていません");
      page.navigate(contract + "/submissions");
      page.locator("a", new Page.LocatorOptions().setHasText("届いた書類を見る")).first().click();
      drawn(page);
      page.locator("[name=reason]").fill("合計の欄に誤りがあります。");
      Desk.met(page, screens, "13-look");
      Desk.press(page, "理由を付けて差し戻す");
      Desk.await(page, "差し戻しました");
      small.navigate(stage.inbox().await(MAIL, "出し直しのお願い", PATIENCE).link());
      narrow(small, "14-phone-returned");
      hand(small, 0, breakdown);
      Desk.await(small, "「内訳書」を受け付けました");
      page.navigate(contract);
      Desk.await(page, "相手方から書類が届いています");
      page.navigate(contract + "/submissions");
      page.locator("a", new Page.LocatorOptions().setHasText("届いた書類を見る")).first().click();
      Desk.press(page, "契約に受け取る");
      Desk.await(page, "届いた書類を契約に受け取りました");
      Desk.met(page, screens, "15-taken");
      page.navigate(contract + "/files");
      assertThat(page.locator("main").textContent()).contains("内訳書.pdf");
      Desk.press(page, "この内容で次へ");
      page.waitForURL(url -> url.contains("/review"));
      assertThat(page.locator("main").textContent()).doesNotContain("書類がそろっていません");
      Desk.press(page, "送信する");
      page.navigate(contract);
      Desk.await(page, "「内訳書.pdf」を受け取りました");
      Desk.met(page, screens, "16-sent");
    }
  }

  private void at(Page page, String path) {
    page.navigate(stage.service().address().resolve(path).toString());
  }

  /** The link of the letter that asks for a document of that name. */
  private String link(String wanted) throws IOException, InterruptedException {
    for (var i = 0; i < 600; i++) {
      for (var letter : stage.inbox().letters()) {
        if (letter.to().contains(MAIL) && letter.text().contains("・" + wanted)) {
          return letter.link();
        }
      }
      // Mail goes out in its own time; nothing announces the letter.
      Thread.sleep(100);
    }
    throw new AssertionError("no letter asks for " + wanted);
  }

  /** Waits until the first page of what came is to be seen. */
  private static void drawn(Page page) {
    page.waitForFunction(
        "() => { const first = document.querySelector('figure img');"
            + " return first && first.complete && first.naturalWidth > 0; }");
  }

  private static void hand(Page page, int form, Path file) {
    var forms = page.locator("main form[enctype]");
    forms.nth(form).locator("input[type=file]").setInputFiles(file);
    forms.nth(form).locator("button").click();
  }

  private void narrow(Page page, String name) {
    assertThat(
            (Boolean)
                page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth"))
        .as(name + " is wider than the screen")
        .isFalse();
    Desk.met(page, screens, name);
  }

  private static void enter(Page page) {
    page.locator("[name=title-1]").fill("代表取締役");
    page.locator("[name=identity-1][value=access-code]").check();
    page.locator("[name=office]").first().check();
    page.locator("button[value=save]").click();
    assertThat(page.locator("[name=title]").inputValue()).isEqualTo("市道1024号線 舗装修繕工事");
    page.locator("[name=kind]").selectOption("SERVICES");
    page.locator("[name=amount]").fill("1200000");
    page.locator("[name=contractDate]").fill("令和8年12月4日");
    page.locator("[name=periodFrom]").fill("R8.12.7");
    page.locator("[name=periodUntil]").fill("2027/3/19");
    Desk.press(page, "保存して次へ");
    page.waitForURL(url -> url.endsWith("/review"));
  }

  private void want(Page page, String name, String purpose) {
    page.locator("main a", new Page.LocatorOptions().setHasText("求める書類を加える")).first().click();
    page.locator("[name=name]").fill(name);
    page.locator("[name=purpose]").selectOption(purpose);
    if (purpose.equals("REFERENCE")) {
      page.locator("[name=mandatory]").uncheck();
    } else {
      Desk.met(page, screens, "9-new");
    }
    Desk.press(page, "この書類を加える");
    Desk.await(page, "求める書類に加えました");
  }
}
