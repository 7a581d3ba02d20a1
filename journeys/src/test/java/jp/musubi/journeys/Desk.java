package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What somebody does at a desk: comes in, presses, waits, and looks at what is there. */
final class Desk {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Desk() {}

  static void signIn(Page page, ServiceProcess service, String login) {
    signIn(page, service, "上毛市", login);
  }

  static void signIn(Page page, ServiceProcess service, String body, String login) {
    page.navigate(service.address().resolve("/signin").toString());
    page.locator("[name=body]").selectOption(new SelectOption().setLabel(body));
    page.locator("[name=login]").fill(login);
    page.locator("[name=password]").fill(Walk.PASSWORD);
    press(page, "サインインする");
  }

  static void press(Page page, String words) {
    page.locator("button", new Page.LocatorOptions().setHasText(words)).first().click();
  }

  static void await(Page page, String words) {
    page.locator("main", new Page.LocatorOptions().setHasText(words))
        .waitFor(new Locator.WaitForOptions().setTimeout(30_000));
  }

  /** Looks again until the page has the field: seals are made in the background. */
  static void awaitField(Page page, String name) throws InterruptedException {
    lookAgain(page, "a field " + name, () -> page.locator("[name=" + name + "]").count() > 0);
  }

  /** Looks again until the page says so: the last seals are made in the background. */
  static void awaitText(Page page, String words) throws InterruptedException {
    lookAgain(page, words, () -> page.locator("main").textContent().contains(words));
  }

  private static void lookAgain(Page page, String what, BooleanSupplier there)
      throws InterruptedException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!there.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError(
            "waited in vain for "
                + what
                + " on "
                + page.url()
                + ": "
                + page.locator("main").textContent());
      }
      // As often as somebody would who waits for it.
      Thread.sleep(200);
      page.reload();
    }
  }

  /** Gives the browser a device with passkeys: Chromium's own virtual one. */
  static void authenticator(Page page) {
    var devtools = page.context().newCDPSession(page);
    devtools.send("WebAuthn.enable");
    var options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    var request = new JsonObject();
    request.add("options", options);
    devtools.send("WebAuthn.addVirtualAuthenticator", request);
  }

  /** Takes a picture, and has axe find nothing serious. */
  static void met(Page page, Path screens, String name) {
    Browser.shoot(page, screens.resolve(name + ".png"));
    assertThat(serious(page)).as("accessibility of %s", name).isEmpty();
  }

  /** The rules of WCAG 2.2 AA that a page breaks, by axe, where it matters. */
  static List<String> serious(Page page) {
    return new AxeBuilder(page)
            // The other mode opens a page of its own each time, for frames of other origins: none
            // is
            // here, and it takes three times as long.
            .setLegacyMode(true)
            .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
            .analyze()
            .getViolations()
            .stream()
            .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
            .map(Rule::getId)
            .toList();
  }
}
