package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jp.musubi.TestBody;
import jp.musubi.contract.Identification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Takes the pictures a person looks at: every page of the counterparty, on a phone and a desk. */
@SigningTest
@DisplayName("相手方の画面の写真")
@EnabledIf("hasChromium")
class PicturesTest {
  private static final Path PICTURES = Path.of("target", "pictures", "signing");
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  @LocalServerPort private int port;
  @Autowired private SentContract contracts;

  private Browser browser;
  private HttpServer stage;

  static boolean hasChromium() {
    return Files.isExecutable(CHROMIUM);
  }

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(PICTURES);
    browser = new Browser("http://localhost:" + port);
    stage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stage.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    stage.createContext("/", this::forward);
    stage.start();
  }

  @AfterEach
  void close() {
    stage.stop(0);
  }

  @Test
  @DisplayName("案内から締結済まで")
  void showsEveryPage() throws Exception {
    var body = TestBody.create("x");
    var sent = contracts.send(body, Optional.of("48213975"));
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    take("1-landing", link);
    take("1-unknown", link + "x");
    var code = browser.submit(browser.get(link), link, Map.of());
    var path = code.uri().getPath().replace("/code", "");
    take("2-code", path + "/code");
    browser.submit(code, "/code", Map.of("code", "48213975"));
    browser.get(path + "/pages/1.png");
    take("3-missing", browser.get(path + "/confirm").uri().getPath() + "?missing");
    take("3-read", path + "/read");
    take("3-text", path + "/read/1");
    browser.getWithImages(path + "/read");
    take("4-confirm", path + "/confirm");
    take("4-decline", path + "/decline");
    var confirm = browser.get(path + "/confirm");
    browser.submit(confirm, "/agreement", Map.of("authority", "true"));
    take("5-done", path + "/done");
    contracts.seal(body, sent.id(), 1);
    contracts.conclude(sent);
    take("6-landing", link);
    take("6-concluded", path + "/done");
  }

  @Test
  @DisplayName("確認番号を求めるとき")
  void showsWhatAsksForANumber() throws Exception {
    var body = TestBody.create("x");
    var sent =
        contracts.send(body, new Identification(Identification.Way.SMS_CODE, "+819000005678"));
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var code = browser.submit(browser.get(link), link, Map.of());
    take("2-number", code.uri().getPath());
    browser.submit(code, "/code/number", Map.of());
    take("2-number-sent", code.uri().getPath());
  }

  private void take(String name, String path) throws Exception {
    for (var width : List.of(390, 1280)) {
      var file = PICTURES.resolve(name + "-" + width + ".png");
      Files.deleteIfExists(file);
      var chromium =
          new ProcessBuilder(
                  CHROMIUM.toString(),
                  "--headless=new",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--hide-scrollbars",
                  "--no-first-run",
                  "--disable-component-update",
                  "--disable-sync",
                  "--virtual-time-budget=6000",
                  "--user-data-dir=" + Files.createTempDirectory("musubi-picture"),
                  "--window-size=" + width + "," + (width == 390 ? 1500 : 1300),
                  "--screenshot=" + file.toAbsolutePath(),
                  "http://localhost:" + stage.getAddress().getPort() + path)
              .redirectErrorStream(true)
              .redirectOutput(PICTURES.resolve(name + ".log").toFile())
              .start();
      assertThat(chromium.waitFor(90, TimeUnit.SECONDS)).isTrue();
      assertThat(file).isNotEmptyFile();
    }
  }

  /** Lends the test browser's cookies to Chromium. */
  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      var page = browser.get(exchange.getRequestURI().toString());
      page.response()
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      page.response()
          .headers()
          .firstValue("Content-Security-Policy")
          .ifPresent(
              policy -> exchange.getResponseHeaders().set("Content-Security-Policy", policy));
      var bytes = page.response().body();
      exchange.sendResponseHeaders(page.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
