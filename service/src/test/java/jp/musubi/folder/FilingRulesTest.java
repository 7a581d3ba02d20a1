package jp.musubi.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.contract.ContractEvent;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.RegisteredElsewhere;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("フォルダへの振り分けは")
class FilingRulesTest {
  private static final String PATH = "/settings/filing";

  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired FilingRules rules;
  @Autowired ApplicationEventPublisher events;
  @Autowired TransactionTemplate transaction;

  private TestBody body;
  private UUID admin;
  private UUID works;
  private UUID paving;

  @BeforeEach
  void aCabinet() {
    body = TestBody.create("-");
    admin = TestPeople.member(body, "kan", "管理 花", body.section(), "BODY_ADMIN", null);
    works = folder(body.section(), "工事", false);
    paving = folder(body.section(), "舗装", false);
  }

  @Test
  @DisplayName("締結した契約を、上から順に最初にあてはまった規則のフォルダに入れ、契約の経過に残す")
  void filesWhatIsConcluded() throws Exception {
    rule("kind", "GOODS", "folder", works.toString());
    rule("title", "ﾎｿｳ", "kind", "WORKS", "folder", paving.toString());
    rule("title", "舗装", "folder", paving.toString());
    rule("section", body.section().toString(), "folder", works.toString());
    var id = concludedAsIf("市道1024号線 舗装修繕工事");
    Tenancy.in(
        body.id(),
        () -> {
          transaction.executeWithoutResult(_ ->
              rules.on(
                  new ContractEvent.Concluded(
                      new ContractId(id), Instant.parse("2026-04-01T00:00:00Z"))));
          return true;
        });
    assertThat(lying(id)).isEqualTo(paving.toString());
    assertThat(
            TestPeople.text(
                "select entry from audit_entry where contract_id = ? and action = 'contract.filed'",
                id))
        .contains("振り分けの規則", "舗装");
    assertThat(page("/folders").text()).contains("舗装");
  }

  @Test
  @DisplayName("順番を変えれば、入るフォルダが変わり、ほかの所属のフォルダには入らない")
  void asksTheRulesInTheirOrder() throws Exception {
    var other = TestPeople.section(body, "20", "福祉部", null);
    rule("title", "舗装", "folder", folder(other, "福祉", false).toString());
    rule("party", "ミホン", "title", "舗装", "folder", works.toString());
    rule("title", "舗装", "folder", paving.toString());
    assertThat(registered("舗装 その一")).isEqualTo(paving.toString());
    rule("party", "見本建設", "folder", works.toString());
    assertThat(registered("舗装 その二")).isEqualTo(paving.toString());
    press(PATH + "/" + newest() + "/place");
    assertThat(registered("舗装 その三")).isEqualTo(works.toString());
    assertThat(registered("清掃")).isEqualTo(works.toString());
    press(PATH + "/" + newest() + "/removal");
    assertThat(page(PATH).select("tbody tr")).hasSize(3);
  }

  @Test
  @DisplayName("規則を決める前に何があてはまるかを見せ、見られない契約は件数にも入れず、何も動かさない")
  void showsWhatARuleWouldFile() throws Exception {
    var seen = concludedAsIf("舗装 見える");
    var hidden = concludedAsIf("舗装 見えない");
    concludedAsIf("清掃");
    var confined = folder(body.section(), "親展の棚", true);
    TestPeople.run(
        "insert into folder_contract values (?, ?, ?, now())", body.id().value(), hidden, confined);
    var shown =
        Jsoup.parse(said(press(PATH, "title", "舗装", "folder", works.toString(), "step", "try")));
    assertThat(shown.text()).contains("1件があてはまります", "舗装 見える").doesNotContain("見えない", "清掃");
    assertThat(shown.select("[name=title]").val()).isEqualTo("舗装");
    assertThat(page(PATH).select("tbody tr")).isEmpty();
    assertThat(lying(seen)).isEmpty();
    // A rule before it takes it away from the one behind.
    rule("title", "見える", "folder", paving.toString());
    assertThat(said(press(PATH, "title", "舗装", "folder", works.toString(), "step", "try")))
        .contains("0件があてはまります");
    assertThat(page(PATH + "/" + newest() + "/change").text()).contains("1件があてはまります");
  }

  @Test
  @DisplayName("条件のない規則と、ないフォルダは断り、入力を失わない")
  void refusesWhatSaysNothing() throws Exception {
    var nothing = press(PATH, "folder", works.toString());
    assertThat(nothing.getStatus()).isEqualTo(422);
    assertThat(said(nothing)).contains("どれか一つは決めてください");
    var nowhere = press(PATH, "title", "<b>舗装</b>", "folder", UUID.randomUUID().toString());
    assertThat(nowhere.getStatus()).isEqualTo(422);
    var form = Jsoup.parse(said(nowhere));
    assertThat(form.text()).contains("フォルダを一覧から選んでください");
    assertThat(form.select("[name=title]").val()).isEqualTo("<b>舗装</b>");
    var other = TestBody.create("-");
    rule("title", "舗装", "folder", works.toString());
    var status =
        mvc.perform(
                get(PATH + "/" + newest() + "/change")
                    .with(
                        TestPeople.as(
                            other,
                            TestPeople.member(
                                other, "kan", "管理", other.section(), "BODY_ADMIN", null))))
            .andReturn()
            .getResponse()
            .getStatus();
    assertThat(status).isEqualTo(404);
  }

  @Test
  @DisplayName("フォルダを消せば規則も消え、締結は妨げられない")
  void goesWithItsFolder() throws Exception {
    var keeper =
        TestPeople.member(body, "mori", "守 る", body.section(), "SECTION_ADMIN", body.section());
    rule("title", "舗装", "folder", works.toString());
    mvc.perform(
            post("/folders/" + works + "/removal").with(csrf()).with(TestPeople.as(body, keeper)))
        .andReturn();
    assertThat(page(PATH).select("tbody tr")).isEmpty();
    assertThat(registered("舗装")).isEmpty();
  }

  private void rule(String... typed) throws Exception {
    var answer = press(PATH, typed);
    assertThat(answer.getStatus()).as(said(answer)).isEqualTo(302);
  }

  private String newest() {
    return TestPeople.text(
        "select id::text from filing_rule where tenant_id = ? order by changed_at desc limit 1",
        body.id().value());
  }

  /** Where a contract lies that was registered just now; empty for nowhere. */
  private String registered(String title) {
    var id = concludedAsIf(title);
    Tenancy.in(
        body.id(),
        () -> {
          transaction.executeWithoutResult(
              _ -> events.publishEvent(new RegisteredElsewhere(new ContractId(id))));
          // Told twice, as a retried job would: it stays where it lies.
          transaction.executeWithoutResult(
              _ -> events.publishEvent(new ContractEvent.MovedToPaper(new ContractId(id), "紙で")));
          return true;
        });
    return lying(id);
  }

  private UUID concludedAsIf(String title) {
    var id = TestContract.draft(body, vault).id().value();
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        update contract set state = 'ON_PAPER', ended_at = timestamptz '%s', title = '%s'
         where id = '%s'; end $$
        """
            .formatted(Instant.parse("2026-04-01T00:00:00Z"), title, id));
    return id;
  }

  private static String lying(UUID contract) {
    return TestPeople.text(
        "select coalesce((select folder_id::text from folder_contract where contract_id = ?), '')",
        contract);
  }

  private UUID folder(UUID section, String name, boolean confined) {
    var id = UUID.randomUUID();
    TestPeople.run(
        "insert into folder (tenant_id, id, section_id, name, confined, made_at)"
            + " values (?, ?, ?, ?, ?, now())",
        body.id().value(),
        id,
        section,
        name,
        confined);
    return id;
  }

  private Document page(String path) throws Exception {
    return Jsoup.parse(
        said(
            mvc.perform(get(path).with(TestPeople.as(body, admin)).accept("text/html"))
                .andReturn()
                .getResponse()));
  }

  private static String said(MockHttpServletResponse answer) throws Exception {
    return answer.getContentAsString(StandardCharsets.UTF_8);
  }

  private MockHttpServletResponse press(String path, String... typed) throws Exception {
    var request = post(path).with(csrf()).with(TestPeople.as(body, admin)).accept("text/html");
    for (var i = 0; i < typed.length; i += 2) {
      request = request.param(typed[i], typed[i + 1]);
    }
    return mvc.perform(request).andReturn().getResponse();
  }
}
