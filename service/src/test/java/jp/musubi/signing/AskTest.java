package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.TestBody;
import jp.musubi.evidence.Actor;
import jp.musubi.question.Questions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@SigningTest
@DisplayName("質問の画面（相手方）")
class AskTest {
  @LocalServerPort private int port;
  @Autowired private SentContract contracts;
  @Autowired private Questions questions;

  private TestBody body;
  private Browser browser;

  @BeforeEach
  void open() {
    body = TestBody.create("x");
    browser = new Browser("http://localhost:" + port);
  }

  @Test
  @DisplayName("読む画面から質問でき、回答は同じリンクの画面に出て、契約は変わらない")
  void takesAQuestionAndShowsTheAnswer() {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var read = browser.submit(browser.get(link), link, Map.of());
    var page = browser.get(read.html().select("a[href$=/question]").attr("abs:href"));
    assertThat(page.h1()).isEqualTo("質問する");

    var empty = browser.submit(page, "/question", Map.of("question", "  "));
    assertThat(empty.status()).isEqualTo(422);
    var tooLong = browser.submit(page, "/question", Map.of("question", "あ".repeat(2001)));
    assertThat(tooLong.status()).isEqualTo(422);
    assertThat(tooLong.text()).contains("あああ");
    var taken = browser.submit(page, "/question", Map.of("question", "検査は<i>いつ</i>ですか。"));
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.text()).contains("質問を送りました", "検査は&lt;i&gt;いつ", "回答をお待ちください");
    browser.submit(page, "/question", Map.of("question", "検査は<i>いつ</i>ですか。"));

    var asked = contracts.in(body, () -> questions.of(sent.id()));
    assertThat(asked).hasSize(1);
    contracts.in(
        body,
        () -> {
          questions.answer(
              sent.id(),
              asked.getFirst().id(),
              UUID.randomUUID().toString(),
              "14日以内です。",
              new Actor(Actor.Kind.STAFF, body.clerk().toString(), "見本 花子"),
              "192.0.2.1");
          return true;
        });
    assertThat(Mailbox.await(sent.mail(), 2))
        .filteredOn(mail -> mail.subject().contains("ご質問への回答"))
        .singleElement()
        .satisfies(mail ->
            assertThat(mail.text()).contains("14日以内です。").doesNotContain("/s/" + body.code()));
    assertThat(browser.get(page.uri().getPath()).text()).contains("14日以内です。", "見本 花子");
    assertThat(contracts.particulars(sent).state()).isEqualTo("AWAITING_AGREEMENTS");
  }

  @Test
  @DisplayName("続けて5件を超えると、入力を残したまま、電話をすすめる。入っていない人には開かない")
  void isNotWithoutEnd() {
    var sent = contracts.send(body, Optional.empty());
    var link = Mailbox.await(sent.mail(), 1).getFirst().link();
    var base = link.substring(0, link.lastIndexOf('/'));
    assertThat(browser.get(base + "/question").status()).isEqualTo(403);
    browser.submit(browser.get(link), link, Map.of());
    for (var i = 0; i < 5; i++) {
      var page = browser.get(base + "/question");
      assertThat(browser.submit(page, "/question", Map.of("question", "質問" + i)).status())
          .isEqualTo(200);
    }
    var refused =
        browser.submit(browser.get(base + "/question"), "/question", Map.of("question", "もう一つ"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("1時間に送れる質問は5件まで", "もう一つ");
    contracts.agree(sent);
    assertThat(browser.get(base + "/done").html().select("a[href$=/question]")).hasSize(1);
    contracts.conclude(sent);
    assertThat(browser.get(base + "/question").uri().getPath()).endsWith("/done");
  }
}
