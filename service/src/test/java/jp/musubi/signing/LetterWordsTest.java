package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.Optional;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.notification.LetterPart;
import jp.musubi.platform.Tenancy;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("通知の文面")
class LetterWordsTest {
  @Autowired MockMvc mvc;
  @Autowired AutowireCapableBeanFactory beans;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  private TestBody body;
  private UUID admin;
  private SentContract contracts;

  @BeforeEach
  void aBodyWithAnAdministrator() {
    body = TestBody.create("-");
    contracts = beans.createBean(SentContract.class);
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
  }

  @Test
  @DisplayName("差出人の名前、書き出し、結びの言葉が、見本にも届くメールにも入り、ほかの団体には入らない")
  void standsInTheLetterThatArrives() throws Exception {
    send(
            "SENDER_NAME", "上毛市 契約検査課",
            "INVITATION", "いつもお世話になっております。\r\n{0} 髙﨑と申します。",
            "CLOSING", "お問い合わせは平日8時30分から17時15分まで<b>")
        .andExpect(redirectedUrl("/settings/letters"));

    var sample = page("/settings/letters/samples/INVITATION").select(".musubi-page__text").text();
    var mail = Mailbox.await(contracts.send(body, Optional.empty()).mail(), 1).getFirst();
    var other = TestBody.create("-");
    var theirs = Mailbox.await(contracts.send(other, Optional.empty()).mail(), 1).getFirst();

    var opening = "いつもお世話になっております。\n{0} 髙﨑と申します。\n\n上毛市より、";
    assertThat(mail.text().replace("\r\n", "\n"))
        .contains(opening, "まで<b>\n\n-----")
        .containsPattern("https?://\\S+/s/");
    assertThat(sample.replace("\r\n", "\n"))
        .contains("いつもお世話になっております。", "（ここに相手方専用のリンクが入ります）", "まで<b>");
    assertThat(mail.from()).isEqualTo("上毛市 契約検査課");
    assertThat(theirs.text()).doesNotContain("髙﨑");
    assertThat(theirs.from()).isEqualTo("上毛市");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"SENDER_NAME", "CLOSING"},
      mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("どのメールの見本も、添えた言葉とともに見られる")
  void isSeenInASampleOfEachLetter(LetterPart part) throws Exception {
    send(part.name(), "書き出しの言葉です。", "CLOSING", "結びの言葉です。");
    assertThat(page("/settings/letters/samples/" + part).text())
        .contains("書き出しの言葉です。", "結びの言葉です。", "（見本）")
        .doesNotContain("??");
  }

  @ParameterizedTest
  @CsvSource({
    "INVITATION, 詳しくは https://example.jp/ を, リンクは書けません",
    "CLOSING, WWW.example.jp, リンクは書けません",
    "AGREED, {link:00000000-0000-0000-0000-000000000000}, リンクは書けません",
    "SENDER_NAME, 赤城町, 「上毛市」を含む名前",
    "SENDER_NAME, '上毛市\r\nBcc: a@example.jp', 改行や、目に見えない制御文字",
    "CLOSING, '1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n1', 20行まで"
  })
  @DisplayName("リンク、長すぎる言葉、団体を名乗らない差出人は断り、入力は残し、何も変えない")
  void isRefusedWithWhatToDo(String part, String words, String told) throws Exception {
    var refused = document(send(part, words).andExpect(status().isUnprocessableContent()));
    assertThat(refused.text()).contains(told);
    assertThat(refused.select("[name=" + part + "]").toString())
        .contains(words.strip().substring(0, 1));
    assertThat(stored()).isZero();
  }

  @Test
  @DisplayName("空にすると元に戻り、変わったところだけが記録に残る")
  void goesBackToOurs() throws Exception {
    send("CLOSING", "結びの言葉です。");
    send("CLOSING", "結びの言葉です。");
    send("CLOSING", "");
    assertThat(stored()).isZero();
    assertThat(page("/settings/letters").text()).contains("添えません");
    assertThat(count("select count(*) from audit_entry where action = 'settings.letters-changed'"))
        .isEqualTo(2);
    mvc.perform(get("/settings/letters/samples/CLOSING").with(TestPeople.as(body, admin)))
        .andExpect(status().isNotFound());
  }

  private ResultActions send(String... pairs) throws Exception {
    var request = post("/settings/letters/change").with(csrf()).with(TestPeople.as(body, admin));
    for (var i = 0; i < pairs.length; i += 2) {
      request.param(pairs[i], pairs[i + 1]);
    }
    return mvc.perform(request);
  }

  private Document page(String path) throws Exception {
    return document(
        mvc.perform(get(path).with(TestPeople.as(body, admin))).andExpect(status().isOk()));
  }

  private static Document document(ResultActions result) throws Exception {
    return Jsoup.parse(
        result
            .andReturn()
            .getResponse()
            .getContentAsString(java.nio.charset.StandardCharsets.UTF_8));
  }

  private int stored() {
    return count("select count(*) from letter_words");
  }

  private int count(String sql) {
    Integer rows =
        Tenancy.in(
            body.id(), () -> transaction.execute(_ -> jdbc.sql(sql).query(Integer.class).single()));
    return rows;
  }
}
