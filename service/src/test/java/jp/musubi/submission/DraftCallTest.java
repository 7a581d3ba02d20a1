package jp.musubi.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestDesk;
import jp.musubi.TestPeople;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("契約書案の受付は")
class DraftCallTest {
  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired DraftCalls calls;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;

  private TestBody body;
  private SubmissionHouse house;
  private String mail;

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
    mail = UUID.randomUUID() + "@mihon.example";
    house = new SubmissionHouse(new TestDesk(mvc, body, body.clerk(), ""), List.of(mail));
  }

  @Test
  @DisplayName("件名と相手方だけで始まり、届いた案を受け取ると、それを本文にした下書きが一つだけできる")
  void beginsAContractWithWhatCame() throws Exception {
    assertThat(SubmissionHouse.html(house.at("/contracts/new")).select("a[href=/drafts-asked/new]"))
        .hasSize(1);
    var key = UUID.randomUUID().toString();
    var link =
        SubmissionHouse.linkAfter(
            mail,
            () -> {
              assertThat(ask(key, "庁舎警備業務委託").getStatus()).isEqualTo(302);
              // The button twice: one letter, one call.
              assertThat(ask(key, "庁舎警備業務委託").getStatus()).isEqualTo(302);
            });
    assertThat(count("select count(*) from submission_call")).isEqualTo(1);
    assertThat(count("select count(*) from contract")).isZero();
    assertThat(SubmissionHouse.html(house.open(link)).text())
        .contains("庁舎警備業務委託", "契約書案", "様式第3号でお願いします。");
    var bytes = SubmissionHouse.pdf(4);
    assertThat(house.send(link, 1, "警備の契約書案.pdf", bytes).getStatus()).isEqualTo(302);

    var list = SubmissionHouse.html(house.at("/drafts-asked"));
    assertThat(list.text()).contains("庁舎警備業務委託", "届いています", "警備の契約書案.pdf");
    var seen = list.select("a[href^=/drafts-asked/]:contains(届いた書類を見る)").attr("href");
    assertThat(SubmissionHouse.html(house.at(seen)).text())
        .contains(Sha256.of(bytes).hex(), "この案で下書きを作る");
    assertThat(house.at(seen + "/pages/4.png").getContentType()).isEqualTo("image/png");
    assertThat(house.at(seen + "/content").getContentAsByteArray()).isEqualTo(bytes);

    // Another section's clerk knows of nothing.
    var elsewhere = TestPeople.section(body, "20", "福祉部", null);
    var stranger =
        new SubmissionHouse(
            new TestDesk(
                mvc,
                body,
                TestPeople.member(body, "yoso", "よそ 人", elsewhere, "CLERK", elsewhere),
                ""),
            List.of(mail));
    assertThat(SubmissionHouse.html(stranger.at("/drafts-asked")).text())
        .doesNotContain("庁舎警備業務委託");
    for (var path : List.of(seen, seen + "/content", seen + "/pages/1.png")) {
      assertThat(stranger.at(path).getStatus()).as(path).isEqualTo(404);
    }
    var standing = house.standing(seen);
    assertThat(stranger.post_(seen + "/acceptance", "standing", standing).getStatus())
        .isEqualTo(404);
    assertThat(stranger.post_(seen.replaceAll("/[^/]+$", "/end")).getStatus()).isEqualTo(404);

    var accepted = house.post_(seen + "/acceptance", "standing", standing);
    var there = String.valueOf(accepted.getRedirectedUrl());
    assertThat(there).startsWith("/contracts/").endsWith("/parties");
    assertThat(house.post_(seen + "/acceptance", "standing", standing).getRedirectedUrl())
        .isEqualTo(there);
    assertThat(count("select count(*) from contract")).isEqualTo(1);
    var contract = there.replace("/parties", "");
    var made =
        Tenancy.in(
            body.id(),
            () ->
                contracts.get(
                    new ContractId(UUID.fromString(contract.substring("/contracts/".length())))));
    assertThat(made.title()).isEqualTo("庁舎警備業務委託");
    assertThat(made.fileName()).isEqualTo("警備の契約書案.pdf");
    assertThat(made.pages()).isEqualTo(4);
    // Whom it was asked of stands in the form, and nowhere else yet.
    var parties = SubmissionHouse.html(house.at(there));
    assertThat(parties.select("[name=organisation-1]").val()).isEqualTo("株式会社 見本建設");
    assertThat(parties.select("[name=mail-1]").val()).isEqualTo(mail);
    assertThat(made.parties()).isEmpty();
    assertThat(SubmissionHouse.html(house.at(contract)).text()).contains("提出された書類を受け取りました");

    assertThat(house.open(link).getStatus()).isEqualTo(410);
    assertThat(house.at(seen).getStatus()).isEqualTo(404);
    assertThat(SubmissionHouse.html(house.at("/drafts-asked")).text()).contains("待っている契約書案はありません");
  }

  @Test
  @DisplayName("差し戻せ、やめるとリンクは切れ、届いた案も相手方の名前も消える")
  void canBeSentBackAndGivenUp() throws Exception {
    var old = SubmissionHouse.linkAfter(mail, () -> ask(UUID.randomUUID().toString(), "設計業務委託"));
    var bytes = SubmissionHouse.pdf(1);
    house.send(old, 1, "案.pdf", bytes);
    var seen =
        SubmissionHouse.html(house.at("/drafts-asked")).select("a:contains(届いた書類を見る)").attr("href");
    var link = SubmissionHouse.linkAfter(mail, () -> house.giveBack(seen, "様式が違います。"));
    assertThat(house.open(old).getStatus()).isEqualTo(410);
    assertThat(SubmissionHouse.html(house.open(link)).text()).contains("様式が違います。");
    house.send(link, 1, "案の二.pdf", SubmissionHouse.pdf(1));

    var end = seen.replaceAll("/[^/]+$", "/end");
    assertThat(house.post_(end).getStatus()).isEqualTo(302);
    assertThat(house.open(link).getStatus()).isEqualTo(410);
    assertThat(house.at(seen).getStatus()).isEqualTo(404);
    assertThat(Tenancy.in(body.id(), calls::tidy)).isEqualTo(2);
    assertThat(count("select count(*) from vault_object where erased_at is null")).isZero();
    assertThat(
            count(
                "select count(*) from submission_call c join submission_link l on l.call_id = c.id"
                    + " join submission_wanted w on w.call_id = c.id"
                    + " join submission_file f on f.wanted_id = w.id"
                    + " where '"
                    + mail
                    + "' in (c.mail, l.mail, f.mail) or c.organisation <> ''"))
        .isZero();
    assertThat(Tenancy.in(body.id(), calls::tidy)).isZero();
  }

  @Test
  @DisplayName("90日のあいだ受け取られなかったものを消し、新しいものは残す")
  void forgetsWhatNobodyTook() throws Exception {
    var link = SubmissionHouse.linkAfter(mail, () -> ask(UUID.randomUUID().toString(), "古い案"));
    house.send(link, 1, "案.pdf", SubmissionHouse.pdf(1));
    assertThat(Tenancy.in(body.id(), calls::tidy)).isZero();
    TestPeople.run(
        "update submission_call set made_at = made_at - interval '105 days' where tenant_id = ?",
        body.id().value());
    TestPeople.run(
        "update submission_link set expires_at = expires_at - interval '105 days'"
            + " where tenant_id = ?",
        body.id().value());
    ask(UUID.randomUUID().toString(), "新しい案");
    assertThat(Tenancy.in(body.id(), calls::tidy)).isEqualTo(1);
    assertThat(SubmissionHouse.html(house.at("/drafts-asked")).text())
        .contains("新しい案")
        .doesNotContain("古い案");
  }

  @Test
  @DisplayName("入力の誤りを、消さずに示す")
  void tellsWhatIsWrong() throws Exception {
    var wrong =
        house.post_(
            "/drafts-asked",
            "idempotencyKey",
            UUID.randomUUID().toString(),
            "title",
            "庁舎警備業務委託",
            "mail",
            "見本");
    assertThat(wrong.getStatus()).isEqualTo(422);
    var page = SubmissionHouse.html(wrong);
    assertThat(page.text()).contains("3か所の入力を確かめてください");
    assertThat(page.select("[name=title]").val()).isEqualTo("庁舎警備業務委託");
    assertThat(page.select("[name=mail]").val()).isEqualTo("見本");
    assertThat(count("select count(*) from submission_call")).isZero();
  }

  private org.springframework.mock.web.MockHttpServletResponse ask(String key, String title)
      throws Exception {
    return house.post_(
        "/drafts-asked",
        "idempotencyKey",
        key,
        "title",
        title,
        "organisation",
        "株式会社 見本建設",
        "name",
        "例田 一郎",
        "mail",
        mail,
        "note",
        "様式第3号でお願いします。");
  }

  private long count(String sql) {
    return Tenancy.in(
        body.id(),
        () ->
            Objects.requireNonNull(
                transactions.execute(_ -> jdbc.sql(sql).query(Long.class).single())));
  }
}
