package jp.musubi.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.TestRound;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Contracts;
import jp.musubi.evidence.Actor;
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
@DisplayName("共有先")
class SharingTest {
  @Autowired MockMvc mvc;
  @Autowired Sharing sharing;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;
  @Autowired Clock clock;

  private TestBody body;
  private TestRound round;
  private UUID accounts;
  private String path;

  @BeforeEach
  void aBodyWithASectionThatHasAMailbox() {
    body = TestBody.create("-");
    accounts = TestPeople.section(body, "30", "会計課", null);
    TestPeople.run(
        "update section_term set mail = 'kaikei@joumou.example' where section_id = ?", accounts);
    round = TestRound.begin(body, vault, contracts, clock.instant().plusSeconds(20L * 24 * 3600));
    path = "/contracts/" + round.id();
  }

  @Test
  @DisplayName("選んだ所属に、契約の終わりを一度だけ、リンクなしで知らせる")
  void hearHowAContractEnded() throws Exception {
    var form = page(path + "/sharing", body.clerk());
    assertThat(form.select("input[name=section]").eachAttr("value"))
        .containsExactly(accounts.toString());
    choose(accounts.toString(), body.section().toString(), "x").andExpect(redirectedUrl(path));
    choose(accounts.toString()).andExpect(redirectedUrl(path));
    assertThat(page(path, body.viewer()).text()).contains("契約が終わったら、会計課に知らせます");
    assertThat(page(path, body.viewer()).select("a[href$=/sharing]")).isEmpty();
    withdraw();
    assertThat(letters())
        .singleElement()
        .satisfies(letter ->
            assertThat(letter)
                .contains("会計課 御中", "契約を取り消しました", "宛先の誤り", "例田 一郎")
                .doesNotContain("{link:", "{0}"));
    assertThat(actions()).filteredOn("contract.sharing-changed"::equals).hasSize(1);
    choose().andExpect(status().isConflict());
  }

  @Test
  @DisplayName("外した所属、選ばなかった所属、ほかの団体の所属には知らせない")
  void leaveOthersInPeace() throws Exception {
    var other = TestBody.create("-");
    var theirs = TestPeople.section(other, "30", "会計課", null);
    TestPeople.run(
        "update section_term set mail = 'kaikei@akagi.example' where section_id = ?", theirs);
    choose(theirs.toString()).andExpect(redirectedUrl(path));
    assertThat(in(() -> sharing.of(round.id()))).isEmpty();
    choose(accounts.toString()).andExpect(redirectedUrl(path));
    choose().andExpect(redirectedUrl(path));
    withdraw();
    assertThat(letters()).isEmpty();
    mvc.perform(post(path + "/sharing").with(csrf()).with(TestPeople.as(body, body.viewer())))
        .andExpect(status().isForbidden());
  }

  private void withdraw() {
    in(() ->
        contracts.withdraw(
            round.id(),
            "宛先の誤り",
            new Actor(Actor.Kind.STAFF, body.clerk().toString(), "見本 花子"),
            new Agreement.Manner("PASSWORD", "L1", "取消", "192.0.2.1", "t")));
  }

  private ResultActions choose(String... sections) throws Exception {
    return mvc.perform(
        post(path + "/sharing")
            .with(csrf())
            .with(TestPeople.as(body, body.clerk()))
            .param("section", sections));
  }

  private List<String> letters() {
    return in(() ->
        jdbc.sql(
                """
                select subject || E'\\n' || body from mail where recipient = 'kaikei@joumou.example'
                """)
            .query(String.class)
            .list());
  }

  private List<String> actions() {
    return in(
        () -> jdbc.sql("select action from audit_entry order by seq").query(String.class).list());
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
