package jp.musubi.counterparty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.Tenancy;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("建設業法の承諾の画面")
class ConsentPagesTest {
  @Autowired MockMvc mvc;
  @Autowired Consents consents;
  @Autowired JdbcClient jdbc;

  private TestBody body;
  private String mail;
  private String supplier;

  @BeforeEach
  void aSupplier() throws Exception {
    body = TestBody.create("-");
    mail = "ichiro-" + UUID.randomUUID() + "@mihon.example";
    supplier =
        Objects.requireNonNull(
            send(
                    "/suppliers",
                    "idempotencyKey",
                    UUID.randomUUID().toString(),
                    "organisation",
                    "株式会社 見本建設",
                    "person",
                    "例田 一郎",
                    "title",
                    "代表取締役",
                    "mail",
                    mail,
                    "capacity",
                    "REPRESENTATIVE")
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
  }

  @Test
  @DisplayName("種類と内容を示した文面で承諾を受け、文面の値とともに残し、同じ人が撤回できる")
  void takeConsentAndItsWithdrawal() throws Exception {
    var link = ask();
    var shown = page(mvc.perform(get(link)).andExpect(status().isOk()));
    assertThat(shown.text())
        .contains(
            "建設業法第19条第3項",
            "建設業法施行規則第13条の4第1項",
            "電気通信回線を通じて閲覧に供し",
            "PDF（ISO 32000）",
            "見読性",
            "原本性",
            "本人性",
            "株式会社 見本建設 代表取締役 例田 一郎");
    assertThat(isLive("株式会社 見本建設", mail)).isFalse();

    mvc.perform(post(link + "/giving").with(csrf())).andExpect(status().isOk());
    mvc.perform(post(link + "/giving").with(csrf())).andExpect(status().isOk());
    assertThat(isLive("㈱見本建設", mail)).isTrue();
    assertThat(isLive("赤城設計", mail)).isFalse();
    var receipt = OutsideMail.await(mail, 2).getLast();
    var digest = shown.select("code").text();
    assertThat(receipt.text().replace("\r", "")).contains(digest, "PDF（ISO 32000）");
    assertThat(receipt.link()).isEqualTo(link);
    assertThat(stored("select text_sha256 from consent").toString()).contains(digest);
    var kept = Tenancy.in(body.id(), () -> consents.of(key())).getFirst();
    assertThat(Texts.digest(kept.text()).hex()).isEqualTo(digest);
    assertThat(staff(supplier).text()).contains("承諾済", "メールのリンク", digest.substring(0, 16));

    mvc.perform(post(link + "/withdrawal").with(csrf())).andExpect(status().isOk());
    mvc.perform(post(link + "/withdrawal").with(csrf())).andExpect(status().isOk());
    mvc.perform(post(link + "/giving").with(csrf())).andExpect(status().isOk());
    assertThat(isLive("株式会社 見本建設", mail)).isFalse();
    assertThat(staff(supplier).text()).contains("撤回");
    assertThat(OutsideMail.await(mail, 3)).hasSize(3);
    assertThat(actions())
        .containsSubsequence("consent.asked", "consent.given", "consent.withdrawn");
    assertThat(actions()).filteredOn(action -> action.startsWith("consent.")).hasSize(3);
  }

  @Test
  @DisplayName("見るだけでは承諾にならず、違う秘密とほかの団体では開かず、期限が過ぎれば受けない")
  void changeNothingByLooking() throws Exception {
    var link = ask();
    for (var i = 0; i < 25; i++) {
      mvc.perform(get(link)).andExpect(status().isOk());
      mvc.perform(head(link)).andExpect(status().isOk());
      mvc.perform(get(link + "/giving")).andExpect(status().is4xxClientError());
    }
    mvc.perform(post(link + "/giving")).andExpect(status().isForbidden());
    var other = TestBody.create("-");
    for (var wrong :
        List.of(
            link.substring(0, link.length() - 1) + (link.endsWith("A") ? "B" : "A"),
            link.replace(body.code(), other.code()),
            link.replace("/consent/", "/application/"))) {
      mvc.perform(get(wrong)).andExpect(status().isNotFound());
      mvc.perform(post(wrong + "/giving").with(csrf())).andExpect(status().isNotFound());
      mvc.perform(post(wrong + "/withdrawal").with(csrf())).andExpect(status().isNotFound());
    }
    mvc.perform(post(link + "/withdrawal").with(csrf())).andExpect(status().isOk());
    assertThat(stored("select request_id::text from consent")).isEmpty();
    assertThat(stored("select request_id::text from consent_withdrawal")).isEmpty();
    TestPeople.run(
        "update consent_request set expires_at = now() - interval '1 second' where tenant_id = ?",
        body.id().value());
    mvc.perform(get(link)).andExpect(status().isGone());
    mvc.perform(post(link + "/giving").with(csrf())).andExpect(status().isGone());
    assertThat(isLive("株式会社 見本建設", mail)).isFalse();
  }

  @Test
  @DisplayName("承諾の記録は、サービス自身にも書き換えられず、消せない")
  void areWrittenOnce() throws Exception {
    mvc.perform(post(ask() + "/giving").with(csrf())).andExpect(status().isOk());
    for (var table : List.of("consent_request", "consent", "consent_withdrawal")) {
      for (var sql :
          List.of("update " + table + " set tenant_id = tenant_id", "delete from " + table)) {
        assertThat(catchThrowable(() -> Tenancy.in(body.id(), () -> jdbc.sql(sql).update())))
            .as(sql)
            .hasStackTraceContaining("permission denied");
      }
    }
  }

  @Test
  @DisplayName("担当者や期間の過ぎた方、ほかの相手方の方には求められない")
  void areAskedOfThoseWhoMay() throws Exception {
    send(
        supplier + "/contacts", "person", "例田 次郎", "mail", "jiro@sub.example", "capacity", "CLERK");
    send(
        supplier + "/contacts",
        "person",
        "例田 三郎",
        "mail",
        "saburo@third.example",
        "capacity",
        "AGENT",
        "until",
        "令和2年3月31日");
    var options = staff(supplier + "/consents/new").select("option").eachText();
    assertThat(options).hasSize(2).anyMatch(text -> text.contains("例田 一郎"));
    send(supplier + "/consents", "contact", UUID.randomUUID().toString())
        .andExpect(status().isUnprocessableContent());
    send(supplier + "/consents", "contact", "").andExpect(status().isUnprocessableContent());
    assertThat(stored("select id::text from consent_request")).isEmpty();
  }

  private String ask() throws Exception {
    var contact = staff(supplier + "/consents/new").select("option").get(1).val();
    send(supplier + "/consents", "contact", contact).andExpect(redirectedUrl(supplier));
    return OutsideMail.await(mail, 1).getFirst().link();
  }

  private UUID key() {
    return UUID.fromString(supplier.substring(supplier.lastIndexOf('/') + 1));
  }

  private boolean isLive(String organisation, String address) {
    return Tenancy.in(
        body.id(), () -> consents.isLiveFor(organisation, address, "市道1024号線 舗装修繕工事"));
  }

  private ResultActions send(String path, String... fields) throws Exception {
    var asked = post(path).with(csrf()).with(TestPeople.as(body, body.clerk()));
    for (var i = 0; i < fields.length; i += 2) {
      asked.param(fields[i], fields[i + 1]);
    }
    return mvc.perform(asked);
  }

  private Document staff(String path) throws Exception {
    return page(
        mvc.perform(get(path).with(TestPeople.as(body, body.clerk()))).andExpect(status().isOk()));
  }

  private static Document page(ResultActions answer) throws Exception {
    var text = answer.andReturn().getResponse().getContentAsString();
    assertThat(text).doesNotContain("??");
    return Jsoup.parse(text);
  }

  private List<String> actions() throws java.sql.SQLException {
    return stored("select action from audit_entry");
  }

  private List<String> stored(String sql) throws java.sql.SQLException {
    var found = new java.util.ArrayList<String>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.prepareStatement(sql + " where tenant_id = ?")) {
      statement.setObject(1, body.id().value());
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          found.add(row.getString(1));
        }
      }
    }
    return found;
  }
}
