package jp.musubi.disposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
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
import jp.musubi.seal.Sha256;
import jp.musubi.signing.Mailbox;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

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
  @Autowired TransactionTemplate transactions;

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

    var handedIn = handedIn(body, id);
    // Letters that are due together come in any order.
    var invitation =
        Mailbox.await(round.mail(), 1).stream()
            .filter(letter -> letter.text().contains("/s/"))
            .findFirst();
    var path = new URI(invitation.orElseThrow().link()).getPath();
    var certificate = path.substring(0, path.lastIndexOf('/')) + "/certificate";
    var entered = mvc.perform(post(path).with(csrf())).andReturn().getResponse().getCookies();
    mvc.perform(get(certificate).cookie(entered)).andExpect(status().isOk());
    assertThat(shelved(id)).isEqualTo("1");

    house.dispose(id);
    // At once, not only when the bytes are gone.
    mvc.perform(get(certificate).cookie(entered)).andExpect(status().isNotFound());
    assertThat(auditor.audit(body.id(), body.code())).isEmpty();
    Tenancy.in(body.id(), erasing::run);
    assertThat(auditor.audit(body.id(), body.code())).isEmpty();
    assertThat(
            DisposalHouse.text(
                "select count(*)::text from disposal_object where outcome = 'ERASED'"
                    + " and contract_id = ?",
                id))
        // Prepared, three revisions of which the last is final, two certificates, what was handed
        // in.
        .isEqualTo("7");
    assertThat(
            DisposalHouse.text(
                "select count(*)::text from vault_object where erased_at is not null and sha256 = '"
                    + handedIn.hex()
                    + "' and tenant_id = (select tenant_id from contract where id = ?)",
                id))
        .isEqualTo("1");
    assertThat(
            DisposalHouse.text(
                """
                select string_agg(c.name || c.mail || l.name || l.mail || f.handed_in_by || f.mail
                                  || f.client_ip || f.user_agent || f.reason, ',')
                  from submission_call c
                  join submission_link l on l.call_id = c.id
                  join submission_wanted w on w.call_id = c.id
                  join submission_file f on f.wanted_id = w.id
                 where c.contract_id = ?
                """,
                id))
        .isEqualTo("（廃棄済）（廃棄済）（廃棄済）");

    assertThat(shelved(id)).as("on no shelf any more").isEqualTo("0");
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

  /** A file that its counterparty handed in before it left. */
  private Sha256 handedIn(TestBody body, UUID contract) throws Exception {
    var file = Files.createTempFile("musubi-handed-in", ".pdf");
    Files.writeString(file, "内訳書 " + contract);
    var digest =
        Tenancy.in(
            body.id(),
            () ->
                Objects.requireNonNull(
                    transactions.execute(_ -> vault.put(file, "application/pdf"))));
    Files.delete(file);
    TestPeople.run(
        """
        do $$
        declare body uuid := (select tenant_id from contract where id = '%1$s');
                place uuid := (select section_id from contract where id = '%1$s');
                clerk uuid := (select clerk_id from contract where id = '%1$s');
        begin
          set local session_replication_role = replica;
          insert into submission_call (tenant_id, id, contract_id, place, title, organisation, name,
                                       mail, section_id, clerk_id, made_at)
          values (body, '%1$s', '%1$s', 0, '件名', '株式会社 見本建設', '例田 一郎', 'i@m.example', place, clerk,
                  now());
          insert into submission_link (tenant_id, id, call_id, name, mail, secret_hash, asked_at,
                                       expires_at)
          values (body, '%1$s', '%1$s', '例田 一郎', 'i@m.example', '%2$s', now(), now());
          insert into submission_wanted (tenant_id, id, call_id, ordinal, name, note, purpose,
                                         mandatory, made_at)
          values (body, '%1$s', '%1$s', 0, '内訳書', '', 'SIGNED', true, now());
          insert into submission_file (tenant_id, id, wanted_id, name, media_type, bytes, pages,
                                       sha256, handed_in_by, mail, handed_in_at, client_ip,
                                       user_agent, returned_at, reason)
          values (body, '%1$s', '%1$s', '内訳書.pdf', 'application/pdf', 1, 1, '%2$s', '例田 一郎',
                  'i@m.example', now(), '192.0.2.1', 'phone', now(), '例田さんへ');
        end $$
        """
            .formatted(contract, digest.hex()));
    return digest;
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

  private static String shelved(UUID contract) {
    return DisposalHouse.text(
        "select count(*)::text from shelf_entry where contract_id = ?", contract);
  }
}
