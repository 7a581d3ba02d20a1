package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.contract.CouncilVote;
import jp.musubi.contract.CouncilVotes;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("仮契約と議会の議決")
class CouncilVoteTest {
  @Autowired MockMvc mvc;
  @Autowired CouncilVotes votes;
  @Autowired AuditTrail audit;
  @Autowired Vault vault;

  private TestBody body;
  private TestContract contract;
  private String path;
  private String mail;

  @BeforeEach
  void aProvisionalContract() {
    body = TestBody.create("x");
    contract = TestContract.draft(body, vault);
    path = "/contracts/" + contract.id();
    mail = "ichiro-%s@kensetsu.example".formatted(contract.id().toString().substring(0, 8));
    conclude(contract, true);
  }

  @Test
  @DisplayName("締結の後は議決待ちで、可決を記録すると本契約が成立し、相手方に知らせる。押し直しても一度だけ")
  void becomesAContractByTheVote() throws Exception {
    assertThat(page(open(path)).text()).contains("仮契約です。議会の議決を待っています");
    assertThat(page(open("/contracts?filter=council")).text()).contains(number());
    var form = page(open(path + "/council-vote").andExpect(status().isOk()));
    for (var again = 0; again < 2; again++) {
      vote(form, "PASSED", "議案第45号", "令和8年11月20日").andExpect(redirectedUrl(path));
    }
    assertThat(page(open(path)).text())
        .contains("議会が可決し、本契約が成立しました", "議案第45号、令和8年11月20日（2026年11月20日）の議決です");
    assertThat(page(open("/contracts?filter=council")).text()).doesNotContain(number());
    assertThat(letters()).containsExactly("【上毛市】議会が可決し、本契約が成立しました（市道1024号線 舗装修繕工事）");
    assertThat(current())
        .isEqualTo(
            new CouncilVote.Decided(
                CouncilVote.Outcome.PASSED, "議案第45号", LocalDate.of(2026, 11, 20)));
  }

  @Test
  @DisplayName("記録し直せて、どちらの記録も経過に残り、相手方には直したことが届く")
  void isPutRightAndKeepsBoth() throws Exception {
    vote(page(open(path + "/council-vote")), "PASSED", "議案第45号", "R8.11.20");
    var again = page(open(path + "/council-vote"));
    assertThat(again.select("input[name=bill]").attr("value")).isEqualTo("議案第45号");
    vote(again, "REJECTED", "議案第54号", "R8.11.20");
    assertThat(page(open(path)).text()).contains("議会が否決したため、契約は成立しませんでした", "議案第54号");
    assertThat(letters()).hasSize(2).anyMatch(subject -> subject.contains("成立しませんでした"));
    assertThat(
            Tenancy.in(body.id(), () -> audit.of(contract.id().value())).stream()
                .filter(entry -> entry.action().equals("contract.council-voted"))
                .map(entry -> entry.details().get("bill")))
        .containsExactly("議案第45号", "議案第54号");
  }

  @Test
  @DisplayName("結果・議案番号・議決日が足りないときと、これからの日付は断り、入力を残す")
  void namesWhatIsMissing() throws Exception {
    var form = page(open(path + "/council-vote"));
    var empty = page(vote(form, "", "", "").andExpect(status().is(422)));
    assertThat(empty.select("[role=alert] li")).hasSize(3);
    var tomorrow =
        LocalDate.now(JapaneseDates.ZONE).plusDays(1); // the service's own day: real time
    var early =
        page(
            vote(form, "PASSED", "議案第45号", JapaneseDates.date(tomorrow))
                .andExpect(status().is(422)));
    assertThat(early.text()).contains("これからの日付です");
    assertThat(early.select("input[name=bill]").attr("value")).isEqualTo("議案第45号");
    assertThat(current()).isEqualTo(new CouncilVote.Awaited());
  }

  @Test
  @DisplayName("議決の要らない契約と、締結前の契約には、記録できない")
  void isOnlyForConcludedContractsThatNeedIt() throws Exception {
    var plain = TestContract.draft(body, vault);
    conclude(plain, false);
    open("/contracts/" + plain.id() + "/council-vote").andExpect(status().isConflict());
    var draft = TestContract.draft(body, vault);
    TestPeople.run("update contract set council_vote = true where id = ?", draft.id().value());
    open("/contracts/" + draft.id() + "/council-vote").andExpect(status().isConflict());
    for (var id : List.of(plain.id(), draft.id())) {
      mvc.perform(
              post("/contracts/" + id + "/council-vote")
                  .with(csrf())
                  .with(TestPeople.as(body, body.clerk()))
                  .param("idempotencyKey", UUID.randomUUID().toString())
                  .param("outcome", "PASSED")
                  .param("bill", "議案第1号")
                  .param("decidedOn", "R8.11.20"))
          .andExpect(status().isConflict());
    }
  }

  private static void conclude(TestContract contract, boolean councilVote) {
    TestPeople.run(
        """
        update contract set state = 'CONCLUDED', council_vote = ?, dispatched_at = now(),
               deadline = now(), concluded_at = now(), final_sha256 = prepared_sha256,
               certificate_sha256 = prepared_sha256, certificate_masked_sha256 = prepared_sha256
         where id = ?
        """,
        councilVote,
        contract.id().value());
  }

  private CouncilVote current() {
    return Tenancy.in(body.id(), () -> votes.of(contract.id())).orElseThrow();
  }

  private String number() {
    return "R8-" + contract.id().toString().substring(0, 6);
  }

  private ResultActions vote(Document form, String outcome, String bill, String day)
      throws Exception {
    return mvc.perform(
        post(path + "/council-vote")
            .with(csrf())
            .with(TestPeople.as(body, body.clerk()))
            .param("idempotencyKey", form.select("input[name=idempotencyKey]").attr("value"))
            .param("outcome", outcome)
            .param("bill", bill)
            .param("decidedOn", day));
  }

  private List<String> letters() throws Exception {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement =
            connection.prepareStatement("select subject from mail where recipient = ?")) {
      statement.setString(1, mail);
      var rows = statement.executeQuery();
      var all = new java.util.ArrayList<String>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    }
  }

  private ResultActions open(String where) throws Exception {
    return mvc.perform(get(where).with(TestPeople.as(body, body.clerk())));
  }

  private static Document page(ResultActions result) throws Exception {
    return Jsoup.parse(result.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8));
  }
}
