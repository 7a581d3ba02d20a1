package jp.musubi.counterparty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
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
@DisplayName("契約の相手方を選び、送る前に確かめる")
class ChoosingTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;

  private TestBody body;
  private TestContract contract;
  private String path;
  private String mail;

  @BeforeEach
  void aDraft() {
    body = TestBody.create("-");
    contract = TestContract.draft(body, vault);
    path = "/contracts/" + contract.id();
    mail = "ichiro-%s@kensetsu.example".formatted(contract.id().toString().substring(0, 8));
    TestPeople.run(
        "update contract set deadline = now() + interval '10 days' where id = ?",
        contract.id().value());
  }

  @Test
  @DisplayName("建設工事は、承諾がなければ送信できず、承諾を求める道を示し、承諾がすめば送信できる")
  void sendsNoWorksWithoutConsent() throws Exception {
    dispatchable(false);
    TestPeople.run("update contract set kind = 'WORKS' where id = ?", contract.id().value());
    var unknown = page(open(path + "/review"));
    assertThat(unknown.text()).contains("建設業法の承諾がまだありません", "先に相手方を台帳に登録し");
    assertThat(unknown.select("form[action$=/dispatch]")).isEmpty();
    var refused = page(dispatch().andExpect(status().isConflict()));
    assertThat(refused.text()).contains("建設業法の承諾がないため、送信できませんでした", "承諾を求める");

    var supplier = add("（株）見本建設", "例田 一郎", mail, "");
    var known = page(open(path + "/review"));
    var way = Objects.requireNonNull(known.selectFirst("a[href*=/consents/new]")).attr("href");
    assertThat(way).startsWith(supplier + "/consents/new");
    var contact = page(open(supplier + "/consents/new")).select("option").get(1).val();
    send(supplier + "/consents", "contact", contact).andExpect(redirectedUrl(supplier));
    var link = OutsideMail.await(mail, 1).getFirst().link();
    dispatch().andExpect(status().isConflict());
    mvc.perform(post(link + "/giving").with(csrf())).andExpect(status().isOk());
    mvc.perform(post(link + "/withdrawal").with(csrf())).andExpect(status().isOk());
    dispatch().andExpect(status().isConflict());
    send(supplier + "/consents", "contact", contact).andExpect(redirectedUrl(supplier));
    // Letters that are due together come in any order.
    var again =
        OutsideMail.await(mail, 4).stream()
            .filter(letter -> letter.subject().contains("承諾のお願い"))
            .map(OutsideMail.Letter::link)
            .filter(each -> !each.equals(link))
            .findFirst()
            .orElseThrow();
    mvc.perform(post(again + "/giving").with(csrf())).andExpect(status().isOk());
    dispatchable(true);
    dispatch().andExpect(redirectedUrl(path));
    assertThat(state()).isEqualTo("AWAITING_AGREEMENTS");
  }

  @Test
  @DisplayName("送らないと決めたドメインへは送信できず、一覧の外なら注意だけ出す")
  void sendsNothingToADeniedDomain() throws Exception {
    rules("other.example", "");
    assertThat(page(open(path + "/review")).text()).contains("決めたドメインの外のアドレスです");
    rules("", "kensetsu.example");
    var held = page(open(path + "/review"));
    assertThat(held.text()).contains("送らないと決めたドメインのアドレスがあります");
    assertThat(held.select("form[action$=/dispatch]")).isEmpty();
    assertThat(page(dispatch().andExpect(status().isConflict())).text())
        .contains("団体が送らないと決めたドメイン");
    rules("kensetsu.example", "");
    assertThat(page(open(path + "/review")).text()).doesNotContain("決めたドメイン");
    dispatch().andExpect(redirectedUrl(path));
  }

  @Test
  @DisplayName("初めての宛先、台帳と紛らわしいアドレスや名称、期限前に終わる権限を、送る前に知らせる")
  void warnsBeforeSending() throws Exception {
    assertThat(page(open(path + "/review")).text()).contains("このアドレスへ送るのは初めてです");
    add("株式会社 見本建設", "例田 一郎", mail.replace("ichiro", "ichir0"), "");
    assertThat(page(open(path + "/review")).text()).contains("台帳のアドレスと一文字違いです");
    add("別の見本", "例田 一郎", mail, "");
    assertThat(page(open(path + "/review")).text())
        .contains("アドレスと名称の組み合わせが台帳と違います", "別の見本")
        .doesNotContain("一文字違い");
    add("㈱ 見本建設", "例田 一郎", mail, "令和2年3月31日");
    assertThat(page(open(path + "/review")).text()).doesNotContain("組み合わせが台帳と違います");
    TestPeople.run(
        "update supplier_contact set until = current_date + 2 where tenant_id = ? and mail = ?",
        body.id().value(),
        mail);
    assertThat(page(open(path + "/review")).text()).contains("期限の前に、権限の期間が終わります");
    dispatch().andExpect(redirectedUrl(path));
    var next = TestContract.draft(body, vault);
    TestPeople.run(
        "update contract set deadline = now() + interval '10 days' where id = ?",
        next.id().value());
    TestPeople.run(
        "update party set mail = ? where contract_id = ? and kind = 'COUNTERPARTY'",
        mail.toUpperCase(java.util.Locale.ROOT),
        next.id().value());
    assertThat(page(open("/contracts/" + next.id() + "/review")).text()).doesNotContain("初めてです");
  }

  @Test
  @DisplayName("台帳をさがして選ぶと、入力したものを残したまま欄が埋まり、ほかの団体の相手方は選べない")
  void fillsTheFormFromTheRegister() throws Exception {
    add("赤城設計", "例田 梅", "ume@akagi.example", "");
    add("榛名土木", "例田 竹", "take@haruna.example", "令和2年3月31日");
    var found =
        page(
            send(
                path + "/parties",
                "step",
                "enter",
                "sought",
                "赤城",
                "organisation-1",
                "書きかけの会社",
                "mail-1",
                "kaki@kake.example"));
    assertThat(found.text()).contains("1件見つかりました", "ume@akagi.example", "代表者");
    assertThat(value(found, "organisation-1")).isEqualTo("書きかけの会社");
    var pick = Objects.requireNonNull(found.selectFirst("button[value^=pick-]")).val();

    var two = page(send(path + "/parties", "step", pick, "organisation-1", "書きかけの会社"));
    assertThat(value(two, "organisation-1")).isEqualTo("書きかけの会社");
    assertThat(value(two, "organisation-2")).isEqualTo("赤城設計");
    var one = page(send(path + "/parties", "step", pick, "organisation-1", ""));
    assertThat(value(one, "organisation-1")).isEqualTo("赤城設計");
    assertThat(value(one, "name-1")).isEqualTo("例田 梅");
    assertThat(value(one, "mail-1")).isEqualTo("ume@akagi.example");
    assertThat(one.select("[name=organisation-2]")).isEmpty();

    assertThat(page(send(path + "/parties", "step", "search", "sought", "榛名")).text())
        .contains("0件見つかりました");
    var other = TestBody.create("-");
    var theirs = TestContract.draft(other, vault);
    for (var step : List.of(pick, "pick-x", "pick-" + UUID.randomUUID(), "pick-" + pick)) {
      var answer =
          mvc.perform(
                  post("/contracts/" + theirs.id() + "/parties")
                      .with(csrf())
                      .with(TestPeople.as(other, other.clerk()))
                      .param("step", step))
              .andExpect(status().isOk());
      assertThat(page(answer).text()).doesNotContain("赤城設計");
      assertThat(value(page(answer), "organisation-1")).isEmpty();
    }
  }

  private void rules(String allowed, String denied) throws Exception {
    var admin =
        TestPeople.member(
            body, "a" + UUID.randomUUID(), "見本 清", body.section(), "BODY_ADMIN", null);
    mvc.perform(
            post("/settings/counterparties")
                .with(csrf())
                .with(TestPeople.as(body, admin))
                .param("allowed", allowed)
                .param("denied", denied))
        .andExpect(redirectedUrl("/settings"));
  }

  private String add(String name, String person, String address, String until) throws Exception {
    return Objects.requireNonNull(
        send(
                "/suppliers",
                "idempotencyKey",
                UUID.randomUUID().toString(),
                "sure",
                "true",
                "organisation",
                name,
                "person",
                person,
                "mail",
                address,
                "capacity",
                "REPRESENTATIVE",
                "until",
                until)
            .andExpect(status().isFound())
            .andReturn()
            .getResponse()
            .getRedirectedUrl());
  }

  private void dispatchable(boolean works) throws Exception {
    var review = page(open(path + "/review"));
    assertThat(review.select("form[action$=/dispatch]")).hasSize(1);
    assertThat(review.text()).doesNotContain("建設業法の承諾がまだありません");
    assertThat(state()).isEqualTo("DRAFT");
    assertThat(kind().equals("WORKS")).isEqualTo(works);
  }

  private ResultActions dispatch() throws Exception {
    return send(
        path + "/dispatch",
        "idempotencyKey",
        UUID.randomUUID().toString(),
        "seed",
        "0123456789abcdef0123456789abcdef",
        "version",
        stored("version"),
        "document",
        contract.prepared().hex());
  }

  private String state() throws java.sql.SQLException {
    return stored("state");
  }

  private String kind() throws java.sql.SQLException {
    return stored("kind");
  }

  private String stored(String column) throws java.sql.SQLException {
    var found = new ArrayList<String>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement =
            connection.prepareStatement("select " + column + "::text from contract where id = ?")) {
      statement.setObject(1, contract.id().value());
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          found.add(row.getString(1));
        }
      }
    }
    return found.getFirst();
  }

  private ResultActions open(String where) throws Exception {
    return mvc.perform(get(where).with(TestPeople.as(body, body.clerk())));
  }

  private ResultActions send(String where, String... fields) throws Exception {
    var asked = post(where).with(csrf()).with(TestPeople.as(body, body.clerk()));
    for (var i = 0; i < fields.length; i += 2) {
      asked.param(fields[i], fields[i + 1]);
    }
    return mvc.perform(asked);
  }

  private static String value(Document page, String name) {
    return Objects.requireNonNull(page.selectFirst("[name=" + name + "]")).val();
  }

  private static Document page(ResultActions answer) throws Exception {
    var text = answer.andReturn().getResponse().getContentAsString();
    assertThat(text).doesNotContain("??");
    return Jsoup.parse(text);
  }
}
