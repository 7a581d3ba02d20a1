package jp.musubi.journeys;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ViewportSize;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** The distribution's Chromium, headless, with a profile of its own that is gone afterwards. */
public final class Browser implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;
  private final Set<String> foreign = new ConcurrentSkipListSet<>();

  private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Where a browser is installed, if one is. */
  public static Optional<Path> installed() {
    return PLACES.stream().filter(Files::isExecutable).findFirst();
  }

  /** Starts it; one that dies over its first page, as happens once in a while, is started anew. */
  public static Browser start(Path executable) {
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      return new Browser(playwright, launch(playwright, executable));
    } catch (PlaywrightException e) {
      // For the record of the run: the browser is not what is tested.
      System.out.println("The browser did not come up, and is started again: " + e.getMessage());
      return new Browser(playwright, launch(playwright, executable));
    }
  }

  private static com.microsoft.playwright.Browser launch(Playwright playwright, Path executable) {
    var browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setHeadless(true)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            // All pages are of one site: a process for each would only be started.
                            "--process-per-site",
                            "--in-process-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    try (var page = browser.newPage()) {
      page.setContent("<p>むすび</p>");
      page.screenshot();
    }
    return browser;
  }

  /** Somebody at a PC. */
  public BrowserContext desktop() {
    return context(1280, 900);
  }

  /** Somebody with a phone. */
  public BrowserContext phone() {
    return context(390, 844);
  }

  /** Somebody with a small phone, whose browser asks for a language. */
  public BrowserContext phone(String locale) {
    return context(360, 740, locale);
  }

  /** Somebody at a PC whose browser runs no scripts. */
  public BrowserContext withoutScripts() {
    return browser.newContext(
        new com.microsoft.playwright.Browser.NewContextOptions().setJavaScriptEnabled(false));
  }

  private BrowserContext context(int width, int height) {
    return context(width, height, "ja-JP");
  }

  private BrowserContext context(int width, int height, String locale) {
    var context =
        browser.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(new ViewportSize(width, height))
                .setLocale(locale)
                .setAcceptDownloads(true));
    context.onRequest(request -> {
      var address = URI.create(request.url());
      if (address.getHost() != null && !address.getHost().equals("localhost")) {
        foreign.add(address.getHost());
      }
    });
    return context;
  }

  /** The hosts beside this machine that any page has asked for anything: there should be none. */
  public Set<String> foreign() {
    return Set.copyOf(foreign);
  }

  /** Takes a picture of the whole page. */
  public static void shoot(Page page, Path target) {
    page.screenshot(new Page.ScreenshotOptions().setPath(target).setFullPage(true));
  }

  /** Shows a page that a {@link Visitor} has reached, with the visitor's cookies, as a picture. */
  public void shoot(Visitor visitor, String address, boolean phone, Path target) {
    try (var context = phone ? phone() : desktop()) {
      context.addCookies(
          visitor.cookies().getCookieStore().getCookies().stream()
              .map(cookie ->
                  new Cookie(cookie.getName(), cookie.getValue())
                      .setDomain("localhost")
                      .setPath("/"))
              .toList());
      var page = context.newPage();
      page.navigate(address);
      shoot(page, target);
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
