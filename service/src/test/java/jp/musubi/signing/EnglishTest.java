package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Contracts;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The counterparty's pages in English, each of them. */
@SigningTest
@DisplayName("相手方の画面を英語で")
class EnglishTest {
  private static final Pattern KANA = Pattern.compile("[\\p{IsHiragana}\\p{IsKatakana}]");

  @LocalServerPort private int port;
  @Autowired private SentContract contracts;
  @Autowired private Contracts steps;

  private TestBody body;
  private Browser browser;

  @BeforeEach
  void open() {
    body = TestBody.create("x");
    browser = new Browser("http://localhost:" + port);
  }

  @Test
  @DisplayName("リンクから締結済まで、かなのない英語の画面で進み、効力のある日本語の文言と訳文が記録に残る")
  void leadsFromTheLinkToTheConcludedFile() throws SQLException {
    var sent = contracts.send(body, Optional.of("48213975"));
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    assertThat(browser.get(link).html().select("html").attr("lang")).isEqualTo("ja");
    var landing = english(browser.get(link + "?lang=en"), "Please read and sign a contract");
    assertThat(landing.uri().getQuery()).isNull();
    var code = english(browser.submit(landing, link, Map.of()), "Enter your access code");
    var wrong =
        english(browser.submit(code, "/code", Map.of("code", "1")), "Enter your access code");
    assertThat(wrong.text()).contains("You can try 4 more times");
    var read = browser.submit(code, "/code", Map.of("code", "48213975"));
    var path = read.uri().getPath().replace("/read", "");
    english(read, "市道1024号線 舗装修繕工事");
    english(browser.get(path + "/confirm"), "市道1024号線 舗装修繕工事");
    english(browser.get(path + "/read/1"), "Page 1 of 3");
    for (var way : List.of("decline", "return", "delegation")) {
      var form = browser.get(path + "/" + way);
      english(form, form.h1());
      english(browser.submit(form, "/" + way, Map.of()), form.h1());
    }
    browser.getWithImages(path + "/read");

    var confirm = english(browser.get(path + "/confirm"), "Do you agree to this?");
    assertThat(confirm.html().select("main [lang=ja]").text())
        .contains("株式会社 見本建設 代表取締役 例田 一郎 として、次の契約に同意し、電子署名を付与します。")
        .contains("同意して署名する");
    assertThat(confirm.html().text()).contains("JPY 12,980,000", "7 December 2026");
    english(browser.submit(confirm, "/agreement", Map.of()), "Do you agree to this?");
    var done =
        english(
            browser.submit(confirm, "/agreement", Map.of("authority", "true")),
            "We have received your agreement");
    assertThat(done.html().text()).contains("Receipt number", "Japan time");

    var manner = agreements(sent).get(1).manner();
    assertThat(manner.consentText())
        .startsWith("株式会社 見本建設 代表取締役 例田 一郎 として、次の契約に同意し、電子署名を付与します。\n")
        .endsWith("\nAgree and sign");
    assertThat(details(sent))
        .contains("\"language\":\"en\"")
        .contains(
            Sha256.of(manner.consentText().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hex());

    contracts.seal(body, sent.id(), 1);
    contracts.conclude(sent);
    english(browser.get(link), "Your concluded contract is here");
    english(browser.get(path + "/done"), "The contract is concluded");
  }

  @Test
  @DisplayName("開けないリンクも、終わった契約も、見つからないページも、英語で説明する")
  void explainsWhatDoesNotOpen() {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var shut = english(browser.get(link + "x?lang=en"), "This link cannot be opened");
    english(browser.submit(shut, "/fresh", Map.of()), "Received");
    english(browser.get("/s/000000/x/y"), "This link cannot be opened");
    english(browser.get("/s/000000/x/y/z/nothing"), "Page not found");
    english(browser.get("/help"), "How it works");
    english(browser.get("/accessibility"), "Accessibility");
    assertThat(browser.get("/signin").html().select("html").attr("lang")).isEqualTo("ja");

    var read = browser.submit(browser.get(link), link, Map.of());
    var path = read.uri().getPath().replace("/read", "");
    var form = browser.get(path + "/decline");
    english(
        browser.submit(form, "/decline", Map.of("reason", "We cannot keep the period.")),
        "You have declined");
  }

  @Test
  @DisplayName("別の窓で言語を替えたあとの古いフォームでは、見せていない文言に同意したことにならない")
  void takesNoAgreementToOtherWords() {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var path =
        browser.submit(browser.get(link), link, Map.of()).uri().getPath().replace("/read", "");
    browser.getWithImages(path + "/read");
    var confirm = browser.get(path + "/confirm");
    browser.get(path + "/read?lang=en");

    var answer = browser.submit(confirm, "/agreement", Map.of("authority", "true"));

    assertThat(answer.html().text()).contains("Your agreement has not been recorded yet");
    assertThat(agreements(sent)).hasSize(1);
    var anew = browser.submit(answer, "/agreement", Map.of("authority", "true"));
    assertThat(anew.h1()).isEqualTo("We have received your agreement");
  }

  @Test
  @DisplayName("文字を大きくしても、言語は変わらず、画面も変わらない")
  void growsTheLetters() {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    browser.get(link + "?lang=en");
    var large = english(browser.get(link + "?letters=large"), "Please read and sign a contract");
    assertThat(large.html().select("html").attr("data-letters")).isEqualTo("large");
    var normal = browser.get(large.html().select(".musubi-reading a").get(1).attr("href"));
    assertThat(normal.html().select("html").hasAttr("data-letters")).isFalse();
    var japanese = browser.get(normal.html().select(".musubi-reading a").attr("href"));
    assertThat(japanese.h1()).isEqualTo("契約書の確認と署名のお願い");
    assertThat(japanese.uri().getPath()).isEqualTo(link);
  }

  /** The page is in English from the title to the footer, but for names and what is kept. */
  private static Browser.Page english(Browser.Page page, String heading) {
    var html = page.html();
    assertThat(html.select("html").attr("lang")).as(page.uri().toString()).isEqualTo("en");
    assertThat(page.h1()).isEqualTo(heading);
    html.select("[lang=ja], .musubi-page__text").remove();
    assertThat(html.text()).as(page.uri().toString()).doesNotContainPattern(KANA);
    for (var attribute : List.of("alt", "aria-label", "placeholder", "title")) {
      html.select("[" + attribute + "]")
          .forEach(element ->
              assertThat(element.attr(attribute))
                  .as(element.toString())
                  .doesNotContainPattern(KANA));
    }
    return page;
  }

  private List<Agreement> agreements(SentContract.Sent sent) {
    return contracts.in(sent.body(), () -> steps.agreements(sent.id()));
  }

  private static String details(SentContract.Sent sent) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select entry from audit_entry where action = 'link.wording-agreed'"
                    + " and contract_id = '%s'".formatted(sent.id()))) {
      rows.next();
      return rows.getString(1);
    }
  }
}
