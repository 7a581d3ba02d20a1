package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestDesk;
import jp.musubi.TestPeople;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.EligibilityRegister;
import jp.musubi.contract.EligibilityRules;
import jp.musubi.platform.Tenancy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("電子契約の対象の画面")
class EligibilityPagesTest {
  private static final String SETTINGS = "/settings/eligibility";

  @Autowired MockMvc mvc;
  @Autowired PasswordEncoder passwords;
  @Autowired Contracts contracts;
  @Autowired EligibilityRegister register;

  private TestBody body;
  private TestDesk admin;

  @BeforeEach
  void aBodyWithAnAdministrator() {
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
    var id = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
    admin = new TestDesk(mvc, body, id, SETTINGS);
  }

  @Test
  @DisplayName("団体管理者が決まりを入力し、入力したとおりに出て、記録に残る")
  void keepTheRulesOfABody() throws Exception {
    assertThat(TestDesk.html(admin.at("/settings")).select("a[href=" + SETTINGS + "]")).hasSize(1);
    var empty = admin.page("");
    assertThat(empty.select("input[type=checkbox][checked]")).isEmpty();
    assertThat(TestDesk.value(empty, "longestYears") + TestDesk.value(empty, "mostYen")).isEmpty();

    TestDesk.answer(
        422,
        change(
            "longestYears",
            "１０",
            "keepingYears",
            "5",
            "mostYen",
            "１億５０００万円",
            "renewalOnPaper",
            "true"));
    changes(
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
        "true");
    var shown = admin.page("");
    assertThat(TestDesk.value(shown, "longestYears")).isEqualTo("10");
    assertThat(TestDesk.value(shown, "keepingYears")).isEqualTo("5");
    assertThat(TestDesk.value(shown, "mostYen")).isEqualTo("150,000,000");
    assertThat(shown.select("input[type=checkbox][checked]").eachAttr("name"))
        .containsExactly("renewalOnPaper", "councilOnPaper", "onPaper-WORKS", "onPaper-LEASE");

    changes("longestYears", "20");
    var later = admin.page("");
    assertThat(TestDesk.value(later, "longestYears")).isEqualTo("20");
    assertThat(TestDesk.value(later, "keepingYears") + TestDesk.value(later, "mostYen")).isEmpty();
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
    assertThat(new TestDesk(mvc, body, body.clerk(), SETTINGS).press("").getStatus())
        .isEqualTo(403);
  }

  @Test
  @DisplayName("電子契約にできる契約は、確認の画面でそう告げられ、送信できる")
  void letOthersPass() throws Exception {
    change("longestYears", "10", "mostYen", "100000000", "onPaper-LEASE", "true");
    var draft = draft();
    var review = draft.page("/review");
    assertThat(review.text()).contains("団体の決まりに照らして、電子契約にできます。");
    assertThat(review.select("section[data-type=error]")).isEmpty();
    draft.dispatches(review);
    assertThat(state(draft)).isEqualTo("AWAITING_AGREEMENTS");
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
    var draft =
        draft(
            "renews",
            "true",
            "councilVote",
            "true",
            "paperByLaw",
            "BUSINESS_LEASE",
            "periodUntil",
            "2027/12/7");
    var review = draft.page("/review");
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

    var terms = draft.page("/terms");
    assertThat(terms.select("input[type=checkbox][checked]").eachAttr("name"))
        .containsExactly("renews", "councilVote");
    assertThat(terms.select("#paperByLaw option[selected]").attr("value"))
        .isEqualTo("BUSINESS_LEASE");
    draft.terms("kind", "GOODS");
    assertThat(draft.page("/review").select("section[data-type=error] li").eachText())
        .containsExactly("契約金額が、団体の決まりの10,000,000円を超えています。");
  }

  @Test
  @DisplayName("確認の後に決まりが変わった契約は、送信を断り、何も署名しない")
  void refuseToSendWhatMayNotBeElectronic() throws Exception {
    var draft = draft();
    var review = draft.page("/review");
    changes("onPaper-SERVICES", "true");
    var refused = TestDesk.answer(409, draft.dispatch(review));
    assertThat(refused.text())
        .contains("電子契約にできない契約のため", "種別が「業務委託」の契約は", "署名は付いていません", "紙の契約書で締結してください");
    assertThat(state(draft)).isEqualTo("DRAFT");
    assertThat(Tenancy.in(body.id(), () -> contracts.agreements(draft.id()))).isEmpty();

    // What was refused has used nothing up: the same form sends once it may.
    changes();
    draft.dispatches(review);
    assertThat(state(draft)).isEqualTo("AWAITING_AGREEMENTS");
  }

  @Test
  @DisplayName("決められないことは確かめるよう伝え、送信は止めない")
  void askWhereNothingIsKnown() throws Exception {
    change("longestYears", "10", "mostYen", "100000000");
    var draft = draft("amount", "", "periodUntil", "");
    var review = draft.page("/review");
    assertThat(review.select("[data-type=warning] h3").eachText())
        .contains("契約期間が入力されていません", "契約金額が入力されていません");
    assertThat(review.text()).contains("100,000,000円を超える契約は", "確かめてください");
    draft.dispatches(review);
  }

  @Test
  @DisplayName("選択肢にない法律は断り、入力した内容は消えない")
  void refuseUnknownLaws() throws Exception {
    var draft = draft();
    var page = TestDesk.answer(422, draft.type("paperByLaw", "NOBODY'S LAW", "renews", "true"));
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
    var page = TestDesk.answer(422, change(typed));
    assertThat(page.select("[aria-invalid=true]").eachAttr("name")).containsExactly(field);
    assertThat(TestDesk.value(page, typed[0])).isEqualTo(typed[1]);
  }

  private MockHttpServletResponse change(String... typed) throws Exception {
    return admin.press("", typed);
  }

  private void changes(String... typed) throws Exception {
    assertThat(change(typed).getRedirectedUrl()).isEqualTo("/settings");
  }

  private TestDesk draft(String... otherwise) throws Exception {
    var draft = TestDesk.open(mvc, body, TestPdf.contract());
    draft.parties(List.of("ichiro@mihon.example"));
    draft.terms(otherwise);
    return draft;
  }

  private String state(TestDesk draft) {
    return Tenancy.in(body.id(), () -> contracts.get(draft.id())).state();
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
}
