package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@SigningTest
@DisplayName("模擬締結")
class PracticeTest {
  @LocalServerPort private int port;
  @Autowired private SentContract contracts;

  @Test
  @DisplayName("誰でも、本番と同じ画面で最後まで練習でき、どの画面にも練習と書いてあり、何も残らない")
  void leadsThroughTheRealPagesAndLeavesNothing() throws SQLException {
    var browser = new Browser("http://localhost:" + port);
    var before = rows();
    var start = practice(browser.get("/practice"), "模擬締結（練習）");
    var landing =
        practice(
            browser.get(start.html().select("main a[href$=/link]").attr("href")), "契約書の確認と署名のお願い");
    var read = practice(browser.submit(landing, "/practice/link", Map.of()), "【練習】市道1024号線 舗装修繕工事");
    var images = read.html().select("main img[src]");
    assertThat(images).hasSize(2);
    for (var image : images) {
      assertThat(browser.get(image.absUrl("src")).status()).isEqualTo(200);
    }
    practice(browser.get("/practice/read/2"), "2ページ中 2ページ目");
    var confirm = practice(browser.get("/practice/confirm"), "この内容で同意しますか");
    var unticked = practice(browser.submit(confirm, "/agreement", Map.of()), "この内容で同意しますか");
    assertThat(unticked.status()).isEqualTo(422);
    for (var other : List.of("decline", "return", "delegation")) {
      practice(browser.get("/practice/" + other), "この先は練習にありません");
    }
    var done =
        practice(browser.submit(confirm, "/agreement", Map.of("authority", "true")), "同意を受け付けました");
    var concluded = practice(next(browser, done), "契約を締結しました");
    var file = browser.get(concluded.html().select("main a[href$=/document]").attr("href"));
    assertThat(file.response().headers().firstValue("Content-Type")).contains("application/pdf");
    assertThat(new String(file.response().body(), 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("%PDF-");
    practice(browser.get("/practice/concluded/read"), "【練習】市道1024号線 舗装修繕工事");
    practice(browser.get("/practice/concluded/read/1"), "2ページ中 1ページ目");
    practice(next(browser, concluded), "署名された契約書の見え方");
    assertThat(browser.get("/practice/read/3").status()).isEqualTo(404);
    assertThat(browser.get("/practice/pages/0.png").status()).isEqualTo(404);

    assertThat(rows()).isEqualTo(before);
  }

  @Test
  @DisplayName("練習の画面は、本番の画面と同じひな形で、同じ見出し・ボタン・欄を持つ")
  void hasTheShapeOfTheRealPages() {
    var body = TestBody.create("x");
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var browser = new Browser("http://localhost:" + port);
    var landing = browser.get(link);
    assertThat(shape(browser.get("/practice/link"))).isEqualTo(shape(landing));
    var read = browser.submit(landing, link, Map.of());
    var path = read.uri().getPath().replace("/read", "");
    assertThat(shape(browser.get("/practice/read"))).isEqualTo(shape(read));
    browser.getWithImages(path + "/read");
    var confirm = browser.get(path + "/confirm");
    assertThat(shape(browser.get("/practice/confirm"))).isEqualTo(shape(confirm));
    var done = browser.submit(confirm, "/agreement", Map.of("authority", "true"));
    assertThat(shape(browser.get("/practice/done"))).isEqualTo(shape(done));
    contracts.seal(body, sent.id(), 1);
    contracts.conclude(sent);
    var concluded = shape(browser.get(path + "/done"));
    concluded.remove("締結証明書をダウンロード");
    assertThat(shape(browser.get("/practice/concluded"))).isEqualTo(concluded);
  }

  @Test
  @DisplayName("本番のメールと最初の画面から、練習へ行ける")
  void isOfferedWhereTheRealThingBegins() {
    var sent = contracts.send(TestBody.create("x"), Optional.empty());
    var mail = Mailbox.await(sent.mail(), 1).getFirst();
    assertThat(mail.text()).contains("http://localhost/practice", "in English");
    var landing = new Browser("http://localhost:" + port).get(mail.link());
    assertThat(landing.html().select("main a[href=/practice]")).hasSize(1);
  }

  private static Browser.Page practice(Browser.Page page, String heading) {
    assertThat(page.h1()).isEqualTo(heading);
    assertThat(page.html().select(".musubi-practice strong").text()).isEqualTo("練習");
    return page;
  }

  private static Browser.Page next(Browser browser, Browser.Page page) {
    return browser.get(page.html().select(".musubi-practice a").attr("href"));
  }

  /** What a person can press and fill in, in order. */
  private static List<String> shape(Browser.Page page) {
    var main = page.html().select("main");
    var shape = new ArrayList<String>();
    for (var element :
        main.select("a.dads-button, button, summary, input:not([type=hidden]), dt")) {
      shape.add(
          element.normalName().equals("input")
              ? element.attr("name")
              : element.text().replaceAll("SHA-256.*|文書 .*", ""));
    }
    return shape;
  }

  /** How many rows there are in everything that a visit could leave something in. */
  private static List<Long> rows() throws SQLException {
    var counts = new ArrayList<Long>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      for (var table : List.of("contract", "agreement", "link", "spring_session")) {
        try (var rows = statement.executeQuery("select count(*) from " + table)) {
          rows.next();
          counts.add(rows.getLong(1));
        }
      }
    }
    return counts;
  }
}
