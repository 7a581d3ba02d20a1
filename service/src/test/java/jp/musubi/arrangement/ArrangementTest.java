package jp.musubi.arrangement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.input.InputHouse;
import jp.musubi.platform.Tenancy;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("当事者の並びは")
class ArrangementTest {
  private static final String[] JOINT = {
    "name",
    "JV3者の工事",
    "kind",
    "WORKS",
    "officePlace",
    "last",
    "recipients",
    "監理者\n連帯保証人",
    "slots",
    "3",
    "capacity-1",
    "CLERK",
    "label-1",
    "代表構成員の担当者",
    "place-1",
    "1",
    "way-1",
    "mail",
    "capacity-2",
    "AUTHORITY",
    "label-2",
    "代表構成員",
    "place-2",
    "2",
    "member-2",
    "true",
    "way-2",
    "access-code",
    "capacity-3",
    "AGENT",
    "label-3",
    "構成員",
    "place-3",
    "2",
    "member-3",
    "true",
    "way-3",
    "access-code"
  };

  @Autowired MockMvc web;
  @Autowired Contracts contracts;

  private TestBody body;
  private UUID admin;
  private InputHouse draft;
  private String path;

  @BeforeEach
  void aDraft() throws Exception {
    draft = InputHouse.open(web, 1);
    body = draft.body();
    admin = TestPeople.member(body, "kanri", "例 管理", body.section(), "BODY_ADMIN", null);
    path = draft.path();
  }

  @Test
  @DisplayName("選ぶと枠と順番がそのとおりになり、入力した名前は残り、送信の前に違いを知らせる")
  void laysTheFormOutAndKeepsWhatWasTyped() throws Exception {
    press(admin, "/settings/arrangements", JOINT);
    press(admin, "/settings/arrangements", "name", "ふつうの委託", "officePlace", "last");
    var asked = page(body.clerk(), path + "/parties");
    var joint = option(asked, "JV3者の工事（工事）");

    var laid =
        html(
            press(
                body.clerk(),
                path + "/parties",
                "step",
                "arrange",
                "arrangements",
                joint,
                "organisation-1",
                "見本建設",
                "name-1",
                "例田 一郎",
                "mail-1",
                "ichiro@mihon.example",
                "office",
                body.office().toString(),
                "officePlace",
                "first"));
    assertThat(laid.text())
        .contains("「JV3者の工事」の並びで入力しています", "代表構成員の担当者", "監理者、連帯保証人", "共同企業体の構成員です");
    assertThat(laid.select("input[name=organisation-1]").attr("value")).isEqualTo("見本建設");
    assertThat(laid.select("input[name=place-2]").attr("value")).isEqualTo("2");
    assertThat(laid.select("input[name=place-3]").attr("value")).isEqualTo("2");
    assertThat(checked(laid, "capacity-1")).isEqualTo("CLERK");
    assertThat(checked(laid, "capacity-3")).isEqualTo("AGENT");
    assertThat(checked(laid, "identity-1")).isEqualTo("mail");
    assertThat(checked(laid, "officePlace")).isEqualTo("last");
    assertThat(laid.select("input[name=arrangement]").attr("value")).isEqualTo(joint);

    save(joint, "CLERK");
    assertThat(parties().stream().filter(p -> p.kind() == Party.Kind.COUNTERPARTY))
        .extracting(Party::turn)
        .containsExactly(1, 2, 2);
    var review = page(body.clerk(), path + "/review").text();
    assertThat(review)
        .doesNotContain("選んだ当事者の並び「JV3者の工事」と違っています")
        .contains("写しを届ける方が足りません", "いま入力されているのは0人です");
    assertThat(page(body.clerk(), path).text()).contains("「JV3者の工事」を選びました");
    assertThat(
            page(body.clerk(), path + "/parties").select("input[name=arrangement]").attr("value"))
        .isEqualTo(joint);

    // Whoever deviates is told, and may.
    save(joint, "AUTHORITY");
    assertThat(page(body.clerk(), path + "/review").text()).contains("選んだ当事者の並び「JV3者の工事」と違っています");
    save("", "AUTHORITY");
    assertThat(page(body.clerk(), path + "/review").text()).doesNotContain("当事者の並び「JV3者の工事」");
    assertThat(audited("contract.arranged")).isEqualTo("2");
  }

  @Test
  @DisplayName("契約の種別に合うものを先に、すべての種別のものを次に並べる")
  void offersTheOnesOfTheKindFirst() throws Exception {
    press(admin, "/settings/arrangements", JOINT);
    press(admin, "/settings/arrangements", "name", "あらゆる契約", "officePlace", "last");
    press(admin, "/settings/arrangements", "name", "物品", "kind", "GOODS", "officePlace", "last");
    TestPeople.run("update contract set kind = 'WORKS' where id = ?", draft.id().value());
    assertThat(page(body.clerk(), path + "/parties").select("#arrangements option").eachText())
        .containsExactly("JV3者の工事（工事）", "あらゆる契約", "物品（物品の購入）", "並びを使わない");
    TestPeople.run("update contract set kind = 'GOODS' where id = ?", draft.id().value());
    assertThat(page(body.clerk(), path + "/parties").select("#arrangements option").eachText())
        .containsExactly("物品（物品の購入）", "あらゆる契約", "JV3者の工事（工事）", "並びを使わない");
  }

  @Test
  @DisplayName("できている契約から登録でき、名前やメールは入らず、団体の管理者が直し、やめられる")
  void isKeptFromAContractWithoutAnybodysName() throws Exception {
    save("", "CLERK");
    assertThat(page(body.clerk(), path).text()).contains("この並びを登録する");
    var wrong = press(body.clerk(), path + "/arrangement", "name", "", "label-2", "代表構成員");
    assertThat(wrong.getStatus()).isEqualTo(422);
    assertThat(html(wrong).select("input[name=label-2]").attr("value")).isEqualTo("代表構成員");
    assertThat(keep("この団体の工事").getRedirectedUrl()).isEqualTo(path);
    assertThat(keep("この団体の工事").getStatus()).isEqualTo(409);

    var list = page(admin, "/settings/arrangements");
    assertThat(list.select("main").text())
        .contains("この団体の工事", "担当者（送信） → 担当者 → 代表構成員・代理人 → 契約名義", "監理者")
        .doesNotContain("見本建設", "ichiro@mihon.example");
    var edit = list.select("main table a").attr("href");
    var form = page(admin, edit);
    assertThat(form.select("input[name=label-2]").attr("value")).isEqualTo("代表構成員");
    assertThat(form.select("input[name=member-2]").hasAttr("checked")).isTrue();

    press(admin, edit, JOINT);
    assertThat(page(admin, "/settings/arrangements").select("main table a").text())
        .isEqualTo("JV3者の工事");
    // What it was before is nothing that could be changed.
    assertThat(press(admin, edit, JOINT).getStatus()).isEqualTo(404);
    press(
        admin, page(admin, "/settings/arrangements").select("main table a").attr("href") + "/end");
    assertThat(page(body.clerk(), path + "/parties").select("#arrangements")).isEmpty();
    assertThat(audited("settings.arrangement-made")).isEqualTo("1");
    assertThat(audited("settings.arrangement-changed")).isEqualTo("1");
    assertThat(audited("settings.arrangement-ended")).isEqualTo("1");
  }

  @Test
  @DisplayName("入力がおかしければ直し方を示して何も失わず、ほかの団体のものは選べない")
  void refusesWhatItCannotMean() throws Exception {
    var odd =
        press(
            admin,
            "/settings/arrangements",
            "name",
            "あ".repeat(101),
            "kind",
            "NONE",
            "officePlace",
            "last",
            "slots",
            "99",
            "label-2",
            "呼び名だけ",
            "capacity-3",
            "KING",
            "place-3",
            "29",
            "recipients",
            "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11");
    assertThat(odd.getStatus()).isEqualTo(422);
    var page = html(odd);
    assertThat(page.select("[aria-invalid=true]").eachAttr("name"))
        .contains("name", "kind", "capacity-2", "capacity-3", "place-3");
    assertThat(page.text()).contains("10人まで、1行に100文字までで");
    assertThat(page.select("input[name=label-2]").attr("value")).isEqualTo("呼び名だけ");
    assertThat(page.select("fieldset")).hasSize(28);
    assertThat(
            html(press(admin, "/settings/arrangements", "step", "more", "name", "途中", "slots", "3"))
                .select("fieldset"))
        .hasSize(6);

    var other = TestBody.create("-");
    var foreign = TestPeople.member(other, "kanri", "別 管理", other.section(), "BODY_ADMIN", null);
    press(other, foreign, "/settings/arrangements", JOINT);
    var key =
        TestPeople.text("select id::text from arrangement where tenant_id = ?", other.id().value());
    assertThat(get(admin, "/settings/arrangements/" + key).getStatus()).isEqualTo(404);
    save(key, "CLERK");
    assertThat(audited("contract.arranged")).isEqualTo("0");
  }

  private MockHttpServletResponse keep(String name) throws Exception {
    return press(
        body.clerk(),
        path + "/arrangement",
        "name",
        name,
        "kind",
        "",
        "label-2",
        "代表構成員",
        "recipients",
        "監理者");
  }

  private void save(String arrangement, String first) throws Exception {
    var answer =
        press(
            body.clerk(),
            path + "/parties",
            "arrangement",
            arrangement,
            "office",
            body.office().toString(),
            "officePlace",
            "last",
            "organisation-1",
            "見本建設",
            "name-1",
            "例田 花子",
            "mail-1",
            "hanako@mihon.example",
            "identity-1",
            "mail",
            "capacity-1",
            first,
            "place-1",
            "1",
            "organisation-2",
            "見本建設",
            "name-2",
            "例田 一郎",
            "mail-2",
            "ichiro@mihon.example",
            "identity-2",
            "access-code",
            "venture-2",
            "見本・試田特定建設工事共同企業体",
            "place-2",
            "2",
            "organisation-3",
            "試田組",
            "name-3",
            "試田 次郎",
            "mail-3",
            "jiro@shida.example",
            "identity-3",
            "access-code",
            "capacity-3",
            "AGENT",
            "venture-3",
            "見本・試田特定建設工事共同企業体",
            "place-3",
            "2");
    assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(302);
  }

  private List<Party> parties() {
    Particulars contract = Tenancy.in(body.id(), () -> contracts.get(draft.id()));
    return contract.parties();
  }

  private static String option(Document page, String text) {
    return page.select("#arrangements option").stream()
        .filter(each -> each.text().equals(text))
        .findFirst()
        .orElseThrow()
        .attr("value");
  }

  private static String checked(Document page, String name) {
    return page.select("input[name=" + name + "][checked]").attr("value");
  }

  private String audited(String action) {
    return String.valueOf(
        TestPeople.text(
            "select count(*)::text from audit_entry where tenant_id = ? and action = ?",
            body.id().value(),
            action));
  }

  private MockHttpServletResponse press(UUID who, String to, String... typed) throws Exception {
    return press(body, who, to, typed);
  }

  private MockHttpServletResponse press(TestBody of, UUID who, String to, String... typed)
      throws Exception {
    var request = post(to).with(csrf()).with(TestPeople.as(of, who));
    for (var i = 0; i < typed.length; i += 2) {
      request.param(typed[i], typed[i + 1]);
    }
    return web.perform(request).andReturn().getResponse();
  }

  private MockHttpServletResponse get(UUID who, String from) throws Exception {
    return web.perform(
            org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get(from)
                .with(TestPeople.as(body, who)))
        .andReturn()
        .getResponse();
  }

  private Document page(UUID who, String from) throws Exception {
    var answer = get(who, from);
    assertThat(answer.getStatus()).as(from).isEqualTo(200);
    return html(answer);
  }

  private static Document html(MockHttpServletResponse answer) throws Exception {
    return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
  }
}
