package jp.musubi.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Every part of fragments/components.html on two pages, to be looked at. */
@SpringBootTest(
    classes = GalleryTest.Gallery.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "musubi.trial.enabled=true")
class GalleryTest {
  private static final Pattern WORDS = Pattern.compile(" ");
  private static final Path PICTURES = Path.of("target", "gallery");

  @LocalServerPort int port;

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"staff", "outside"})
  void showsEveryPartInJapaneseWords(String name) throws Exception {
    var page = Jsoup.parse(get("/gallery/" + name).body());

    assertThat(page.text()).doesNotContain("??");
    assertThat(page.select("h1")).hasSize(1);
    assertThat(page.select("main")).hasSize(1);
    assertThat(page.select("[style], script:not([src]), [onclick]")).isEmpty();
    assertThat(page.select("label[for]"))
        .allSatisfy(label -> assertThat(page.getElementById(label.attr("for"))).isNotNull());
    assertThat(page.select("[aria-describedby]").eachAttr("aria-describedby"))
        .allSatisfy(ids ->
            assertThat(WORDS.splitAsStream(ids).toList())
                .allSatisfy(id -> assertThat(page.getElementById(id)).isNotNull()));
  }

  @Test
  @DisplayName("様式の部品は内容の版つきの名前で配られ、変わらない")
  void servesStyleSheetsUnderVersionedNamesThatNeverChange() throws Exception {
    var page = Jsoup.parse(get("/gallery/staff").body());
    var sheets = page.select("link[rel=stylesheet]").eachAttr("href");

    assertThat(sheets)
        .hasSizeGreaterThan(4)
        .allMatch(href -> href.matches(".*-[0-9a-f]{32}\\.css"));
    for (var sheet : sheets) {
      var answer = get(sheet);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
          .contains("immutable")
          .contains("max-age=31536000");
    }
    var fonts = get(sheets.getFirst()).body();
    assertThat(fonts)
        .containsPattern("url\\(.*noto-sans-jp-latin-wght-normal-[0-9a-f]{32}\\.woff2\\)");
  }

  @ParameterizedTest(name = "{0} at {1} pixels")
  @CsvSource({"staff, 1280", "staff, 390", "staff, 320", "outside, 1280", "outside, 390"})
  void canBePhotographed(String name, int width) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/chromium")), "chromium is not installed");
    Files.createDirectories(PICTURES);
    var picture = name + "-" + width;
    var file = PICTURES.resolve(picture + ".png").toAbsolutePath();
    var chromium =
        new ProcessBuilder(
                "/usr/bin/chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--virtual-time-budget=4000",
                "--user-data-dir=" + Files.createTempDirectory("gallery"),
                "--window-size=" + width + "," + (width > 1000 ? 4200 : 7600),
                "--screenshot=" + file,
                "http://localhost:" + port + "/gallery/" + name)
            .redirectErrorStream(true)
            .redirectOutput(PICTURES.resolve(picture + ".log").toFile())
            .start();

    assertThat(chromium.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(file).isNotEmptyFile();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @Import({WebConfiguration.class, ShellAdvice.class, Pages.class})
  static class Gallery {
    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @Bean
    SecurityFilterChain open(HttpSecurity http) {
      return http.authorizeHttpRequests(all -> all.anyRequest().permitAll()).build();
    }
  }

  @Controller
  static class Pages {
    @GetMapping("/gallery/staff")
    String staff(Model model) {
      model.addAttribute("shell", SHELL);
      model.addAttribute("page", PAGE);
      return "gallery/staff";
    }

    @GetMapping("/gallery/outside")
    String outside(Model model) {
      model.addAttribute("page", PAGE);
      return "gallery/outside";
    }
  }

  private static final Shell SHELL =
      new Shell(
          true,
          "上毛市",
          "建設部 道路課",
          "見本 花子",
          "担当者",
          List.of(
              new Shell.Entry("home", "web.nav.home", "/", true),
              new Shell.Entry("plus", "gallery.title", "/contracts/new", false),
              new Shell.Entry("help", "web.nav.help", "/help", false)),
          new Shell.Session(1800, 300, "14時30分", true));

  private static final Field AMOUNT =
      Field.required("amount", "gallery.field.amount")
          .with("千二百万")
          .drawn(Field.Look.MONEY)
          .wrong(Text.of("gallery.wrong.amount"));

  private static final Map<String, Object> PAGE =
      Map.ofEntries(
          Map.entry("crumbs", List.of(new Crumb("ホーム", "/"), new Crumb("契約を作る", "/contracts/new"))),
          Map.entry("returned", new Chip(Chip.Mood.STOP, "back", "gallery.state.returned")),
          Map.entry("waiting", new Chip(Chip.Mood.ACTIVE, "clock", "gallery.state.waiting")),
          Map.entry("done", new Chip(Chip.Mood.OK, "seal", "gallery.state.done")),
          Map.entry("draft", new Chip(Chip.Mood.NEUTRAL, "pen", "gallery.state.draft")),
          Map.entry("late", new Chip(Chip.Mood.WARN, "alert", "gallery.state.late")),
          Map.entry(
              "life",
              List.of(
                  new Step("gallery.step.make", Step.Place.DONE, "11月20日"),
                  new Step("gallery.step.approve", Step.Place.DONE, "11月24日 9:02"),
                  Step.of("gallery.step.party", Step.Place.NOW),
                  Step.of("gallery.step.sign", Step.Place.TODO),
                  Step.of("gallery.step.end", Step.Place.TODO))),
          Map.entry(
              "way",
              List.of(
                  Step.of("gallery.step.read", Step.Place.NOW),
                  Step.of("gallery.step.agree", Step.Place.TODO),
                  Step.of("gallery.step.done", Step.Place.TODO))),
          Map.entry(
              "facts",
              List.of(
                  Fact.of("gallery.fact.title", "市道1024号線 舗装修繕工事"),
                  new Fact("gallery.fact.from", "上毛市 建設部 道路課", "担当 見本 花子　027-000-0000"),
                  Fact.of("gallery.fact.until", "令和8年12月4日（2026年12月4日）17:00"))),
          Map.entry(
              "file",
              Field.required("file", "gallery.field.file")
                  .hinted("gallery.hint.file")
                  .drawn(Field.Look.PDF)),
          Map.entry(
              "title",
              Field.required("title", "gallery.field.title")
                  .with("市道1024号線 舗装修繕工事")
                  .hinted("gallery.hint.title")),
          Map.entry("amount", AMOUNT),
          Map.entry(
              "day",
              Field.required("day", "gallery.field.day")
                  .hinted("gallery.hint.day")
                  .with("令和8年12月7日")),
          Map.entry(
              "office",
              Field.required("office", "gallery.field.office")
                  .with("2")
                  .offering(
                      List.of(new Option("1", "上毛市副市長 例 次郎"), new Option("2", "上毛市長 見本 太郎")))),
          Map.entry(
              "how",
              Field.required("how", "gallery.field.way")
                  .with("mail")
                  .offering(
                      List.of(
                          new Option("mail", "メールのリンクだけで確かめる"),
                          new Option("code", "メールのリンクに加え、電話で伝えるアクセスコードで確かめる")))),
          Map.entry("note", Field.optional("note", "gallery.field.note")),
          Map.entry("check", Field.required("check", "gallery.field.check")),
          Map.entry("fields", List.of(AMOUNT)));
}
