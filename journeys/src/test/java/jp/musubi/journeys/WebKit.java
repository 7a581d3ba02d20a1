package jp.musubi.journeys;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.MutableCapabilities;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.remote.RemoteWebDriver;

/**
 * The engine of Safari as the distribution has it (WebKitGTK), in a small browser before a screen
 * that nobody sees.
 */
final class WebKit implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PHONE_WIDTH = 390;
  private static final int PHONE_HEIGHT = 844;

  private final Process screen;
  private final Process service;
  private final RemoteWebDriver driver;

  private WebKit(Process screen, Process service, RemoteWebDriver driver) {
    this.screen = screen;
    this.service = service;
    this.driver = driver;
  }

  /** Where its browser is installed, if it is, with what drives it and a screen. */
  static Optional<Path> installed() throws IOException {
    if (!Project.has("WebKitWebDriver") || !Project.has("Xvfb")) {
      return Optional.empty();
    }
    try (var libraries =
        Files.find(
            Path.of("/usr/lib"),
            4,
            (path, _) -> path.getFileName().toString().equals("MiniBrowser"))) {
      return libraries.filter(Files::isExecutable).sorted().reduce((_, newer) -> newer);
    }
  }

  /** Starts it, as wide as a phone. */
  static WebKit start(Path browser, Path folder) throws IOException, InterruptedException {
    var number = folder.resolve("display");
    var screen =
        new ProcessBuilder(
                "Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp")
            .redirectOutput(number.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    await(() -> Files.readString(number).endsWith("\n"));
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var log = folder.resolve("webkit.log").toFile();
    var command = new ProcessBuilder("WebKitWebDriver", "--port=" + port);
    command.environment().put("DISPLAY", ":" + Files.readString(number).strip());
    command.environment().put("HOME", folder.toString());
    // There is no graphics card behind that screen.
    command.environment().put("LIBGL_ALWAYS_SOFTWARE", "1");
    command.environment().put("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
    var service = command.redirectErrorStream(true).redirectOutput(log).start();
    await(() -> isListening(port));
    var wanted = new MutableCapabilities();
    wanted.setCapability("browserName", "MiniBrowser");
    wanted.setCapability(
        "webkitgtk:browserOptions",
        Map.of("binary", browser.toString(), "args", List.of("--automation")));
    var driver = new RemoteWebDriver(URI.create("http://127.0.0.1:" + port).toURL(), wanted);
    driver.manage().window().setSize(new Dimension(PHONE_WIDTH, PHONE_HEIGHT));
    return new WebKit(screen, service, driver);
  }

  /** What it calls itself. */
  String name() {
    return String.valueOf(driver.executeScript("return navigator.userAgent"));
  }

  void open(String address) {
    driver.get(address);
  }

  String address() {
    return String.valueOf(driver.getCurrentUrl());
  }

  /** What stands on the page. */
  String text() {
    return driver.findElement(By.tagName("main")).getText();
  }

  void fill(String name, String words) {
    driver.findElement(By.name(name)).sendKeys(words);
  }

  void tick(String name) {
    var box = driver.findElement(By.name(name));
    driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", box);
    box.click();
  }

  /** Presses the button, or follows the link, that says so. */
  void press(String words) {
    var found =
        Stream.of("main button", "main a")
            .flatMap(kind -> driver.findElements(By.cssSelector(kind)).stream())
            .filter(each -> each.isDisplayed() && each.getText().contains(words))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("nothing says " + words + ": " + text()));
    driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", found);
    found.click();
  }

  /** Goes to the end of the page, and waits until all pictures on it are there. */
  void scrollToEnd() throws IOException, InterruptedException {
    for (WebElement picture : driver.findElements(By.cssSelector("main img"))) {
      driver.executeScript("arguments[0].scrollIntoView()", picture);
      await(() ->
          Boolean.TRUE.equals(
              driver.executeScript(
                  "return arguments[0].complete && arguments[0].naturalWidth > 0", picture)));
    }
    driver.executeScript("window.scrollTo(0, document.body.scrollHeight)");
  }

  /** Waits until the address has this in it. */
  void awaitAddress(String part) throws IOException, InterruptedException {
    await(() -> address().contains(part));
  }

  /** Waits until the page says so. */
  void awaitText(String words) throws IOException, InterruptedException {
    try {
      await(() -> text().contains(words));
    } catch (IllegalStateException e) {
      throw new IllegalStateException(address() + " says " + text(), e);
    }
  }

  /** Whether nothing stands out of the screen to the right. */
  boolean fits() {
    return Boolean.TRUE.equals(
        driver.executeScript(
            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
  }

  void shoot(Path picture) throws IOException {
    Files.createDirectories(picture.getParent());
    Files.write(picture, driver.getScreenshotAs(OutputType.BYTES));
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException, InterruptedException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("WebKit did not get there within " + PATIENCE);
      }
      // Nothing announces it.
      Thread.sleep(50);
    }
  }

  private static boolean isListening(int port) {
    try (var _ = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      // Not yet.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      driver.quit();
    } finally {
      for (var process : List.of(service, screen)) {
        process.destroy();
        try {
          process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
      }
    }
  }
}
