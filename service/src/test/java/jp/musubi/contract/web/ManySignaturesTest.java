package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Decision;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("一括署名")
class ManySignaturesTest {
  private static final Actor ACTOR = new Actor(Actor.Kind.STAFF, "1", "見本 花子");
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("MAIL_LINK", "L1", "同意して署名する", "192.0.2.1", "test");

  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired PasswordEncoder passwords;
  @Autowired Clock clock;

  private TestBody body;

  @BeforeEach
  void aBody() {
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
  }

  @Test
  @DisplayName("一度の本人確認で印を付けたものに署名し、変わったもの、自分のでないものは断って見せる")
  void signsWhatWasPickedByOneProof() throws Exception {
    var first = waiting();
    var second = waiting();
    var left = waiting();
    var list = list(body.mayor());
    assertThat(list.select("tbody tr")).hasSize(3);
    var picks =
        new ArrayList<>(
            list.select("input[name=picked]").eachAttr("value").stream()
                .filter(pick -> !pick.startsWith(left.toString()))
                .toList());
    assertThat(picks).hasSize(2);
    picks.add(left + ":" + "0".repeat(64));
    picks.add(UUID.randomUUID() + ":" + "0".repeat(64));

    assertThat(sign(list, body.mayor(), picks, "違う").getStatus()).isEqualTo(422);
    assertThat(contract(first).state()).isEqualTo("AWAITING_AGREEMENTS");
    assertThat(sign(list, body.mayor(), List.of(), TestBody.PASSWORD).getStatus()).isEqualTo(422);

    for (var press = 0; press < 2; press++) {
      var answers = page(sign(list, body.mayor(), picks, TestBody.PASSWORD));
      assertThat(answers.text()).contains("2件に署名し、2件は署名しませんでした", "いまの文書が違う", "あなたが署名する契約ではありません");
    }
    for (var signed : List.of(first, second)) {
      var agreements = Tenancy.in(body.id(), () -> contracts.agreements(signed));
      assertThat(agreements).hasSize(3);
      assertThat(agreements.getLast().manner().authentication())
          .isEqualTo("PASSWORD+REAUTHENTICATION");
      assertThat(contract(signed).state()).isIn("CONCLUDING", "CONCLUDED");
    }
    assertThat(contract(left).state()).isEqualTo("AWAITING_AGREEMENTS");
  }

  @Test
  @DisplayName("ほかの名義人には、一覧にもなく、番号を知っていても署名できない")
  void isNothingToAnotherHolder() throws Exception {
    var id = waiting();
    var pick = id + ":" + contract(id).shownFile().hex();
    var other = TestPeople.member(body, "saburo", "見本 三郎", body.section(), "SIGNER", null);
    TestPeople.run(
        "update staff set password_hash = ? where id = ?",
        passwords.encode(TestBody.PASSWORD),
        other);
    var list = list(other);
    assertThat(list.text()).doesNotContain("舗装修繕").contains("署名を待っている契約はありません");
    var answers = page(sign(list(body.mayor()), other, List.of(pick), TestBody.PASSWORD));
    assertThat(answers.text()).contains("0件に署名し、1件は署名しませんでした").doesNotContain("舗装修繕");
    assertThat(contract(id).state()).isEqualTo("AWAITING_AGREEMENTS");
  }

  private ContractId waiting() throws Exception {
    var draft = TestContract.draft(body, vault);
    assertThat(
            Tenancy.in(
                body.id(),
                () ->
                    contracts.dispatch(
                        draft.id(),
                        draft.prepared(),
                        clock.instant().plus(Duration.ofDays(7)),
                        ACTOR,
                        MANNER)))
        .isInstanceOf(Decision.Accepted.class);
    await(draft.id(), 1);
    var contract = contract(draft.id());
    var counterparty = contract.parties(Party.Kind.COUNTERPARTY).getFirst();
    assertThat(
            Tenancy.in(
                body.id(),
                () ->
                    contracts.agree(draft.id(), counterparty, contract.shownFile(), ACTOR, MANNER)))
        .isInstanceOf(Decision.Accepted.class);
    await(draft.id(), 2);
    return draft.id();
  }

  private void await(ContractId id, int seals) throws InterruptedException {
    for (var tries = 0; contract(id).revisions().size() < seals; tries++) {
      assertThat(tries).as("seals come within a minute").isLessThan(600);
      // Sealing is a job of its own; nothing but the contract tells that it is done.
      Thread.sleep(Duration.ofMillis(100));
    }
  }

  private Particulars contract(ContractId id) {
    return Tenancy.in(body.id(), () -> contracts.get(id));
  }

  private Document list(UUID who) throws Exception {
    return page(
        mvc.perform(get("/signatures/all").with(TestPeople.as(body, who)).accept("text/html"))
            .andReturn()
            .getResponse());
  }

  private MockHttpServletResponse sign(Document list, UUID who, List<String> picks, String password)
      throws Exception {
    return mvc.perform(
            post("/signatures/all")
                .with(TestPeople.as(body, who))
                .with(csrf())
                .accept("text/html")
                .param("idempotencyKey", list.select("input[name=idempotencyKey]").attr("value"))
                .param("picked", picks.toArray(String[]::new))
                .param("confirmed", "true")
                .param("password", password))
        .andReturn()
        .getResponse();
  }

  private static Document page(MockHttpServletResponse answer) throws Exception {
    return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
  }
}
