package jp.musubi.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.TestRound;
import jp.musubi.contract.Contracts;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("このメールは本物ですか")
class GenuineMailTest {
  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;
  @Autowired Clock clock;

  private TestBody body;

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
  }

  @Test
  @DisplayName("だれでも開けて、差出人のアドレス、リンクの行き先、尋ねないこと、使っている団体が分かる")
  void explainsHowToTell() throws Exception {
    var page =
        page(
            mvc.perform(get("/mail"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8));
    assertThat(page.text())
        .contains("no-reply@musubi.example", "keiyaku.musubi.example", "パスワードや暗証番号", "上毛市");
    assertThat(page.select("input[type=password]")).isEmpty();
  }

  @Test
  @DisplayName("文書番号とアドレスの両方が合うときだけ、団体と送った日を答え、ほかはみな同じ答え")
  void answersOnlyWhoHasBoth() throws Exception {
    var round =
        TestRound.begin(body, vault, contracts, clock.instant().plusSeconds(20L * 24 * 3600));
    var number = round.particulars(contracts).number();
    awaitSent(round.mail());
    var right = ask(body, number, round.mail(), HttpStatus.OK);
    assertThat(banner(right))
        .contains("上毛市は、その契約を送っています", number, JapaneseDates.date(clock.instant()));
    assertThat(right.text()).doesNotContain("市道1024号線", "例田");
    assertThat(banner(ask(body, number, round.mail().toUpperCase(Locale.ROOT), HttpStatus.OK)))
        .contains("送っています");

    var wrong = banner(ask(body, "R8-999999", round.mail(), HttpStatus.OK));
    assertThat(wrong).contains("見つかりません");
    assertThat(banner(ask(body, number, "other@kensetsu.example", HttpStatus.OK))).isEqualTo(wrong);
    // The clerk hears of the contract too, but is not whom it was sent to.
    assertThat(banner(ask(body, number, "hanako@joumou.example", HttpStatus.OK))).isEqualTo(wrong);
    var draft = jp.musubi.TestContract.draft(body, vault);
    var unsent = Tenancy.in(body.id(), () -> contracts.get(draft.id()));
    assertThat(
            banner(
                ask(
                    body,
                    unsent.number(),
                    String.valueOf(unsent.parties().get(1).mail()),
                    HttpStatus.OK)))
        .isEqualTo(wrong);
    var other = TestBody.create("-");
    assertThat(banner(ask(other, number, round.mail(), HttpStatus.OK))).isEqualTo(wrong);
  }

  @Test
  @DisplayName("一つのところから一時間に10回まで。入力の誤りは項目のそばで言う")
  void isNotToBeGuessedAt() throws Exception {
    ask(body, "", "x", HttpStatus.UNPROCESSABLE_CONTENT);
    for (var i = 0; i < 10; i++) {
      ask(body, "R8-00000" + i, "a@b.example", HttpStatus.OK);
    }
    assertThat(banner(ask(body, "R8-000001", "a@b.example", HttpStatus.TOO_MANY_REQUESTS)))
        .contains("しばらく待って");
    mvc.perform(request(body, "R8-000001", "a@b.example").with(from("198.51.100.9")))
        .andExpect(status().isOk());
    TestPeople.run(
        "update mail_inquiry set asked_at = now() - interval '61 minutes' where tenant_id = ?",
        body.id().value());
    ask(body, "R8-000001", "a@b.example", HttpStatus.OK);
    TestPeople.run(
        "update mail_inquiry set asked_at = now() - interval '25 hours' where tenant_id = ?",
        body.id().value());
    ask(body, "R8-000001", "a@b.example", HttpStatus.OK);
    assertThat(rows()).isEqualTo(1);
  }

  private Document ask(TestBody of, String number, String recipient, HttpStatus expected)
      throws Exception {
    return page(
        mvc.perform(request(of, number, recipient))
            .andExpect(status().is(expected.value()))
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8));
  }

  private static org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder request(
      TestBody of, String number, String recipient) {
    return post("/mail")
        .with(csrf())
        .param("body", of.code())
        .param("number", number)
        .param("recipient", recipient);
  }

  private static RequestPostProcessor from(String address) {
    return request -> {
      request.setRemoteAddr(address);
      return request;
    };
  }

  private void awaitSent(String recipient) throws InterruptedException {
    for (var i = 0; i < 300; i++) {
      if (count(
              "select count(*) from mail where recipient = '%s' and sent_at is not null"
                  .formatted(recipient))
          > 0) {
        return;
      }
      // A job hands letters to the mail server.
      Thread.sleep(100);
    }
    throw new AssertionError("no letter went to " + recipient);
  }

  private long rows() {
    return count("select count(*) from mail_inquiry");
  }

  private long count(String sql) {
    return Tenancy.in(
        body.id(), () -> transactions.execute(_ -> jdbc.sql(sql).query(Long.class).single()));
  }

  private static String banner(Document page) {
    return page.select("section[role=status]").text();
  }

  private static Document page(String html) {
    return Jsoup.parse(html);
  }
}
