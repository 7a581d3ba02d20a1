package jp.musubi.journeys;

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

/** 入力項目の道. A clerk puts boxes, by mouse and by keys; a counterparty fills them on a small phone. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InputJourneyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private final Path screens = Path.of("target", "screens", "input");
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
  @DisplayName("欄はマウスでも矢印キーだけでも動かせ、相手方は幅320の電話で記入し、契約書に書き込まれて送信できる")
  void isPutByHandAndByKeysAndFilledOnASmallPhone() throws Exception {
    var mail = "fields@m.example";
    try (var desk = stage.browser().desktop()) {
      var hands = new Hands(desk.newPage());
      var page = hands.page();
      Desk.signIn(page, stage.service(), "hanako");
      draft(page, mail);
      var contract = page.url().replaceAll("(/contracts/[^/]+).*", "$1");
      page.navigate(contract + "/fields");
      Desk.met(page, screens, "1-none");
      put(page, "着手日", "日付", "30", "60");
      put(page, "現場代理人", "文字（1行）", "30", "80");
      Desk.met(page, screens, "2-fields");

      // By mouse: pulled, and made larger at its corner.
      var boxes = page.locator(".musubi-box");
      var before = page.locator("[name^=top-]").first().inputValue();
      boxes.first().scrollIntoViewIfNeeded();
      var at = boxes.first().boundingBox();
      page.mouse().move(at.x + at.width / 2, at.y + at.height / 2);
      page.mouse().down();
      page.mouse().move(at.x + at.width / 2 + 60, at.y + at.height / 2 + 120);
      page.mouse().up();
      assertThat(page.locator("[name^=top-]").first().inputValue()).isNotEqualTo(before);

      // By keys alone: ten millimetres to the right, two lower, five wider.
      var second = boxes.nth(1);
      hands.tabTo(".musubi-box ~ .musubi-box");
      for (var i = 0; i < 10; i++) {
        hands.key("ArrowRight");
      }
      hands.key("ArrowDown");
      hands.key("ArrowDown");
      for (var i = 0; i < 5; i++) {
        page.keyboard().press("Shift+ArrowRight");
      }
      assertThat(page.locator("[name^=left-]").nth(1).inputValue()).isEqualTo("40");
      assertThat(page.locator("[name^=top-]").nth(1).inputValue()).isEqualTo("82");
      assertThat(page.locator("[name^=width-]").nth(1).inputValue()).isEqualTo("85");
      assertThat(page.locator("[data-boxes-said]").textContent()).contains("左から40mm");
      // By numbers: the box follows.
      var place = second.boundingBox();
      page.locator("[name^=left-]").nth(1).fill("100");
      assertThat(second.boundingBox().x).isGreaterThan(place.x);
      Desk.press(page, "位置を保存する");
      Desk.await(page, "位置を保存しました");
      assertThat(page.locator("[name^=left-]").nth(1).inputValue()).isEqualTo("100");
      Browser.shoot(page, screens.resolve("3-moved.png"));
      Desk.press(page, "記入を依頼する");
      Desk.await(page, "記入の依頼を送りました");

      var link = stage.inbox().await(mail, "契約書への記入のお願い", PATIENCE).link();
      fillOnPhone(link);

      page.navigate(contract + "/review");
      assertThat(page.locator("main").textContent()).doesNotContain("入力項目の記入が済んでいません");
      Desk.met(page, screens, "6-review");
      Desk.press(page, "送信する");
      page.navigate(contract);
      Desk.await(page, "現場代理人：髙﨑 𠮷田（株式会社 見本建設");
      Desk.met(page, screens, "7-sent");
    }
  }

  private void fillOnPhone(String link) {
    try (var phone = stage.browser().phone()) {
      var page = phone.newPage();
      page.setViewportSize(320, 640);
      page.navigate(link);
      assertThat(wider(page)).isFalse();
      Desk.met(page, screens, "4-phone");
      page.getByLabel("現場代理人").fill("髙﨑 𠮷田");
      page.getByLabel("着手日").fill("令和8年2月30日");
      Desk.press(page, "この内容を契約書に書き込む");
      Desk.await(page, "入力した内容は消えていません");
      assertThat(page.getByLabel("現場代理人").inputValue()).isEqualTo("髙﨑 𠮷田");
      assertThat(page.getByLabel("着手日").inputValue()).isEqualTo("令和8年2月30日");
      Desk.met(page, screens, "4-phone-wrong");
      page.getByLabel("着手日").fill("令和8年12月10日");
      Desk.press(page, "この内容を契約書に書き込む");
      Desk.await(page, "記入を受け付けました");
      assertThat(wider(page)).isFalse();
      Desk.met(page, screens, "5-phone-filled");
    }
  }

  /** Whether one would have to scroll sideways. */
  private static boolean wider(Page page) {
    return (Boolean)
        page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth");
  }

  private void draft(Page page, String mail) {
    page.navigate(stage.service().address().resolve("/contracts/new").toString());
    page.locator("[name=file]").setInputFiles(pdf);
    Desk.press(page, "検査して次へ");
    page.locator("[name=organisation-1]").fill("株式会社 見本建設");
    page.locator("[name=title-1]").fill("代表取締役");
    page.locator("[name=name-1]").fill("例田 一郎");
    page.locator("[name=mail-1]").fill(mail);
    page.locator("[name=identity-1][value=access-code]").check();
    page.locator("[name=office]").first().check();
    page.locator("button[value=save]").click();
    page.locator("[name=title]").fill("入力項目のある契約");
    page.locator("[name=kind]").selectOption("SERVICES");
    page.locator("[name=amount]").fill("1200000");
    page.locator("[name=contractDate]").fill("令和8年12月4日");
    page.locator("[name=periodFrom]").fill("R8.12.7");
    page.locator("[name=periodUntil]").fill("2027/3/19");
    Desk.press(page, "保存して次へ");
    page.waitForURL(url -> url.endsWith("/review"));
  }

  private void put(Page page, String label, String kind, String left, String top) {
    page.locator("a", new Page.LocatorOptions().setHasText("入力項目を置く")).first().click();
    page.locator("[name=label]").fill(label);
    page.locator("[name=kind]").selectOption(new SelectOption().setLabel(kind));
    page.locator("[name=left]").fill(left);
    page.locator("[name=top]").fill(top);
    if (label.equals("着手日")) {
      Desk.met(page, screens, "1-new");
    }
    Desk.press(page, "入力項目を保存する");
    Desk.await(page, "入力項目を保存しました");
  }
}
