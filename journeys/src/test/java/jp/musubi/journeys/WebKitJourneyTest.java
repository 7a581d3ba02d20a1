package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P-11: what a counterparty does, in the engine of Safari. The other journeys use Chromium's. */
@Tag("slow")
class WebKitJourneyTest {
  private static final String TITLE = "庁舎清掃業務委託";
  private static final String MAIL = "safari@mihon.example";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final Path screens = Path.of("target", "screens", "webkit");

  @Test
  @DisplayName("Safariと同じWebKitで、リンクからコード、閲覧、同意、締結した契約書の受取りまで進める")
  void concludesInTheEngineOfSafari() throws Exception {
    var installed = WebKit.installed();
    assumeTrue(installed.isPresent(), "no WebKit is installed: the pages were not walked in it");
    try (var service = ServiceProcess.start(Project.root(), folder.resolve("home"), 0);
        var browser = WebKit.start(installed.get(), folder)) {
      assertThat(browser.name()).contains("AppleWebKit", "Safari").doesNotContain("Chrome");
      var inbox = new Inbox(service.home().resolve("mail"));
      var walk = new Walk(service.address(), inbox, (_, _, _) -> {});
      var pdf = folder.resolve("contract.pdf");
      Files.write(pdf, new Visitor(service.address()).download("/trial/samples/2"));
      var clerk = walk.signIn("hanako");
      var sent = walk.send(clerk, pdf, TITLE, MAIL);

      browser.open(inbox.await(MAIL, TITLE, PATIENCE).link());
      met(browser, "1-landing");
      browser.press("文書を確認する");
      browser.awaitAddress("/code");
      met(browser, "2-code");
      browser.fill("code", sent.code());
      browser.press("文書を開く");
      browser.awaitAddress("/read");
      browser.scrollToEnd();
      met(browser, "3-read");
      browser.press("同意の確認へ進む");
      browser.awaitAddress("/confirm");
      met(browser, "4-confirm");
      // Without the tick nothing happens, and the page says what is missing.
      browser.press("同意して署名する");
      assertThat(browser.address()).doesNotContain("/done");
      browser.tick("authority");
      browser.press("同意して署名する");
      browser.awaitAddress("/done");
      met(browser, "5-agreed");

      walk.sign(walk.signIn("taro"), sent.id(), PATIENCE);
      walk.awaitConclusion(clerk, sent.id(), PATIENCE);
      browser.open(inbox.await(MAIL, "締結", PATIENCE).link());
      met(browser, "6-letter");
      browser.press("契約書");
      // Another letter's link, and the code that goes with it again.
      browser.awaitAddress("/code");
      browser.fill("code", sent.code());
      browser.press("文書を開く");
      browser.awaitText("契約を締結しました");
      met(browser, "7-concluded");
    }
  }

  private void met(WebKit browser, String name) throws Exception {
    browser.shoot(screens.resolve(name + ".png"));
    assertThat(browser.fits()).as("%s fits on a phone", name).isTrue();
  }
}
