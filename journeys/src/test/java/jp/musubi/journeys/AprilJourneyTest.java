package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
 * 年度当初の一括送信. One list of very many contracts in a browser: as many as {@code musubi.bulk.rows}
 * says, which is 10,000 in {@code ./musubi drill april}. Times are measured by {@code ./musubi
 * drill bulk}; here somebody looks at the pages.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AprilJourneyTest {
  private static final int ROWS = Integer.getInteger("musubi.bulk.rows", 120);
  private static final Set<Integer> WRONG = Set.of(2, 3, 5);
  private static final String HEADING = "件名,相手方,役職,氏名,メール,契約金額,契約日,契約期間の開始日,契約期間の終了日,アクセスコード\r\n";

  /** Sixty a second is what two quiet cores do; a tenth of it is slow. */
  private static final Duration PATIENCE = Duration.ofMinutes(3).plusSeconds(ROWS / 6);

  private static final Pattern DONE = Pattern.compile("([\\d,]+)件のうち([\\d,]+)件");

  @TempDir static Path folder;
  private final Path screens = Path.of("target", "screens", "april");
  private Stage stage;
  private ServiceProcess service;
  private Page clerk;

  @BeforeAll
  void start() throws Exception {
    stage = Stage.open(folder, screens);
    service = stage.service();
    clerk = stage.browser().desktop().newPage();
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
  @DisplayName("大きな一覧の三つの誤りが、行とともに示され、まだ何も作られない")
  void tellsWhichRowsAreWrong() throws Exception {
    var pdf = stage.sample(1, "単価契約書.pdf");
    open("/templates/new");
    clerk.locator("[name=name]").fill("単価契約（物品）");
    clerk.locator("[name=kind]").selectOption("UNIT_PRICE");
    clerk.locator("input[type=file]").setInputFiles(pdf);
    Desk.press(clerk, "登録する");
    Desk.await(clerk, "差し込み欄はまだありません");
    clerk.locator("main a", new Page.LocatorOptions().setHasText("差し込み欄を置く")).click();
    clerk.locator("[name=name]").fill("相手方");
    clerk.locator("[name=type]").selectOption("TEXT");
    clerk.locator("[name=top]").fill("20");
    Desk.press(clerk, "この内容で置く");
    Desk.await(clerk, "左30　上20");

    hand(list(WRONG::contains));
    await("誤りが3件あります");
    Desk.met(clerk, screens, "1-wrong");
    assertThat(clerk.locator("main").textContent())
        .contains("3行目", "4行目", "6行目")
        .doesNotContain("この内容で下書きを作る");
  }

  @Test
  @Order(2)
  @DisplayName("下書きの作成は、進み具合が見え、止めれば止まり、続ければ最後の行まで進む")
  void makesAllDrafts() throws Exception {
    hand(list(_ -> false));
    await("この内容で下書きを作る");
    Desk.met(clerk, screens, "2-right");
    Desk.press(clerk, "この内容で下書きを作る");
    Desk.await(clerk, "下書きを作っています");
    Desk.met(clerk, screens, "3-making");
    Desk.press(clerk, "止める");
    Desk.await(clerk, "止まっています");
    Desk.met(clerk, screens, "4-paused");
    // What was in hand when it was stopped is finished; then nothing moves.
    var stopped = standsStill();
    assertThat(stopped).isLessThan(ROWS);
    Desk.press(clerk, "続ける");
    await("一覧を確かめて送信する");
    Desk.met(clerk, screens, "5-made");
    assertThat(clerk.locator("main").textContent()).contains(count() + "件");
  }

  @Test
  @Order(3)
  @DisplayName("一覧を最後まで見ると送信でき、どの相手方にも一通ずつ届く")
  void sendsAll() throws Exception {
    follow("一覧を確かめて送信する");
    Desk.met(clerk, screens, "6-review");
    var seen = clerk.locator("tbody tr").count();
    while (clerk.locator("main a", new Page.LocatorOptions().setHasText("次のページ")).count() > 0) {
      assertThat(clerk.locator("main").textContent()).doesNotContain("一覧の契約をすべて送信する");
      follow("次のページ");
      seen += clerk.locator("tbody tr").count();
    }
    assertThat(seen).isEqualTo(ROWS);
    Desk.met(clerk, screens, "7-last-page");
    Desk.press(clerk, "一覧の契約をすべて送信する");
    Desk.await(clerk, "送信しています");
    Desk.met(clerk, screens, "8-sending");
    await("送信が終わりました");
    Desk.met(clerk, screens, "9-sent");
    assertThat(clerk.locator("main").textContent()).doesNotContain("できなかった行が");

    assertThat(letters())
        .hasSize(ROWS)
        .allSatisfy((address, many) -> assertThat(many).as(address).isEqualTo(1));
    open("/contracts");
    Desk.met(clerk, screens, "10-contracts");
  }

  private void open(String path) {
    clerk.navigate(service.address().resolve(path).toString());
  }

  /** Goes where a link leads, and waits until all of it is there: rows are counted. */
  private void follow(String words) {
    var link = clerk.locator("main a", new Page.LocatorOptions().setHasText(words)).first();
    clerk.navigate(String.valueOf(link.evaluate("a => a.href")));
  }

  private void hand(Path list) {
    open("/bulk/new");
    clerk.locator("[name=template]").selectOption(new SelectOption().setLabel("単価契約（物品）"));
    clerk.locator("[name=office]").selectOption(new SelectOption().setIndex(1));
    clerk.locator("input[type=file]").setInputFiles(list);
    Desk.press(clerk, "検査する");
  }

  /** Looks again until the page says so. */
  private void await(String words) throws InterruptedException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!clerk.locator("main").textContent().contains(words)) {
      assertThat(System.nanoTime()).as("waited for " + words).isLessThan(until);
      // As often as somebody would who waits for it.
      Thread.sleep(500);
      clerk.reload();
    }
  }

  /** How many are done when nothing moves any more. */
  private int standsStill() throws InterruptedException {
    var before = -1;
    while (true) {
      var now = done();
      if (now == before) {
        return now;
      }
      before = now;
      // Longer than one row takes.
      Thread.sleep(1_500);
      clerk.reload();
    }
  }

  private int done() {
    var words = DONE.matcher(clerk.locator("main").textContent());
    assertThat(words.find()).isTrue();
    assertThat(words.group(1)).isEqualTo(count());
    return Integer.parseInt(words.group(2).replace(",", ""));
  }

  /** How many letters each counterparty has, when all have come. */
  private Map<String, Long> letters() throws Exception {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var letters =
          stage.inbox().letters().stream()
              .filter(letter -> letter.subject().contains("物品単価契約 その"))
              .collect(Collectors.groupingBy(Inbox.Letter::to, Collectors.counting()));
      if (letters.size() >= ROWS || System.nanoTime() > until) {
        return letters;
      }
      // The last ones are on their way.
      Thread.sleep(1_000);
    }
  }

  private static String count() {
    return "%,d".formatted(ROWS);
  }

  private static String mail(int number) {
    return "k%d@mihon.example".formatted(number);
  }

  private static Path list(IntPredicate wrong) throws Exception {
    var text = new StringBuilder("\uFEFF" + HEADING);
    for (var number = 1; number <= ROWS; number++) {
      text.append(
          "物品単価契約 その%d,株式会社 髙﨑%d,代表取締役,例田 一郎,%s,1234,,,,なし\r\n"
              .formatted(number, number, wrong.test(number) ? "k＠" : mail(number)));
    }
    return Files.writeString(folder.resolve("四月.csv"), text);
  }
}
