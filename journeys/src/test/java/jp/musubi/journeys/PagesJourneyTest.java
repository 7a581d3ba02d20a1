package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 職員の画面をすべて. Follows every link as each kind of person may, which harms nothing since no GET
 * changes anything, and looks at each page at a desk and on the narrowest screen there is.
 */
@Tag("slow")
class PagesJourneyTest {
  private static final Path SCREENS = Path.of("target", "screens", "pages");
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/)\\d+(?=/|$)");
  private static final Pattern FILE =
      Pattern.compile("\\.(pdf|png|txt|csv|ics|json|jsonl|zip|xml)$|/saml-metadata$");

  private static final List<Person> PEOPLE =
      List.of(
          new Person("上毛市", "kiyoshi"),
          new Person("上毛市", "hanako"),
          new Person("上毛市", "taro"),
          new Person("上毛市", "kanako"),
          new Person("むすび運営（試用）", "unei"),
          new Person("むすび運営（試用）", "jimu"));

  @TempDir Path folder;

  /** Where to go, and on what page it says so. */
  private record Link(String path, String from) {}

  /**
   * Of whom the pages are looked at: between them they hold every role that has pages of its own.
   */
  private record Person(String body, String login) {}

  @Test
  @DisplayName("リンクで行ける画面はどれも、読み上げに不足がなく、細い画面でも横に動かさずに読める")
  void everyPageIsReadByEverybody() throws Exception {
    Assumptions.assumeTrue(
        Browser.installed().isPresent(), "no Chromium is installed: nobody looked");
    try (var service = ServiceProcess.start(Project.root(), folder.resolve("home"), 0);
        var browser = Browser.start(Browser.installed().get())) {
      var met = new LinkedHashSet<String>();
      for (var person : PEOPLE) {
        try (var desk = browser.desktop()) {
          var page = desk.newPage();
          Desk.signIn(page, service, person.body(), person.login());
          walk(page, service.address(), person.login(), met);
        }
      }
      assertThat(browser.foreign()).as("hosts outside that a page asked").isEmpty();
      // A figure for the record; the shapes below are the check.
      System.out.println("pages looked at: " + met.size());
      assertThat(met)
          .contains(
              "/staff/ID/end",
              "/offices/ID/holder",
              "/sections/ID/closure",
              "/transfers/new",
              "/audit/bundle",
              "/settings/letters/samples/INVITATION",
              "/contracts/new",
              "/bodies/new",
              "/bodies/address-release")
          .hasSizeGreaterThan(40);
    }
  }

  /** Visits one page of each shape, and looks at those that nobody before has met. */
  private static void walk(Page page, URI home, String login, Set<String> met) throws Exception {
    var screens = Files.createDirectories(SCREENS.resolve(login));
    var visited = new HashSet<String>();
    var waiting = new ArrayDeque<>(List.of(new Link("/", "the sign-in")));
    var wrong = new ArrayList<String>();
    while (!waiting.isEmpty()) {
      var link = waiting.remove();
      var shape = shape(link.path());
      if (visited.add(shape)) {
        var answer = page.navigate(home.resolve(link.path()).toString());
        if (answer.status() != 200) {
          wrong.add("%s: %d, by a link on %s".formatted(shape, answer.status(), link.from()));
          continue;
        }
        links(page).forEach(path -> waiting.add(new Link(path, shape)));
        if (met.add(shape)) {
          wrong.addAll(look(page, screens, shape));
        }
      }
    }
    assertThat(wrong).as("what " + login + " meets").isEmpty();
  }

  private static List<String> look(Page page, Path screens, String shape) {
    var name = shape.equals("/") ? "home" : shape.substring(1).replaceAll("[/?=&]", "-");
    var wrong = new ArrayList<String>();
    if (page.locator("h1").count() != 1) {
      wrong.add(shape + ": not one heading");
    }
    if (page.locator("body").innerText().contains("??")) {
      wrong.add(shape + ": words are missing");
    }
    Desk.serious(page).forEach(rule -> wrong.add(shape + ": " + rule));
    Browser.shoot(page, screens.resolve(name + ".png"));
    // 1280 pixels at 400 % (WCAG 2.2, 1.4.10).
    page.setViewportSize(320, 640);
    Browser.shoot(page, screens.resolve(name + "-320.png"));
    if (!Integer.valueOf(320).equals(page.evaluate("document.documentElement.scrollWidth"))) {
      wrong.add(shape + ": wider than 320 pixels");
    }
    page.setViewportSize(1280, 900);
    return wrong;
  }

  /** Read in one question to the browser, since some pages have hundreds. */
  private static List<String> links(Page page) {
    var all =
        (List<?>) page.evalOnSelectorAll("a[href]", "all => all.map(a => a.getAttribute('href'))");
    return all.stream()
        .map(href -> href.toString().replaceFirst("#.*$", ""))
        .filter(path -> path.startsWith("/"))
        .filter(path -> !FILE.matcher(path.replaceFirst("\\?.*$", "")).find())
        .toList();
  }

  /** The address with what differs from one thing to the next made equal. */
  private static String shape(String path) {
    return ID.matcher(path).replaceAll("ID").replaceFirst("\\?(?!audience).*$", "");
  }
}
