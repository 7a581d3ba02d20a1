package jp.musubi.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.transaction.PlatformTransactionManager;

@ServiceTest
@DisplayName("鍵の管理は")
class CustodyTest {
  @Autowired MockMvc mvc;
  @Autowired List<ManagedKeys> sources;
  @Autowired KeyProposalStore store;
  @Autowired Organisations organisations;
  @Autowired AuditTrail audit;
  @Autowired PlatformTransactionManager transactions;
  @Autowired PasswordEncoder passwords;

  private TestBody home;
  private UUID first;
  private UUID second;
  private ManagedKey key;
  private Custody inProduction;

  @BeforeEach
  void twoOperatorsAndTheKeysOfTheSettings() {
    home = TestBody.operators();
    first = operator("例 一");
    second = operator("例 二");
    // The keys of the settings are the same for every test of this JVM.
    TestPeople.run("delete from key_custody");
    key =
        sources.stream()
            .flatMap(source -> source.keys().stream())
            .filter(each -> each.kind() == ManagedKey.Kind.SEAL)
            .findFirst()
            .orElseThrow();
    inProduction = new Custody(store, organisations, audit, transactions, Clock.systemUTC(), true);
  }

  @Test
  @DisplayName("一人が申請し、別の一人が確かめてから、どの団体の処理にも鍵を使わせ、記録に残す")
  void letsAKeyBeUsedOnceTwoHaveConfirmedIt() throws Exception {
    assertThat(page("/keys", first).text()).contains("署名鍵", "主鍵", key.grouped(), "申請されていません");
    assertThat(inProduction.given(key)).isFalse();

    send(first, "proposal").andExpect(redirectedUrl("/keys"));
    assertThat(inProduction.given(key)).isFalse();
    assertThat(page("/keys", first).text()).contains("別の運営者の確認を待ちます");
    assertThat(page("/keys", second).select("a[href$=" + key.fingerprint() + "/confirmation]"))
        .hasSize(1);

    send(second, "confirmation").andExpect(redirectedUrl("/keys"));
    assertThat(inProduction.given(key)).isTrue();
    var body = TestBody.create("-");
    assertThat(Tenancy.in(body.id(), () -> inProduction.given(key))).isTrue();
    assertThat(page("/keys", first).text()).contains("二人で確かめました", "例 一", "例 二", "証明書の更新");
    assertThat(
            TestPeople.text(
                "select string_agg(action || ' ' || actor_name, ',' order by seq) from audit_entry"
                    + " where tenant_id = ? and action like 'custody.%' and entry like ?"
                    + " and (actor_id = ? or actor_id = ?)",
                home.id().value(),
                "%" + key.fingerprint() + "%",
                first.toString(),
                second.toString()))
        .isEqualTo("custody.proposed 例 一,custody.confirmed 例 二");
  }

  @Test
  @DisplayName("申請した本人にも、同じ人の別の登録にも、確かめさせない")
  void neverTakesOnePersonForTwo() throws Exception {
    send(first, "confirmation").andExpect(status().isConflict());
    send(first, "proposal").andExpect(redirectedUrl("/keys"));
    send(second, "proposal").andExpect(status().isConflict());
    var refused = page(send(first, "confirmation").andExpect(status().isConflict()));
    assertThat(refused.select("[role=alert]").text()).contains("自分では確かめられません");
    var again = operator("例 一（予備）");
    TestPeople.run(
        "update staff set mail = (select upper(mail) from staff where id = ?) where id = ?",
        first,
        again);
    send(again, "confirmation").andExpect(status().isConflict());
    assertThat(inProduction.given(key)).isFalse();
  }

  @Test
  @DisplayName("パスワードをもう一度示さなければ、申請も確認もできない")
  void wantsProofOfWhoItIs() throws Exception {
    for (var wrong : List.of("", "違うパスワード")) {
      send(first, "proposal", wrong).andExpect(status().isUnprocessableContent());
    }
    send(first, "proposal").andExpect(redirectedUrl("/keys"));
    send(second, "confirmation", "違うパスワード").andExpect(status().isUnprocessableContent());
    assertThat(inProduction.given(key)).isFalse();
  }

  @Test
  @DisplayName("データベースも、一人での確認と、申請のない確認と、二度目の確認を断る")
  void isGuardedByTheDatabaseToo() throws Exception {
    assertThatThrownBy(() ->
            TestPeople.run(
                """
                insert into key_custody (tenant_id, kind, fingerprint, description, reason,
                       proposed_by, proposed_name, proposed_mail, proposed_at,
                       confirmed_by, confirmed_name, confirmed_mail, confirmed_at)
                values (?, 'SEAL', 'x-of-one-step', 'x', 'x', ?, 'x', 'x@musubi.example', now(),
                        ?, 'y', 'y@musubi.example', now())
                """,
                home.id().value(),
                first,
                second))
        .hasMessageContaining("is proposed first");
    send(first, "proposal").andExpect(redirectedUrl("/keys"));
    assertThatThrownBy(() -> confirmBeside(first, "other@musubi.example"))
        .hasMessageContaining("confirmed_by_somebody_else");
    assertThatThrownBy(() -> confirmBeside(second, " " + first + "@JOUMOU.example"))
        .hasMessageContaining("confirmed_by_somebody_else");
    confirmBeside(second, "second@musubi.example");
    assertThatThrownBy(() -> confirmBeside(second, "third@musubi.example"))
        .hasMessageContaining("is settled");
  }

  @Test
  @DisplayName("試用では問わずに使い、画面でそう伝える")
  void asksNothingInTrial() throws Exception {
    var inTrial = new Custody(store, organisations, audit, transactions, Clock.systemUTC(), false);
    assertThat(inTrial.given(key)).isTrue();
    assertThat(page("/keys", first).text()).contains("試用なので");
  }

  private void confirmBeside(UUID by, String mail) {
    TestPeople.run(
        """
        update key_custody set confirmed_by = ?, confirmed_name = 'x', confirmed_mail = ?,
               confirmed_at = now()
         where fingerprint = ?
        """,
        by,
        mail,
        key.fingerprint());
  }

  private UUID operator(String name) {
    var id =
        TestPeople.member(home, "o-" + UUID.randomUUID(), name, home.section(), "OPERATOR", null);
    TestPeople.run(
        "update staff set password_hash = ? where id = ?", passwords.encode(TestBody.PASSWORD), id);
    return id;
  }

  private ResultActions send(UUID who, String step) throws Exception {
    return send(who, step, TestBody.PASSWORD);
  }

  private ResultActions send(UUID who, String step, String password) throws Exception {
    return mvc.perform(
        post("/keys/" + key.fingerprint() + "/" + step)
            .param("reason", "証明書の更新")
            .param("password", password)
            .with(csrf())
            .with(TestPeople.as(home, who)));
  }

  private Document page(String path, UUID who) throws Exception {
    return page(mvc.perform(get(path).with(TestPeople.as(home, who))));
  }

  private static Document page(ResultActions answer) throws Exception {
    return Jsoup.parse(answer.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8));
  }
}
