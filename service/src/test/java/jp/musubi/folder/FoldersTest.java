package jp.musubi.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
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
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("フォルダ")
class FoldersTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;

  private TestBody body;

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
  }

  @Test
  @DisplayName("作り、重ね、名前と場所を変え、空なら消せる。二度送っても一つだけで、記録に残る")
  void areMadeNestedMovedAndRemoved() throws Exception {
    assertThat(page("/folders").text()).contains("フォルダはまだありません");
    assertThat(page("/folders/new").select("select[name=place] option")).hasSize(1);
    var works = make("工事", "");
    var twice = press("/folders", "name", "工事", "place", body.section() + "/");
    assertThat(twice.getStatus()).isEqualTo(422);
    assertThat(said(twice)).contains("同じ場所に同じ名前のフォルダがあります");
    var year = make("令和8年度", works.toString());
    var path = "/folders/" + works;
    var circle = press(path + "/change", "name", "工事", "place", body.section() + "/" + year);
    assertThat(circle.getStatus()).isEqualTo(422);
    assertThat(said(circle)).contains("それ自身の中に移すことはできません");
    var full = press(path + "/removal");
    assertThat(full.getStatus()).isEqualTo(422);
    assertThat(said(full)).contains("中に契約かフォルダがあるため、消せません");
    var moved =
        press("/folders/" + year + "/change", "name", "八年度<b>", "place", body.section() + "/");
    assertThat(moved.getRedirectedUrl()).isEqualTo("/folders/" + year);
    assertThat(page("/folders/" + year).select("h1").text()).isEqualTo("八年度<b>");
    assertThat(press(path + "/removal").getRedirectedUrl()).isEqualTo("/folders");
    assertThat(page("/folders").text()).contains("八年度<b>").doesNotContain("工事");
    assertThat(press(path + "/removal").getStatus()).isEqualTo(404);
    assertThat(
            TestPeople.text(
                "select string_agg(action, ' ' order by seq) from audit_entry"
                    + " where tenant_id = ? and action like 'folder.%' and action not like '%view%'",
                body.id().value()))
        .isEqualTo("folder.made folder.made folder.changed folder.removed");
    assertThat(press("/folders", "name", " ", "place", "x").getStatus()).isEqualTo(422);
  }

  @Test
  @DisplayName("契約は一つのフォルダに入り、まとめて移せて、移したことは一度だけ経過に残る")
  void holdContracts() throws Exception {
    var one = TestContract.draft(body, vault).id().value();
    var two = TestContract.draft(body, vault).id().value();
    var works = make("工事", "");
    var year = make("令和8年度", works.toString());
    assertThat(page("/folders").text()).contains("未整理の契約 2件");
    for (var i = 0; i < 2; i++) {
      assertThat(
              press(
                      "/folders/filing",
                      "contract",
                      one.toString(),
                      "contract",
                      two.toString(),
                      "to",
                      works.toString())
                  .getStatus())
          .isEqualTo(302);
    }
    assertThat(press("/contracts/" + two + "/folder", "to", year.toString()).getRedirectedUrl())
        .isEqualTo("/contracts/" + two);
    assertThat(page("/folders").text()).contains("未整理の契約 0件");
    assertThat(filed(one)).isEqualTo("1");
    assertThat(filed(two)).isEqualTo("2");
    assertThat(page("/contracts/" + two + "/history").text()).contains("契約をフォルダに入れたか移した");
    assertThat(page("/contracts/" + one + "/folder").select("option[selected]").text())
        .endsWith("工事");
    // The register's condition takes in what lies below.
    assertThat(page("/register?folder=" + works).text()).contains("2件");
    assertThat(page("/register?folder=" + year).text()).contains("1件");
    assertThat(page("/register?folder=x").text()).contains("あてはまる契約はありません");
    assertThat(press("/folders/" + year + "/removal").getStatus()).isEqualTo(422);
    assertThat(press("/contracts/" + one + "/folder", "to", "").getStatus()).isEqualTo(302);
    assertThat(page("/folders/unfiled").select("input[name=contract]").eachAttr("value"))
        .containsExactly(one.toString());
  }

  @Test
  @DisplayName("下の所属の契約は上の所属のフォルダに入り、別の所属や別の団体のフォルダには入らない")
  void holdWhatBelongsThere() throws Exception {
    var roads = TestPeople.section(body, "11", "道路課", body.section());
    var welfare = TestPeople.section(body, "20", "福祉部", null);
    TestPeople.run(
        """
        insert into role_grant (tenant_id, id, staff_id, role, section_id, from_at)
        values (?, gen_random_uuid(), ?, 'CLERK', ?, timestamptz '2020-04-01 00:00+09')
        """,
        body.id().value(),
        body.clerk(),
        welfare);
    var contract = TestContract.draft(body, vault).id().value();
    TestPeople.run("update contract set section_id = ? where id = ?", roads, contract);
    var above = make("工事", "");
    var made = press("/folders", "name", "委託", "place", welfare + "/");
    var theirs = String.valueOf(made.getRedirectedUrl()).substring("/folders/".length());
    var path = "/contracts/" + contract + "/folder";
    assertThat(page(path).select("option").eachAttr("value")).doesNotContain(theirs);
    var refused = press(path, "to", theirs);
    assertThat(refused.getStatus()).isEqualTo(422);
    assertThat(said(refused)).contains("その所属か上の所属のフォルダにだけ入れられます");
    var other = TestBody.create("-");
    TestPeople.run(
        "insert into folder (tenant_id, id, section_id, name, made_at) values (?, ?, ?, '工事', now())",
        other.id().value(),
        other.section(),
        other.section());
    assertThat(press(path, "to", other.section().toString()).getStatus()).isEqualTo(404);
    assertThat(press(path, "to", above.toString()).getStatus()).isEqualTo(302);
    assertThat(filed(contract)).isEqualTo("1");
  }

  @Test
  @DisplayName("データベースも、円になるフォルダと9段めのフォルダを受け付けない")
  void areKeptFromCirclesByTheDatabase() throws Exception {
    var top = make("1段", "");
    var above = top;
    for (var depth = 2; depth <= FolderTree.DEEPEST; depth++) {
      above = make(depth + "段", above.toString());
    }
    var deepest = above;
    var ninth = press("/folders", "name", "9段", "place", body.section() + "/" + deepest);
    assertThat(said(ninth)).contains("フォルダは8段までです");
    assertThatThrownBy(
            () -> TestPeople.run("update folder set parent_id = ? where id = ?", deepest, top))
        .hasMessageContaining("would lie in itself");
    assertThatThrownBy(() ->
            TestPeople.run(
                "insert into folder (tenant_id, id, section_id, parent_id, name, made_at)"
                    + " values (?, gen_random_uuid(), ?, ?, '9段', now())",
                body.id().value(),
                body.section(),
                deepest))
        .hasMessageContaining("too deep");
  }

  private UUID make(String name, String above) throws Exception {
    var made = press("/folders", "name", name, "place", body.section() + "/" + above);
    assertThat(made.getStatus()).as(said(made)).isEqualTo(302);
    return UUID.fromString(String.valueOf(made.getRedirectedUrl()).substring("/folders/".length()));
  }

  private String filed(UUID contract) {
    return TestPeople.text(
        "select count(*) from audit_entry where contract_id = ? and action = 'contract.filed'",
        contract);
  }

  private Document page(String path) throws Exception {
    var answer =
        mvc.perform(get(path).with(TestPeople.as(body, body.clerk()))).andReturn().getResponse();
    assertThat(answer.getStatus()).as(path).isEqualTo(200);
    return Jsoup.parse(said(answer));
  }

  private static String said(MockHttpServletResponse answer) throws Exception {
    return answer.getContentAsString(StandardCharsets.UTF_8);
  }

  private MockHttpServletResponse press(String path, String... typed) throws Exception {
    var request =
        post(path).with(csrf()).with(TestPeople.as(body, body.clerk())).accept("text/html");
    for (var i = 0; i < typed.length; i += 2) {
      request = request.param(typed[i], typed[i + 1]);
    }
    return mvc.perform(request).andReturn().getResponse();
  }
}
