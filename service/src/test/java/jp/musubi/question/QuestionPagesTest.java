package jp.musubi.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.TestRound;
import jp.musubi.contract.Contracts;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("質問の画面（職員）")
class QuestionPagesTest {
  private static final String ASKED = "第3条の検査は、いつ行われますか。\n<b>二行目</b>";

  @Autowired MockMvc mvc;
  @Autowired Questions questions;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired AuditTrail audit;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;
  @Autowired Clock clock;

  private TestBody body;
  private TestRound round;
  private String path;

  @BeforeEach
  void aContractAtItsCounterparty() {
    body = TestBody.create("-");
    round = TestRound.begin(body, vault, contracts, clock.instant().plusSeconds(20L * 24 * 3600));
    path = "/contracts/" + round.id();
  }

  @Test
  @DisplayName("質問はメールで担当者に届き、契約の画面に出て、答えると相手方に新しいリンクなしで届く")
  void areAnsweredOnce() throws Exception {
    assertThat(page(path, body.clerk()).select("a[href=" + path + "/questions]")).isEmpty();
    assertThat(ask(ASKED)).isEmpty();
    assertThat(letters("hanako@joumou.example"))
        .filteredOn(letter -> letter.contains("質問がありました"))
        .singleElement()
        .satisfies(letter -> assertThat(letter).contains("第3条の検査", "例田 一郎"));
    assertThat(page(path, body.clerk()).select("section[data-type=warning]").text())
        .contains("回答を待っている質問が1件");
    var list = page(path + "/questions", body.viewer());
    assertThat(list.select(".musubi-page__text").text()).contains("<b>二行目</b>");
    assertThat(list.select("main b")).isEmpty();

    var asked = in(() -> questions.of(round.id())).getFirst();
    var at = path + "/questions/" + asked.id();
    var key = UUID.randomUUID().toString();
    assertThat(page(at, body.clerk()).select("textarea[name=answer]")).hasSize(1);
    answer(at, body.clerk(), key, "   ").andExpect(status().isUnprocessableContent());
    answer(at, body.clerk(), key, "x".repeat(2001)).andExpect(status().isUnprocessableContent());
    answer(at, body.viewer(), key, "だめ").andExpect(status().isForbidden());
    answer(at, body.clerk(), key, "引渡しの後14日以内です。").andExpect(redirectedUrl(path + "/questions"));
    answer(at, body.clerk(), key, "引渡しの後14日以内です。").andExpect(redirectedUrl(path + "/questions"));
    answer(at, body.clerk(), UUID.randomUUID().toString(), "別の答え")
        .andExpect(redirectedUrl(path + "/questions"));

    assertThat(letters(round.mail()))
        .filteredOn(letter -> letter.contains("ご質問への回答"))
        .singleElement()
        .satisfies(letter ->
            assertThat(letter)
                .contains("第3条の検査", "引渡しの後14日以内です。", "先にお送りしたリンク")
                .doesNotContain("{link:"));
    assertThat(page(path + "/questions", body.clerk()).text())
        .contains("引渡しの後14日以内です。")
        .doesNotContain("別の答え");
    assertThat(page(path, body.clerk()).select("section[data-type=warning]").text())
        .doesNotContain("回答を待っている");
  }

  @Test
  @DisplayName("所属の共有メールがあれば、質問はそこにも届き、誰がサインインして答えたかは個人で残る")
  void reachTheMailboxOfTheSection() throws Exception {
    var shared = "douro-%s@joumou.example".formatted(body.code());
    TestPeople.run("update section_term set mail = ? where section_id = ?", shared, body.section());
    ask(ASKED);
    assertThat(letters(shared))
        .singleElement()
        .satisfies(letter -> assertThat(letter).contains("質問がありました", "第3条の検査"));
    var asked = in(() -> questions.of(round.id())).getFirst();
    answer(
        path + "/questions/" + asked.id(), body.clerk(), UUID.randomUUID().toString(), "検査は月末です。");
    assertThat(page(path + "/questions", body.clerk()).text()).contains("見本 花子", "検査は月末です。");
  }

  @Test
  @DisplayName("監査記録に残るのは、質問と回答があったことだけで、言葉は残らない")
  void leaveTheirWordsOutOfTheRecord() throws Exception {
    ask(ASKED);
    var asked = in(() -> questions.of(round.id())).getFirst();
    answer(
        path + "/questions/" + asked.id(),
        body.clerk(),
        UUID.randomUUID().toString(),
        "引渡しの後14日以内です。");
    var entries =
        in(() ->
            jdbc.sql("select entry::text from audit_entry where action like 'question.%'")
                .query(String.class)
                .list());
    assertThat(entries).hasSize(2).noneMatch(entry -> entry.contains("第3条"));
    assertThat(entries).noneMatch(entry -> entry.contains("14日"));
    assertThat(in(() -> audit.firstBreak(List.of()))).isEmpty();
  }

  @Test
  @DisplayName("ほかの団体、ほかの契約の質問は見えず、答えられない")
  void areOfTheirContractOnly() throws Exception {
    ask(ASKED);
    var asked = in(() -> questions.of(round.id())).getFirst();
    var other = TestBody.create("-");
    mvc.perform(get(path + "/questions/" + asked.id()).with(TestPeople.as(other, other.clerk())))
        .andExpect(status().isNotFound());
    var draft = jp.musubi.TestContract.draft(body, vault);
    answer(
            "/contracts/" + draft.id() + "/questions/" + asked.id(),
            body.clerk(),
            UUID.randomUUID().toString(),
            "答え")
        .andExpect(status().isNotFound());
  }

  @Test
  @DisplayName("続けて送れるのは5件まで。契約が終われば、もう受け付けない")
  void areNotWithoutEnd() {
    for (var i = 0; i < 5; i++) {
      assertThat(ask("質問" + i)).isEmpty();
    }
    assertThat(ask("質問5")).contains(Questions.Refused.MANY_LATELY);
    assertThat(in(() -> questions.of(round.id()))).hasSize(5);
    in(() ->
        contracts.withdraw(
            round.id(),
            "誤り",
            new Actor(Actor.Kind.STAFF, body.clerk().toString(), "見本 花子"),
            new jp.musubi.contract.Agreement.Manner("PASSWORD", "L1", "取消", "192.0.2.1", "t")));
    assertThat(ask("まだ？")).contains(Questions.Refused.OVER);
  }

  @Test
  @DisplayName("同じ質問を二度送っても一件")
  void countOnce() {
    var key = UUID.randomUUID().toString();
    assertThat(ask(key, "同じ")).isEmpty();
    assertThat(ask(key, "同じ")).isEmpty();
    assertThat(in(() -> questions.of(round.id()))).hasSize(1);
  }

  private Optional<Questions.Refused> ask(String words) {
    return ask(UUID.randomUUID().toString(), words);
  }

  private Optional<Questions.Refused> ask(String key, String words) {
    var party = round.counterparty();
    return Tenancy.in(
        body.id(),
        () ->
            questions.ask(
                round.id(),
                party,
                key,
                words,
                new Actor(Actor.Kind.COUNTERPARTY, party.id().toString(), party.signature()),
                "192.0.2.9"));
  }

  private ResultActions answer(String at, UUID who, String key, String words) throws Exception {
    return mvc.perform(
        post(at)
            .with(csrf())
            .with(TestPeople.as(body, who))
            .param("idempotencyKey", key)
            .param("answer", words));
  }

  private List<String> letters(String recipient) {
    return in(() ->
        jdbc.sql("select subject || E'\\n' || body from mail where recipient = :to")
            .param("to", recipient)
            .query(String.class)
            .list());
  }

  private Document page(String at, UUID reader) throws Exception {
    return Jsoup.parse(
        mvc.perform(get(at).with(TestPeople.as(body, reader)))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8));
  }

  private <T> T in(Supplier<T> work) {
    return Tenancy.in(body.id(), () -> transactions.execute(_ -> work.get()));
  }
}
