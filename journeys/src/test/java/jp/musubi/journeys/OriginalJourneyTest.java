package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.SelectOption;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** 原本照合 in a browser: what is compared is computed in the page, and the file stays where it is. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("ブラウザでの原本照合は")
class OriginalJourneyTest {
  private static final Path SCREENS = Path.of("target", "screens-original");
  private static final String TITLE = "市道1024号線 舗装修繕工事";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LONG = 200L << 20;

  /** More than a form with a digest takes, and less than any file here. */
  private static final long FORM = 4_096;

  @TempDir static Path folder;
  private Stage stage;
  private String contract;
  private String number;
  private Path original;
  private Path changed;
  private Path huge;

  @BeforeAll
  void concludesAContract() throws Exception {
    stage = Stage.open(folder, SCREENS);
    var walk = new Walk(stage.service().address(), stage.inbox(), (_, _, _) -> {});
    var clerk = walk.signIn("hanako");
    var sent = walk.send(clerk, stage.sample(1, "工事請負契約書.pdf"), TITLE, "ichiro@kensetsu.example");
    walk.agree("ichiro@kensetsu.example", TITLE, sent.code());
    walk.sign(walk.signIn("taro"), sent.id(), PATIENCE);
    walk.awaitConclusion(clerk, sent.id(), PATIENCE);
    contract = "/contracts/" + sent.id();
    var found = Pattern.compile("R\\d+-\\d{6}").matcher(clerk.get(contract).text());
    assertThat(found.find()).isTrue();
    number = found.group();
    var bytes = clerk.download(contract + "/document.pdf");
    assertThat(bytes.length).isGreaterThan((int) (2 * FORM));
    original = Files.write(folder.resolve("締結した契約書.pdf"), bytes);
    bytes[bytes.length / 2] ^= 1;
    changed = Files.write(folder.resolve("一字違う契約書.pdf"), bytes);
    huge = folder.resolve("大きなファイル.pdf");
    try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.writeBytes("%PDF-1.7\n");
      file.setLength(LONG);
    }
  }

  @AfterAll
  void stop() {
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  @DisplayName("同じ・違う・知らない、を、ファイルを一バイトも送らずに答える")
  void answersWithoutTheFile() {
    var page = stage.browser().desktop().newPage();
    var sent = watched(page);
    ask(page, number, original);
    Desk.await(page, "一致：締結された契約書です");
    Desk.met(page, SCREENS, "same");
    ask(page, number, changed);
    Desk.await(page, "不一致：");
    ask(page, "R8-999999", original);
    Desk.await(page, "不明：");
    assertThat(posts(sent)).hasSize(3).allMatch(each -> size(each) < FORM);

    var staff = stage.browser().desktop().newPage();
    Desk.signIn(staff, stage.service(), "hanako");
    var sentByStaff = watched(staff);
    staff.navigate(address(contract + "/original"));
    staff.locator("input[type=file]").setInputFiles(original);
    Desk.press(staff, "照合する");
    staff.locator("section[role=status]").waitFor();
    assertThat(staff.locator("main").textContent()).contains("一致：締結版です");
    assertThat(posts(sentByStaff)).hasSize(1).allMatch(each -> size(each) < FORM);
  }

  @Test
  @DisplayName("200 MBのファイルも少しずつ読み、その間もページは答え、押しておけば計算のあとに送る")
  void readsALongFileAPieceAtATime() throws Exception {
    var page = stage.browser().desktop().newPage();
    var sent = watched(page);
    open(page);
    page.locator("input[type=file]").setInputFiles(huge);
    var bar = page.locator("#file-digest progress");
    page.waitForFunction("() => document.querySelector('#file-digest progress').value > 0");
    page.locator("[name=number]").fill(number);
    assertThat(page.locator("[name=number]").inputValue()).isEqualTo(number);
    assertThat(page.locator("[name=sha256]").inputValue()).isEmpty();
    assertThat(Double.parseDouble(String.valueOf(bar.evaluate("each => each.value"))))
        .isBetween(0.0, 1.0);
    Desk.met(page, SCREENS, "computing");
    Desk.press(page, "照合する");
    page.locator("main", new Page.LocatorOptions().setHasText("不一致："))
        .waitFor(new Locator.WaitForOptions().setTimeout((double) PATIENCE.toMillis()));
    // SHA-256 of these bytes, by the JDK.
    assertThat(page.locator("main").textContent()).contains(digest(huge));
    assertThat(posts(sent)).hasSize(1).allMatch(each -> size(each) < FORM);
  }

  @Test
  @DisplayName("ファイルが読めなくなれば、そう言い、送らない")
  void saysWhatCannotBeRead() throws Exception {
    var gone = Files.write(folder.resolve("消えるファイル.pdf"), Files.readAllBytes(original));
    var page = stage.browser().desktop().newPage();
    var sent = watched(page);
    open(page);
    // Reads fail as they do for a file on a share that went away.
    page.evaluate(
        "() => { window.Worker = class extends Worker {"
            + " postMessage() { super.postMessage({ size: 1 }); } } }");
    page.locator("[name=number]").fill(number);
    page.locator("input[type=file]").setInputFiles(gone);
    Desk.await(page, "ファイルを読めませんでした");
    Desk.press(page, "照合する");
    Desk.await(page, "ファイルを読めませんでした");
    assertThat(posts(sent)).isEmpty();
  }

  @Test
  @DisplayName("スクリプトのないブラウザだけがファイルを送る")
  void sendsTheFileOnlyWithoutScripts() {
    try (BrowserContext plain = stage.browser().withoutScripts()) {
      var page = plain.newPage();
      var sent = watched(page);
      ask(page, number, original);
      Desk.await(page, "一致：締結された契約書です");
      // What the other tests count would have been seen.
      assertThat(posts(sent))
          .singleElement()
          .satisfies(each -> assertThat(size(each)).isGreaterThan(Files.size(original)));
    }
  }

  private static String digest(Path file) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void open(Page page) {
    page.navigate(address("/verify"));
    page.locator("[name=body]").selectOption(new SelectOption().setLabel("上毛市"));
  }

  private void ask(Page page, String which, Path file) {
    open(page);
    page.locator("[name=number]").fill(which);
    page.locator("input[type=file]").setInputFiles(file);
    Desk.press(page, "照合する");
  }

  private static List<Request> watched(Page page) {
    var sent = new CopyOnWriteArrayList<Request>();
    page.onRequestFinished(sent::add);
    return sent;
  }

  private static List<Request> posts(List<Request> sent) {
    return sent.stream().filter(each -> !each.method().equals("GET")).toList();
  }

  private static long size(Request request) {
    return Math.max(
        request.sizes().requestBodySize,
        Long.parseLong(String.valueOf(request.allHeaders().getOrDefault("content-length", "0"))));
  }

  private String address(String path) {
    return stage.service().address().resolve(path).toString();
  }
}
