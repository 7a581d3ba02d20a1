package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 監査の人が、実際のブラウザで記録をさがし、取り出し、外で確かめる. */
@Tag("slow")
class AuditJourneyTest {
  private static final Path SCREENS = Path.of("target", "screens", "audit");

  @TempDir Path folder;

  @Test
  @DisplayName("監査記録をさがして取り出し、取り出したファイルだけで改ざんの有無を確かめる")
  void findsTakesAndChecksTheRecord() throws Exception {
    Assumptions.assumeTrue(
        Browser.installed().isPresent(), "no Chromium is installed: nobody looked at the record");
    Files.createDirectories(SCREENS);
    var record = folder.resolve("record.jsonl");
    try (var service = ServiceProcess.start(Project.root(), folder.resolve("home"), 0);
        var browser = Browser.start(Browser.installed().get());
        var desk = browser.desktop()) {
      var page = desk.newPage();
      page.navigate(service.address().resolve("/signin").toString());
      page.locator("[name=body]").selectOption(new SelectOption().setLabel("上毛市"));
      page.locator("[name=login]").fill("kanako");
      page.locator("[name=password]").fill(Walk.PASSWORD);
      page.locator("button", new Page.LocatorOptions().setHasText("サインインする")).click();

      page.navigate(service.address().resolve("/audit").toString());
      met(page, "1-record");
      page.locator("[name=kind]").selectOption("CONTRACT");
      page.locator("button", new Page.LocatorOptions().setHasText("さがす")).click();
      assertThat(page.locator("tbody").innerText()).contains("締結した");
      page.locator("summary").first().click();
      met(page, "2-found");
      page.setViewportSize(360, 800);
      met(page, "3-narrow");
      page.setViewportSize(1280, 900);
      page.navigate(service.address().resolve("/audit?person=だれもいない").toString());
      met(page, "4-nothing");
      page.navigate(service.address().resolve("/audit?kind=CONTRACT").toString());
      page.locator("tbody td a").first().click();
      page.locator("a", new Page.LocatorOptions().setHasText("接続元まで含む経過")).click();
      assertThat(page.locator("h1").innerText()).isEqualTo("契約の経過");
      met(page, "5-history");
      var pdf = page.context().request().get(page.url() + ".pdf");
      Files.write(SCREENS.resolve("history.pdf"), pdf.body());
      var taken =
          page.context().request().get(service.address().resolve("/audit/record.jsonl").toString());
      Files.write(record, taken.body());
    }
    assertThat(check(record)).isZero();
    Files.writeString(record, Files.readString(record).replaceFirst("見本", "偽本"));
    assertThat(check(record)).isEqualTo(1);
  }

  private static int check(Path record) throws Exception {
    return new ProcessBuilder(
            Project.root().resolve("musubi").toString(), "audit", "--record", record.toString())
        .inheritIO()
        .start()
        .waitFor();
  }

  private static void met(Page page, String name) {
    Browser.shoot(page, SCREENS.resolve(name + ".png"));
    var serious =
        new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                .analyze()
                .getViolations()
                .stream()
                .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                .map(Rule::getId)
                .toList();
    assertThat(serious).as("accessibility of %s", name).isEmpty();
  }
}
