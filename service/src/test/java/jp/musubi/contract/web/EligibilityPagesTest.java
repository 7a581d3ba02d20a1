package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.EligibilityRegister;
import jp.musubi.contract.EligibilityRules;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("電子契約の対象の画面")
class EligibilityPagesTest {
  private static final String SETTINGS = "/settings/eligibility";

  @Autowired MockMvc mvc;
  @Autowired PasswordEncoder passwords;
  @Autowired Contracts contracts;
  @Autowired EligibilityRegister register;

  private TestBody body;
  private UUID admin;

  @BeforeEach
  void aBodyWithAnAdministrator() {
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
  }

  @Test
  @DisplayName("団体管理者が決まりを入力し、入力したとおりに出て、記録に残る")
  void keepTheRulesOfABody() throws Exception {
    assertThat(page(open("/settings", admin)).select("a[href=" + SETTINGS + "]")).hasSize(1);
    var empty = page(open(SETTINGS, admin));
    assertThat(empty.select("input[type=checkbox][checked]")).isEmpty();
    assertThat(value(empty, "longestYears") + value(empty, "mostYen")).isEmpty();

    change(
            "longestYears",
            "１０",
            "keepingYears",
            "5",
            "mostYen",
            "１億５０００万円",
            "renewalOnPaper",
            "true")
        .andExpect(status().isUnprocessableContent());
    change(
            "longestYears",
            "１０",
            "keepingYears",
            "5",
            "mostYen",
            "１５０，０００，０００円",
            "renewalOnPaper",
            "true",
            "councilOnPaper",
            "true",
            "onPaper-LEASE",
            "true",
            "onPaper-WORKS",
            "true")
        .andExpect(redirectedUrl("/settings"));
    var shown = page(open(SETTINGS, admin));
    assertThat(value(shown, "longestYears")).isEqualTo("10");
    assertThat(value(shown, "keepingYears")).isEqualTo("5");
    assertThat(value(shown, "mostYen")).isEqualTo("150,000,000");
    assertThat(shown.select("input[type=checkbox][checked]").eachAttr("name"))
        .containsExactly("renewalOnPaper", "councilOnPaper", "onPaper-WORKS", "onPaper-LEASE");

    change("longestYears", "20").andExpect(redirectedUrl("/settings"));
    var later = page(open(SETTINGS, admin));
    assertThat(value(later, "longestYears")).isEqualTo("20");
    assertThat(value(later, "keepingYears") + value(later, "mostYen")).isEmpty();
    assertThat(later.select("input[type=checkbox][checked]")).isEmpty();
    assertThat(recorded())
        .hasSize(2)
        .last()
        .asString()
        .contains("10 → 20", "5 → 0", "150000000 → none", "true → false", "WORKS,LEASE → none");
  }

  @Test
  @DisplayName("何も電子契約にできなくなる決まりは、項目のそばで断る")
  void refuseRulesThatLeaveNothing() throws Exception {
    wrong("longestYears", "longestYears", "0");
    wrong("longestYears", "longestYears", "無期限");
    wrong("keepingYears", "keepingYears", "5");
    wrong("keepingYears", "longestYears", "5", "keepingYears", "5");
    wrong("mostYen", "mostYen", "0");
    assertThat(Tenancy.in(body.id(), register::current)).isEqualTo(EligibilityRules.DEFAULT);
    mvc.perform(post(SETTINGS).with(csrf()).with(TestPeople.as(body, body.clerk())))
        .andExpect(status().isForbidden());
  }

  @Test
  @DisplayName("電子契約にできる契約は、確認の画面でそう告げられ、送信できる")
  void letOthersPass() throws Exception {
    change("longestYears", "10", "mostYen", "100000000", "onPaper-LEASE", "true");
    var path = draft();
    var review = page(open(path + "/review", body.clerk()));
    assertThat(review.text()).contains("団体の決まりに照らして、電子契約にできます。");
    assertThat(review.select("section[data-type=error]")).isEmpty();
    dispatch(path, review).andExpect(redirectedUrl(path));
    assertThat(state(path)).isEqualTo("AWAITING_AGREEMENTS");
  }

  @Test
  @DisplayName("電子契約にできない契約は、理由がすべて示され、送信のボタンがない")
  void sayWhyAContractMayNotBeElectronic() throws Exception {
    change(
        "longestYears",
        "1",
        "mostYen",
        "10000000",
        "renewalOnPaper",
        "true",
        "councilOnPaper",
        "true",
        "onPaper-SERVICES",
        "true");
    var path =
        draft(
            "renews",
            "true",
            "councilVote",
            "true",
            "paperByLaw",
            "BUSINESS_LEASE",
            "periodUntil",
            "2027/12/7");
    var review = page(open(path + "/review", body.clerk()));
    assertThat(review.select("section[data-type=error] li").eachText())
        .containsExactly(
            "事業用定期借地権を設定する契約は、公正証書によると定められています（借地借家法23条3項）。公正証書は公証人が作るため、公証役場で作ってください。",
            "種別が「業務委託」の契約は、団体の決まりで紙の契約書によります。",
            "契約期間が、団体の決まりの1年を超えています。",
            "自動更新の条項がある契約は、団体の決まりで紙の契約書によります。",
            "議会の議決が要る契約は、団体の決まりで紙の契約書によります。",
            "契約金額が、団体の決まりの10,000,000円を超えています。");
    assertThat(review.select("form[action$=/dispatch]")).isEmpty();
    assertThat(review.select("a[href$=/terms]")).isNotEmpty();

    var terms = page(open(path + "/terms", body.clerk()));
    assertThat(terms.select("input[type=checkbox][checked]").eachAttr("name"))
        .containsExactly("renews", "councilVote");
    assertThat(terms.select("#paperByLaw option[selected]").attr("value"))
        .isEqualTo("BUSINESS_LEASE");
    enter(path, "kind", "GOODS").andExpect(redirectedUrl(path + "/review"));
    assertThat(
            page(open(path + "/review", body.clerk()))
                .select("section[data-type=error] li")
                .eachText())
        .containsExactly("契約金額が、団体の決まりの10,000,000円を超えています。");
  }

  @Test
  @DisplayName("確認の後に決まりが変わった契約は、送信を断り、何も署名しない")
  void refuseToSendWhatMayNotBeElectronic() throws Exception {
    var path = draft();
    var review = page(open(path + "/review", body.clerk()));
    change("onPaper-SERVICES", "true").andExpect(redirectedUrl("/settings"));
    var refused = page(dispatch(path, review).andExpect(status().isConflict()));
    assertThat(refused.text())
        .contains("電子契約にできない契約のため", "種別が「業務委託」の契約は", "署名は付いていません", "紙の契約書で締結してください");
    assertThat(state(path)).isEqualTo("DRAFT");
    assertThat(Tenancy.in(body.id(), () -> contracts.agreements(id(path)))).isEmpty();

    // What was refused has used nothing up: the same form sends once it may.
    change().andExpect(redirectedUrl("/settings"));
    dispatch(path, review).andExpect(redirectedUrl(path));
    assertThat(state(path)).isEqualTo("AWAITING_AGREEMENTS");
  }

  @Test
  @DisplayName("決められないことは確かめるよう伝え、送信は止めない")
  void askWhereNothingIsKnown() throws Exception {
    change("longestYears", "10", "mostYen", "100000000");
    var path = draft("amount", "", "periodUntil", "");
    var review = page(open(path + "/review", body.clerk()));
    assertThat(review.select("[data-type=warning] h3").eachText())
        .contains("契約期間が入力されていません", "契約金額が入力されていません");
    assertThat(review.text()).contains("100,000,000円を超える契約は", "確かめてください");
    dispatch(path, review).andExpect(redirectedUrl(path));
  }

  @Test
  @DisplayName("選択肢にない法律は断り、入力した内容は消えない")
  void refuseUnknownLaws() throws Exception {
    var path = draft();
    var page =
        page(
            enter(path, "paperByLaw", "NOBODY'S LAW", "renews", "true")
                .andExpect(status().isUnprocessableContent()));
    assertThat(page.select("#paperByLaw-error")).hasSize(1);
    assertThat(page.select("#renews[checked]")).hasSize(1);
  }

  @Test
  @DisplayName("ほかの団体の決まりは効かない")
  void keepTheRulesOfBodiesApart() throws Exception {
    change("onPaper-SERVICES", "true");
    var other = TestBody.create(passwords.encode(TestBody.PASSWORD));
    assertThat(Tenancy.in(other.id(), register::current)).isEqualTo(EligibilityRules.DEFAULT);
  }

  // --- 道具 --------------------------------------------------------------------------------

  private void wrong(String field, String... typed) throws Exception {
    var page = page(change(typed).andExpect(status().isUnprocessableContent()));
    assertThat(page.select("[aria-invalid=true]").eachAttr("name")).containsExactly(field);
    assertThat(value(page, typed[0])).isEqualTo(typed[1]);
  }

  private ResultActions change(String... typed) throws Exception {
    return send(SETTINGS, admin, List.of(typed));
  }

  private String draft(String... otherwise) throws Exception {
    var location =
        mvc.perform(
                multipart("/contracts")
                    .file(
                        new MockMultipartFile(
                            "file", "委託契約書.pdf", "application/pdf", TestPdf.contract()))
                    .param("idempotencyKey", UUID.randomUUID().toString())
                    .with(csrf())
                    .with(TestPeople.as(body, body.clerk())))
            .andReturn()
            .getResponse()
            .getRedirectedUrl();
    var path = Objects.requireNonNull(location).replaceFirst("/parties$", "");
    send(
            path + "/parties",
            body.clerk(),
            List.of(
                "organisation-1", "株式会社 見本建設",
                "title-1", "代表取締役",
                "name-1", "例田 一郎",
                "mail-1", "ichiro@mihon.example",
                "identity-1", "mail",
                "office", body.office().toString(),
                "officePlace", "last"))
        .andExpect(redirectedUrl(path + "/terms"));
    enter(path, otherwise).andExpect(redirectedUrl(path + "/review"));
    return path;
  }

  private ResultActions enter(String path, String... otherwise) throws Exception {
    var typed =
        new LinkedHashMap<String, String>(
            Map.of(
                "title", "庁舎清掃業務委託",
                "kind", "SERVICES",
                "amount", "12980000",
                "contractDate", "R8.12.4",
                "periodFrom", "R8.12.7",
                "periodUntil", "2027/3/19",
                // A deadline lies ahead of the service's own clock.
                "deadline",
                    JapaneseDates.era(
                        LocalDate.ofInstant(Instant.now(), JapaneseDates.ZONE).plusDays(14)),
                "deadlineTime", "17:00",
                "readingYears", "10"));
    for (var i = 0; i < otherwise.length; i += 2) {
      typed.put(otherwise[i], otherwise[i + 1]);
    }
    var flat = new ArrayList<String>();
    typed.forEach((name, value) -> flat.addAll(List.of(name, value)));
    return send(path + "/terms", body.clerk(), flat);
  }

  private ResultActions dispatch(String path, Document review) throws Exception {
    return send(
        path + "/dispatch",
        body.clerk(),
        List.of(
            "idempotencyKey", value(review, "idempotencyKey"),
            "seed", value(review, "seed"),
            "version", value(review, "version"),
            "document", value(review, "document")));
  }

  private ResultActions open(String path, UUID staff) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(body, staff))).andExpect(status().isOk());
  }

  private ResultActions send(String path, UUID staff, List<String> typed) throws Exception {
    var request = post(path).with(csrf()).with(TestPeople.as(body, staff));
    for (var i = 0; i < typed.size(); i += 2) {
      request.param(typed.get(i), typed.get(i + 1));
    }
    return mvc.perform(request);
  }

  private String state(String path) {
    return Tenancy.in(body.id(), () -> contracts.get(id(path))).state();
  }

  private static ContractId id(String path) {
    return new ContractId(UUID.fromString(path.substring("/contracts/".length())));
  }

  private List<String> recorded() throws Exception {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var query =
            connection.prepareStatement(
                """
                select entry from audit_entry
                 where tenant_id = ? and action = 'settings.eligibility-changed' order by seq
                """)) {
      query.setObject(1, body.id().value());
      var found = new ArrayList<String>();
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  private static Document page(ResultActions result) throws Exception {
    return Jsoup.parse(result.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8));
  }

  private static String value(Document page, String name) {
    return page.select("input[name=" + name + "]").attr("value");
  }
}
