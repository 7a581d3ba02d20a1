package jp.musubi.disposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.TestRound;
import jp.musubi.TestSeals;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Party;
import jp.musubi.evidence.Actor;
import jp.musubi.operations.Auditor;
import jp.musubi.platform.Tenancy;
import jp.musubi.signing.Mailbox;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("本当に締結して廃棄した契約は")
class DisposedContractTest {
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("PASSWORD", "L3", "同意して電子署名します。", "192.0.2.1", "test");

  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired PasswordEncoder passwords;
  @Autowired Contracts contracts;
  @Autowired Erasing erasing;
  @Autowired Auditor auditor;
  @Autowired Clock clock;

  @Test
  @DisplayName("監査で異常とされず、相手方のリンクは廃棄を告げ、手元のファイルの照合には正直に答え、個人の記載は残らない")
  void isNoFindingAndAnswersHonestly() throws Exception {
    var body = TestBody.create("-");
    var house = new DisposalHouse(mvc, vault, body, passwords.encode(TestBody.PASSWORD));
    var round = concluded(body);
    var id = round.id().value();
    var file = DisposalHouse.file(id);
    assertThat(auditor.audit(body.id(), body.code())).isEmpty();
    TestPeople.run(
        "update contract set concluded_at = timestamptz '2012-04-02 09:00+09' where id = ?", id);
    house.keep(id, 5);
    TestPeople.run(
        """
        insert into counterparty_means (tenant_id, id, mail, kind, holder, contract_id, party_id,
                                        proposed_at, registered_at, expires_at, secret)
        select tenant_id, gen_random_uuid(), 'ichiro@mihon.example', 'TOTP', '例田 一郎', contract_id,
               id, now(), now(), now() + interval '730 days', 'x'
          from party where kind = 'COUNTERPARTY' and contract_id = ?
        """,
        id);

    house.dispose(id);
    assertThat(auditor.audit(body.id(), body.code())).isEmpty();
    Tenancy.in(body.id(), erasing::run);
    assertThat(auditor.audit(body.id(), body.code())).isEmpty();
    assertThat(
            DisposalHouse.text(
                "select count(*)::text from disposal_object where outcome = 'ERASED'"
                    + " and contract_id = ?",
                id))
        // Prepared, three revisions of which the last is final, two certificates.
        .isEqualTo("6");

    // Letters that are due together come in any order.
    var invitation =
        Mailbox.await(round.mail(), 1).stream()
            .filter(letter -> letter.text().contains("/s/"))
            .findFirst();
    var path = new URI(invitation.orElseThrow().link()).getPath();
    mvc.perform(get(path)).andExpect(content().string(containsString("保存期間が過ぎたため廃棄されました")));
    mvc.perform(get(path + "/document.pdf")).andExpect(status().is4xxClientError());

    mvc.perform(
            post("/verify")
                .param("body", body.code())
                .param("number", DisposalHouse.number(id))
                .param("sha256", file.hex())
                .with(csrf()))
        .andExpect(content().string(containsString("一致：締結された契約書です（団体の原本は廃棄済）")));

    assertThat(
            DisposalHouse.text(
                "select string_agg(name || coalesce(mail, ''), ',') from party"
                    + " where kind = 'COUNTERPARTY' and contract_id = ?",
                id))
        .isEqualTo("（廃棄済）");
    assertThat(
            DisposalHouse.text(
                "select string_agg(holder || mail || coalesce(secret::text, '') || end_reason, ',')"
                    + " from counterparty_means where contract_id = ?",
                id))
        .isEqualTo("（廃棄済）廃棄済disposed");
    assertThat(
            DisposalHouse.text(
                "select string_agg(distinct client_ip || user_agent, ',') from agreement"
                    + " where contract_id = ?",
                id))
        .isEmpty();
    assertThat(
            DisposalHouse.text(
                "select string_agg(distinct recipient || subject || body, ',') from mail"
                    + " where contract_id = ?",
                id))
        .isEmpty();
    assertThat(house.page(house.admin, "/register?counterparty=例田").select("a[href$=" + id + "]"))
        .isEmpty();
    assertThat(house.page(house.admin, "/register?counterparty=見本建設").select("a[href$=" + id + "]"))
        .isNotEmpty();

    TestPeople.run(
        "do $$ begin set local session_replication_role = replica; delete from disposal_object"
            + " where contract_id = '%1$s'; delete from disposal_record where contract_id = '%1$s';"
                .formatted(id)
            + " end $$");
    assertThat(auditor.audit(body.id(), body.code()))
        .extracting(violation -> violation.code())
        .containsExactly("disposed-without-record");
  }

  private TestRound concluded(TestBody body) {
    var round = TestRound.begin(body, vault, contracts, clock.instant().plus(Duration.ofDays(14)));
    round.agree(contracts);
    await(body, round, 2);
    var office = round.particulars(contracts).parties(Party.Kind.OFFICE).getFirst();
    Tenancy.in(
        body.id(),
        () ->
            contracts.agree(
                round.id(),
                office,
                contracts.get(round.id()).shownFile(),
                new Actor(Actor.Kind.STAFF, body.mayor().toString(), "見本 太郎"),
                MANNER));
    await(body, round, 3);
    return round;
  }

  private void await(TestBody body, TestRound round, int seals) {
    TestSeals.await(
        contracts,
        body,
        round.id(),
        Duration.ofSeconds(90),
        now -> now.revisions().size() >= seals);
  }
}
