package jp.musubi.disposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("保存期間が過ぎた契約の廃棄は")
class DisposalTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired PasswordEncoder passwords;
  @Autowired Erasing erasing;

  private DisposalHouse house;
  private UUID contract;

  @BeforeEach
  void aContractThatIsDue() {
    house =
        new DisposalHouse(mvc, vault, TestBody.create("-"), passwords.encode(TestBody.PASSWORD));
    contract = house.due();
  }

  @Test
  @DisplayName("一人が案を出し、別の一人が本人確認をして確定すると、ファイルが消え、廃棄記録が残る")
  void isDoneByTwo() throws Exception {
    var list = house.page(house.admin, "/disposal");
    assertThat(list.text()).contains(DisposalHouse.number(contract), "平成30年3月31日", "5年");
    var proposal = house.propose(house.admin, contract);
    assertThat(house.page(house.admin, "/disposal").select("[name=picked]")).isEmpty();
    assertThat(DisposalHouse.state(contract)).isEqualTo("CONCLUDED");
    assertThat(house.open(house.admin, document()).getStatus()).isEqualTo(200);

    var seen = house.page(house.approver, proposal + "/confirmation");
    assertThat(seen.text()).contains(DisposalHouse.number(contract), "保存期間が満了したため", "管理 かんり", "3個");
    assertThat(house.confirm(house.approver, proposal, seen, "違う").getStatus()).isEqualTo(422);
    assertThat(house.confirm(house.approver, proposal, seen, "").getStatus()).isEqualTo(422);
    assertThat(DisposalHouse.state(contract)).isEqualTo("CONCLUDED");
    for (var twice = 0; twice < 2; twice++) {
      assertThat(
              house.confirm(house.approver, proposal, seen, TestBody.PASSWORD).getRedirectedUrl())
          .isEqualTo(proposal);
    }

    assertThat(DisposalHouse.state(contract)).isEqualTo("DISPOSED");
    assertThat(house.open(house.admin, document()).getStatus()).isEqualTo(404);
    Tenancy.in(house.body.id(), erasing::run);
    var shown = house.page(house.admin, "/contracts/" + contract);
    assertThat(shown.text())
        .contains("廃棄済", "廃棄記録", "管理 かんり", "承認 しょうにん", "保存期間が満了したため", "3個のうち0個");
    assertThat(shown.text()).doesNotContain("例田 一郎");
    assertThat(shown.select("a[href$=.pdf], img[src*=pages]")).isEmpty();
    assertThat(actions())
        .containsSubsequence("disposal.proposed", "contract.disposed", "disposal.erased");
  }

  private String document() {
    return "/contracts/" + contract + "/document.pdf";
  }

  private java.util.List<String> actions() {
    return java.util.List.of(
        DisposalHouse.text(
                "select string_agg(action, ' ' order by seq) from audit_entry"
                    + " where contract_id = ?",
                contract)
            .split(" "));
  }

  @Test
  @DisplayName("案を出した職員には確定できず、だれの案でも一度しか確定しない")
  void isNotDoneByOne() throws Exception {
    var proposal = house.propose(house.admin, contract);
    assertThat(house.page(house.admin, proposal).text()).contains("確定は、ほかの職員が行います");
    var alone = house.confirm(house.admin, proposal);
    assertThat(alone.getStatus()).isEqualTo(409);
    assertThat(alone.getContentAsString()).contains("案を出した職員は確定できません");
    assertThat(DisposalHouse.state(contract)).isEqualTo("CONCLUDED");
    assertThat(house.proposing(house.admin, contract).getContentAsString()).contains("ほかの案に入っています");

    assertThat(house.confirm(house.approver, proposal).getStatus()).isEqualTo(302);
    assertThat(house.confirm(house.approver, proposal).getContentAsString())
        .contains("もう確定したか、差し戻されています");
    assertThat(house.proposing(house.admin, contract).getStatus()).isEqualTo(409);
    assertThat(
            DisposalHouse.text(
                "select count(*)::text from disposal_record where contract_id = ?", contract))
        .isEqualTo("1");
  }

  @Test
  @DisplayName("案を出した人には、別の登録を使っても確定できない")
  void isNotDoneByOneWithTwoAccounts() throws Exception {
    var proposal = house.propose(house.admin, contract);
    TestPeople.run(
        "update staff set mail = (select ' ' || upper(mail) from staff where id = ?) where id = ?",
        house.admin,
        house.approver);
    var alone = house.confirm(house.approver, proposal);
    assertThat(alone.getStatus()).isEqualTo(409);
    assertThat(alone.getContentAsString()).contains("案を出した職員は確定できません");
    assertThat(DisposalHouse.state(contract)).isEqualTo("CONCLUDED");
  }

  @Test
  @DisplayName("保存期間の末日まで、永年のもの、保存年限のないものは、廃棄できない")
  void waitsForTheEndOfTheFiscalYear() throws Exception {
    // Of a contract that ended in 令和7年度 kept for a year: the day depends on the day of the test.
    var today = LocalDate.now(JapaneseDates.ZONE);
    var running = today.getMonthValue() >= 4 ? today.getYear() : today.getYear() - 1;
    var lastYear = house.concluded(LocalDate.of(running - 1, 3, 31), 1);
    var tooEarly = house.concluded(LocalDate.of(running - 1, 4, 1), 1);
    var forever = house.due();
    TestPeople.run(
        "update register_entry set keeping_years = null, keeping_forever = true"
            + " where contract_id = ?",
        forever);
    var unknown = house.due();
    TestPeople.run("update register_entry set keeping_years = null where contract_id = ?", unknown);

    var list = house.page(house.admin, "/disposal");
    assertThat(list.select("[name=picked]").eachAttr("value"))
        .containsExactlyInAnyOrder(contract.toString(), lastYear.toString());
    for (var kept : new UUID[] {tooEarly, forever, unknown}) {
      var refused = house.proposing(house.admin, contract, kept);
      assertThat(refused.getStatus()).isEqualTo(409);
      assertThat(refused.getContentAsString()).contains("保存期間が過ぎていません");
    }
    assertThat(house.page(house.admin, "/disposal").text()).contains("廃棄の案はまだありません");
  }

  @Test
  @DisplayName("保留している間は廃棄できず、保留を解けばできる。保留は案が出た後でも効く")
  void isHeld() throws Exception {
    var proposal = house.propose(house.admin, contract);
    var seen = house.page(house.approver, proposal + "/confirmation");
    var keeping = "/contracts/" + contract + "/keeping";
    house.press(
        house.admin,
        keeping + "/hold",
        "idempotencyKey",
        UUID.randomUUID().toString(),
        "kind",
        "LAWSUIT",
        "reason",
        "住民訴訟");
    var refused = house.confirm(house.approver, proposal, seen, TestBody.PASSWORD);
    assertThat(refused.getStatus()).isEqualTo(409);
    assertThat(refused.getContentAsString())
        .contains("廃棄が保留されています：", DisposalHouse.number(contract));
    assertThat(DisposalHouse.state(contract)).isEqualTo("CONCLUDED");
    assertThat(house.page(house.admin, "/contracts/" + contract).text()).contains("訴訟・紛争（住民訴訟）");

    var lift = house.page(house.admin, keeping).select("a[href*=/holds/]").attr("href");
    assertThat(house.press(house.admin, lift, "reason", "").getStatus()).isEqualTo(422);
    house.press(house.admin, lift, "reason", "判決が確定した");
    assertThat(house.confirm(house.approver, proposal).getStatus()).isEqualTo(302);
  }

  @Test
  @DisplayName("親展のフォルダの契約は、名を挙げられていない人には、一覧にも案にも出ない")
  void keepsWhatIsConfined() throws Exception {
    var proposal = house.propose(house.admin, contract);
    var other = house.due();
    var folder = UUID.randomUUID();
    var tenant = house.body.id().value();
    TestPeople.run(
        "insert into folder (tenant_id, id, section_id, name, confined, made_at)"
            + " values (?, ?, ?, '人事', true, now())",
        tenant,
        folder,
        house.body.section());
    TestPeople.run("insert into folder_reader values (?, ?, ?)", tenant, folder, house.approver);
    for (var confined : List.of(contract, other)) {
      TestPeople.run(
          "insert into folder_contract values (?, ?, ?, now())", tenant, confined, folder);
    }
    assertThat(house.page(house.admin, "/disposal").text())
        .doesNotContain(DisposalHouse.number(contract), DisposalHouse.number(other));
    assertThat(house.open(house.admin, proposal).getStatus()).isEqualTo(404);
    assertThat(house.page(house.approver, proposal).text())
        .contains(DisposalHouse.number(contract));
  }

  @Test
  @DisplayName("差し戻した案の契約は残り、もう一度案を出せる")
  void isSentBack() throws Exception {
    var proposal = house.propose(house.admin, contract);
    assertThat(house.press(house.approver, proposal + "/return", "reason", " ").getStatus())
        .isEqualTo(422);
    house.press(house.approver, proposal + "/return", "reason", "まだ参照する");
    assertThat(house.page(house.admin, proposal).text()).contains("差戻し：まだ参照する", "承認 しょうにん");
    assertThat(house.confirm(house.approver, proposal).getStatus()).isEqualTo(409);
    assertThat(house.press(house.approver, proposal + "/return", "reason", "再び").getStatus())
        .isEqualTo(409);
    house.dispose(contract);
    assertThat(DisposalHouse.state(contract)).isEqualTo("DISPOSED");
  }

  @Test
  @DisplayName("保存年限を延ばすと一覧から消え、出ていた案は確定できない。短くはできない")
  void isPutOff() throws Exception {
    var proposal = house.propose(house.admin, contract);
    var seen = house.page(house.approver, proposal + "/confirmation");
    var extension = "/contracts/" + contract + "/keeping/extension";
    for (var unfit : new String[] {"5年", "3", "しばらく", ""}) {
      assertThat(house.press(house.admin, extension, "keeping", unfit, "reason", "理由").getStatus())
          .isEqualTo(422);
    }
    assertThat(
            house
                .press(house.admin, extension, "keeping", "１００年", "reason", "歴史的な資料のため")
                .getRedirectedUrl())
        .endsWith("/keeping");
    assertThat(house.confirm(house.approver, proposal, seen, TestBody.PASSWORD).getStatus())
        .isEqualTo(409);
    house.press(house.admin, proposal + "/return", "reason", "延ばした");
    assertThat(house.page(house.admin, "/disposal").select("[name=picked]")).isEmpty();
    assertThat(
            DisposalHouse.text(
                "select reason from register_correction where contract_id = ?", contract))
        .isEqualTo("歴史的な資料のため");
  }

  @Test
  @DisplayName("もとにした契約、自動更新、相手方への約束があることを、案でも確定でも言い、見た後に変われば確定しない")
  void saysWhatRefersToIt() throws Exception {
    var change = house.due();
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        insert into contract_origin (tenant_id, contract_id, relation, original_id)
        values ('%s', '%s', 'CHANGE', '%s');
        update contract set renews = true, reading_years = 100 where id = '%3$s'; end $$
        """
            .formatted(house.body.id(), change, contract));
    var proposal = house.propose(house.admin, contract);
    var seen = house.page(house.approver, proposal + "/confirmation");
    assertThat(seen.text())
        .contains("残っています：" + DisposalHouse.number(change), "自動更新の条項", "令和94年4月2日まで");

    house.dispose(change);
    var refused = house.confirm(house.approver, proposal, seen, TestBody.PASSWORD);
    assertThat(refused.getStatus()).isEqualTo(409);
    assertThat(refused.getContentAsString()).contains("表示した後に内容が変わりました");
    assertThat(house.confirm(house.approver, proposal).getStatus()).isEqualTo(302);
  }

  @Test
  @DisplayName("権限の及ばない所属の契約も、ほかの団体の契約も、見えず、廃棄できない")
  void reachesNoFurtherThanRightsDo() throws Exception {
    var elsewhere = TestPeople.section(house.body, "20", "教育委員会", null);
    var other =
        TestPeople.member(house.body, "kyoiku", "教育 きょう", elsewhere, "SECTION_ADMIN", elsewhere);
    var proposal = house.propose(house.admin, contract);
    assertThat(house.open(other, proposal).getStatus()).isEqualTo(404);
    assertThat(house.open(other, proposal + "/confirmation").getStatus()).isEqualTo(404);
    assertThat(house.page(other, "/disposal").text()).contains("廃棄の案はまだありません");
    var another = house.due();
    assertThat(house.proposing(other, another).getStatus()).isEqualTo(404);

    var strangers =
        new DisposalHouse(mvc, vault, TestBody.create("-"), passwords.encode(TestBody.PASSWORD));
    assertThat(strangers.open(strangers.approver, proposal).getStatus()).isEqualTo(404);
    assertThat(strangers.proposing(strangers.admin, another).getStatus()).isEqualTo(404);
    assertThat(strangers.page(strangers.admin, "/disposal").select("[name=picked]")).isEmpty();
    assertThat(strangers.page(strangers.admin, "/disposal/book").text()).contains("廃棄した契約はありません");
    assertThat(house.open(house.body.clerk(), "/disposal").getStatus()).isEqualTo(403);
  }

  @Test
  @DisplayName("廃棄簿は画面とCSV（UTF-8、Shift_JIS）にあり、検索では廃棄済として見つかり、締結済の一覧とZIPには出ない")
  void isInTheBook() throws Exception {
    TestPeople.run("update contract set title = '=𠮷田橋の補修' where id = ?", contract);
    var number = DisposalHouse.number(contract);
    house.dispose(contract);
    Tenancy.in(house.body.id(), erasing::run);

    assertThat(house.page(house.admin, "/disposal/book").text())
        .contains(number, "管理 かんり", "承認 しょうにん", "ファイル3個を、原本と複製から消去");
    assertThat(house.page(house.admin, "/disposal/book?year=2020").text()).doesNotContain(number);
    var csv = house.open(house.admin, "/disposal/book.csv");
    assertThat(csv.getContentAsString())
        .startsWith("\uFEFF文書番号,")
        .contains(number + ",'=𠮷田橋の補修,", ",5年,2018-03-31,保存期間が満了したため,管理 かんり,", ",3,0,")
        .contains(DisposalHouse.file(contract).hex());
    var old =
        new String(
            house.open(house.admin, "/disposal/book.csv?letters=cp932").getContentAsByteArray(),
            Charset.forName("windows-31j"));
    assertThat(old).contains(number + ",'=〓田橋の補修,").contains("U+20BB7");

    var found = house.page(house.admin, "/register?phase=DISPOSED");
    assertThat(found.select("a[href=/contracts/%s]".formatted(contract))).isNotEmpty();
    var concluded = house.page(house.admin, "/contracts?filter=concluded");
    assertThat(concluded.select("a[href=/contracts/%s]".formatted(contract))).isEmpty();
    var zip = house.page(house.admin, "/contracts/download?filter=concluded");
    assertThat(zip.text()).doesNotContain(number);
  }
}
