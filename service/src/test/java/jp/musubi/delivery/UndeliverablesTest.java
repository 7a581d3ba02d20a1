package jp.musubi.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.TestRound;
import jp.musubi.contract.Contracts;
import jp.musubi.notification.Undelivered;
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
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("不達の知らせ")
class UndeliverablesTest {
  @Autowired MockMvc mvc;
  @Autowired Undeliverables undeliverables;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;
  @Autowired Clock clock;

  private TestBody body;
  private TestRound round;

  @BeforeEach
  void aContractAtItsCounterparty() {
    body = TestBody.create("-");
    round = TestRound.begin(body, vault, contracts, clock.instant().plusSeconds(20L * 24 * 3600));
  }

  @Test
  @DisplayName("すぐに断られたメールも契約の画面に出て、どうすればよいかと取消への道がある")
  void isShownWithWhatToDo() throws Exception {
    var path = "/contracts/" + round.id();
    assertThat(page(path, body.clerk()).text()).doesNotContain("不達");
    TestPeople.run(
        """
        update mail set sent_at = null, gave_up_at = now(), last_error = '550 5.1.1 no such mailbox'
         where tenant_id = ? and recipient = ?
        """,
        body.id().value(),
        round.mail());
    var shown = page(path, body.clerk());
    assertThat(shown.select("section[data-type=warning]").text())
        .contains("届きませんでした（不達）", round.mail(), "550 5.1.1 no such mailbox", "取り消し", "作り直して送って");
    assertThat(shown.select("section[data-type=warning] a[href=" + path + "/withdrawal]"))
        .hasSize(1);
    assertThat(
            page(path, body.viewer())
                .select("section[data-type=warning] a[href=" + path + "/withdrawal]"))
        .isEmpty();
  }

  @Test
  @DisplayName("職員あてのメールが届かなくても、メールで知らせ続けない")
  void isNotToldOfLettersToStaff() {
    known("clerk-undelivered/1", round.mail());
    known("staff-expired/1", round.mail());
    known("invitation/1", "hanako@joumou.example");
    assertThat(notices()).isZero();
    known("invitation/1", round.mail());
    known("invitation/1", round.mail());
    assertThat(notices()).isEqualTo(1);
  }

  private void known(String occasion, String recipient) {
    Tenancy.in(
        body.id(),
        () -> {
          transactions.executeWithoutResult(_ ->
              undeliverables.on(
                  new Undelivered.Known(
                      new Undelivered.Letter(
                          new UUID(1, 1),
                          occasion,
                          round.id().value(),
                          recipient,
                          "件名",
                          Instant.EPOCH,
                          "550"))));
          return true;
        });
  }

  private int notices() {
    List<String> found =
        Tenancy.in(
            body.id(),
            () ->
                transactions.execute(_ ->
                    jdbc.sql("select id::text from mail where subject like '%届きませんでした%'")
                        .query(String.class)
                        .list()));
    return found.size();
  }

  private Document page(String path, UUID reader) throws Exception {
    return Jsoup.parse(
        mvc.perform(get(path).with(TestPeople.as(body, reader)))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8));
  }
}
