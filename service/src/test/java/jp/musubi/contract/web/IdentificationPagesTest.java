package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestDesk;
import jp.musubi.TestPeople;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.IdentificationFloor;
import jp.musubi.contract.IdentificationRegister;
import jp.musubi.platform.Tenancy;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("相手方の本人確認の下限の画面")
class IdentificationPagesTest {
  private static final String SETTINGS = "/settings/identification";

  @Autowired MockMvc mvc;
  @Autowired PasswordEncoder passwords;
  @Autowired Contracts contracts;
  @Autowired IdentificationRegister register;

  private TestBody body;
  private TestDesk admin;

  @BeforeEach
  void aBodyWithAnAdministrator() {
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
    var id = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
    admin = new TestDesk(mvc, body, id, SETTINGS);
  }

  @Test
  @DisplayName("団体管理者だけが下限を変え、入力したとおりに出て、前と後が記録に残る")
  void keepTheFloorOfABody() throws Exception {
    assertThat(TestDesk.html(admin.at("/settings")).select("a[href=" + SETTINGS + "]")).hasSize(1);
    TestDesk.answer(
        422, change("least", "L1", "fromYen", "１，０００万円", "dear", "L2", "kind-WORKS", "L2"));
    changes("least", "L1", "fromYen", "10000000", "dear", "L2", "kind-WORKS", "L2");
    var shown = admin.page("");
    assertThat(chosen(shown, "least") + chosen(shown, "dear") + chosen(shown, "kind-WORKS"))
        .isEqualTo("L1L2L2");
    assertThat(chosen(shown, "kind-GOODS")).isEqualTo("SAME");
    assertThat(TestDesk.value(shown, "fromYen")).isEqualTo("10,000,000");
    assertThat(recorded())
        .singleElement()
        .asString()
        .contains("none → 10000000 L2", "none → {WORKS=L2}");
    assertThat(new TestDesk(mvc, body, body.clerk(), SETTINGS).press("").getStatus())
        .isEqualTo(403);
    var other = TestBody.create(passwords.encode(TestBody.PASSWORD));
    assertThat(Tenancy.in(other.id(), register::current)).isEqualTo(IdentificationFloor.DEFAULT);
  }

  @Test
  @DisplayName("片方だけの入力や、ない水準は、項目のそばで断る")
  void refuseHalfARule() throws Exception {
    for (var typed :
        List.of(
            List.of("fromYen", "1000", "least", "L1", "fromYen", "1000"),
            List.of("fromYen", "", "least", "L1", "dear", "L2"),
            List.of("fromYen", "0", "least", "L1", "fromYen", "0", "dear", "L2"))) {
      var page =
          TestDesk.answer(422, change(typed.subList(2, typed.size()).toArray(String[]::new)));
      assertThat(page.select("[aria-invalid=true]")).hasSize(1);
    }
    TestDesk.answer(422, change("least", "L9"));
    assertThat(Tenancy.in(body.id(), register::current)).isEqualTo(IdentificationFloor.DEFAULT);
  }

  @Test
  @DisplayName("下限に足りない方法は画面に出ず、送られてきても理由を言って断る。送信した契約は変わらない")
  void holdBackWhatIsTooWeak() throws Exception {
    var sent = draft();
    sent.dispatches(sent.page("/review"));

    var draft = draft();
    var review = draft.page("/review");
    changes("least", "L1", "fromYen", "10000000", "dear", "L2");
    assertThat(state(sent)).isEqualTo("AWAITING_AGREEMENTS");
    var refused = TestDesk.answer(409, draft.dispatch(review));
    assertThat(refused.text()).contains("下限に足りないため、送信できませんでした");
    assertThat(state(draft)).isEqualTo("DRAFT");
    var held = draft.page("/review");
    assertThat(held.text()).contains("本人確認の方法が、団体の決まりの下限に足りません");
    assertThat(held.select("form[action$=/dispatch]")).isEmpty();

    var parties = draft.page("/parties");
    assertThat(parties.select("#identity-1 option, [name=identity-1]").eachAttr("value"))
        .contains("access-code")
        .doesNotContain("mail", "mail-code");
    var weak = TestDesk.answer(422, parties(draft, "mail-code"));
    assertThat(weak.text()).contains("水準L2以上の方法で確かめます");
    assertThat(parties(draft, "access-code").getRedirectedUrl()).isEqualTo(draft.path() + "/terms");
    TestDesk.answer(200, draft.dispatch(draft.page("/review")));
    assertThat(state(draft)).isEqualTo("AWAITING_AGREEMENTS");
  }

  // --- 道具 --------------------------------------------------------------------------------

  private static String chosen(Document page, String name) {
    return page.select("#" + name + " option[selected]").attr("value");
  }

  private MockHttpServletResponse parties(TestDesk draft, String identity) throws Exception {
    return draft.press(
        "/parties",
        "organisation-1",
        "株式会社 見本建設",
        "title-1",
        "代表取締役",
        "name-1",
        "例田 一郎",
        "mail-1",
        "ichiro@mihon.example",
        "identity-1",
        identity,
        "office",
        body.office().toString(),
        "officePlace",
        "last");
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
                 where tenant_id = ? and action = 'settings.identification-changed' order by seq
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
