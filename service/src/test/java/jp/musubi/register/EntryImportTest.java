package jp.musubi.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.contract.ContractId;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

@ServiceTest
@DisplayName("台帳の取込")
class EntryImportTest {
  private static final String HEADING = "契約番号,支出負担行為番号,検査日,決裁番号,備考\r\n";

  @Autowired MockMvc mvc;
  @Autowired Entries entries;
  @Autowired Vault vault;

  private TestBody body;
  private RegisterHouse house;
  private UUID road;
  private UUID bridge;

  @BeforeEach
  void aBodyWithContractsAndItsOwnItems() throws Exception {
    body = TestBody.create("-");
    house = new RegisterHouse(mvc, body);
    var admin = TestPeople.member(body, "admin", "管理 者", body.section(), "BODY_ADMIN", null);
    house.press(admin, "/settings/items", "name", "支出負担行為番号", "kind", "TEXT");
    house.press(admin, "/settings/items", "name", "検査日", "kind", "DATE");
    road = concluded("R2-000001", "市道の舗装", body.section());
    bridge = concluded("R2-000002", "橋の塗装", body.section());
    concluded("R2-000003", "給食の委託", TestPeople.section(body, "9", "福祉課", null));
  }

  @Test
  @DisplayName("財務会計の一覧を見せてから、何が変わるかを確かめて、一件ごとに理由を残して直す")
  void correctsByAListThatWasLookedAt() throws Exception {
    var csv =
        HEADING + "R2-000001,令8-支-00123,令和9年3月20日,総第45号,使わない\r\n" + "R2-000002,令8-支-00124,,,\r\n";
    var looked = look(body.clerk(), csv.getBytes(Charset.forName("windows-31j")));
    assertThat(looked.getStatus()).isEqualTo(200);
    var page = page(looked);
    assertThat(page.text())
        .contains("2行のうち、2件が変わり、0行は今と同じです", "次の列は使いません：備考")
        .contains("支出負担行為番号：— → 令8-支-00123", "検査日：— → 令和9年3月20日（2027年3月20日）")
        .contains("決裁番号：— → 総第45号", "橋の塗装");
    assertThat(values(road)).as("looking changes nothing").isEmpty();

    assertThat(press(page).getRedirectedUrl()).isEqualTo("/register");
    assertThat(values(road).values()).containsExactlyInAnyOrder("令8-支-00123", "2027-03-20");
    assertThat(values(bridge).values()).containsExactly("令8-支-00124");
    assertThat(Tenancy.in(body.id(), () -> entries.corrections(new ContractId(road))))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.reason()).isEqualTo("財務会計からの取込");
          assertThat(one.changes()).hasSize(3);
        });
    assertThat(
            TestPeople.text(
                "select string_agg(contract_id::text, ' ') from audit_entry where tenant_id = ? and action = 'contract.register-corrected'",
                body.id().value()))
        .contains(road.toString(), bridge.toString());

    assertThat(press(page).getRedirectedUrl()).as("a double click").isEqualTo("/register");
    assertThat(Tenancy.in(body.id(), () -> entries.corrections(new ContractId(road)))).hasSize(1);
    assertThat(page(look(body.clerk(), csv.getBytes(StandardCharsets.UTF_8))).text())
        .contains("2行のうち、0件が変わり、2行は今と同じです");
  }

  @Test
  @DisplayName("一つでも誤りがあれば何も変えず、行と列と直し方をすべて示す")
  void changesNothingWhileAnythingIsWrong() throws Exception {
    var csv =
        HEADING
            + "R2-000001,令8-支-00123,令和9年2月30日,,\r\n"
            + "R2-000001,令8-支-00125,,,\r\n"
            + "R2-000003,令8-支-00126,,,\r\n"
            + "R9-999999,令8-支-00127,,,\r\n"
            + "R2-000002,令8-支-00128\r\n";
    var looked = look(body.clerk(), csv.getBytes(StandardCharsets.UTF_8));
    assertThat(looked.getStatus()).isEqualTo(422);
    var page = page(looked);
    assertThat(page.text()).contains("直すところが5か所", "2行目と同じ契約です");
    assertThat(page.select("tbody tr"))
        .extracting(row -> row.select("th").text() + " " + row.select("td:nth-of-type(1)").text())
        .containsExactly("2 検査日", "3 契約番号", "4 契約番号", "5 契約番号", "6 契約番号");
    assertThat(page.text())
        .as("a contract of another section is as one that does not exist")
        .doesNotContain("給食の委託");
    assertThat(page.select("form[action$=correction]")).isEmpty();
    assertThat(
            house
                .press(
                    body.clerk(),
                    "/register/import/correction",
                    "csv",
                    java.util.Base64.getEncoder()
                        .encodeToString(csv.getBytes(StandardCharsets.UTF_8)),
                    "seen",
                    "x",
                    "reason",
                    "無理に")
                .getStatus())
        .isEqualTo(409);
    assertThat(values(road)).isEmpty();
  }

  @Test
  @DisplayName("確かめた後に台帳が変わっていたら、直さずにもう一度見せる")
  void showsItAgainWhenTheRegisterChanged() throws Exception {
    var page =
        page(
            look(
                body.clerk(),
                (HEADING + "R2-000001,令8-支-00123,,,\r\n").getBytes(StandardCharsets.UTF_8)));
    TestPeople.run(
        "insert into register_entry (tenant_id, contract_id, version, long_term, debt_burden, budget_clause, decision_number, keeping_forever, changed_at)"
            + " values (?, ?, 1, true, false, false, '', false, now())",
        body.id().value(),
        road);
    var answer = press(page);
    assertThat(answer.getStatus()).isEqualTo(409);
    assertThat(page(answer).text()).contains("もう一度確かめてください", "支出負担行為番号：— → 令8-支-00123");
    assertThat(values(road)).isEmpty();
  }

  @Test
  @DisplayName("台帳から取り出したCSVをそのまま取り込んでも、何も変わらない")
  void changesNothingByTheRegistersOwnList() throws Exception {
    TestPeople.run(
        "update contract set contract_date = date '2026-04-01' where tenant_id = ?",
        body.id().value());
    var own = house.open(body.clerk(), "/register.csv").getContentAsByteArray();
    assertThat(page(look(body.clerk(), own)).text()).contains("0件が変わり");
  }

  @Test
  @DisplayName("見出しのない一覧、大きすぎる一覧、空の一覧、理由のない取込は、直し方を示して断る")
  void refusesWhatIsNoSuchList() throws Exception {
    assertThat(page(look(body.clerk(), "番号,金額\r\n1,2\r\n".getBytes(StandardCharsets.UTF_8))).text())
        .contains("1行目の見出しに「契約番号」と", "支出負担行為番号");
    assertThat(page(look(body.clerk(), HEADING.getBytes(StandardCharsets.UTF_8))).text())
        .contains("見出しの下に行がありません");
    assertThat(page(look(body.clerk(), new byte[0])).text()).contains("CSVファイルを選んでください");
    assertThat(page(look(body.clerk(), new byte[1_000_001])).text()).contains("1MBまで");
    assertThat(page(look(body.clerk(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1})).text())
        .contains("CSVとして読めません");
    var many = new StringBuilder(HEADING);
    for (var i = 0; i <= EntryImport.MOST; i++) {
      many.append("R2-%06d,x,,,\r\n".formatted(i));
    }
    assertThat(page(look(body.clerk(), many.toString().getBytes(StandardCharsets.UTF_8))).text())
        .contains("1000行まで");
    assertThat(look(body.viewer(), HEADING.getBytes(StandardCharsets.UTF_8)).getStatus())
        .isEqualTo(403);
  }

  /** As if it had been concluded, so that its entry is corrected and not entered. */
  private UUID concluded(String number, String title, UUID section) {
    var id = TestContract.draft(body, vault).id().value();
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        update contract
           set state = 'CONCLUDED', number = '%s', title = '%s', section_id = '%s',
               final_sha256 = document_sha256, certificate_sha256 = document_sha256,
               certificate_masked_sha256 = document_sha256, dispatched_at = now(),
               deadline = now() + interval '1 day', concluded_at = now()
         where id = '%s'; end $$
        """
            .formatted(number, title, section, id));
    return id;
  }

  private Map<UUID, String> values(UUID contract) {
    return Tenancy.in(body.id(), () -> entries.find(new ContractId(contract))).entry().values();
  }

  private MockHttpServletResponse look(UUID who, byte[] csv) throws Exception {
    return mvc.perform(
            MockMvcRequestBuilders.multipart("/register/import")
                .file(new MockMultipartFile("file", "list.csv", "text/csv", csv))
                .param("reason", "財務会計からの取込")
                .with(SecurityMockMvcRequestPostProcessors.csrf())
                .with(TestPeople.as(body, who)))
        .andReturn()
        .getResponse();
  }

  private MockHttpServletResponse press(Document page) throws Exception {
    return house.press(
        body.clerk(),
        "/register/import/correction",
        "csv",
        page.select("[name=csv]").attr("value"),
        "seen",
        page.select("[name=seen]").attr("value"),
        "reason",
        page.select("[name=reason]").text());
  }

  private static Document page(MockHttpServletResponse answer) throws Exception {
    return Jsoup.parse(new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8));
  }
}
