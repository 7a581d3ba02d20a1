package jp.musubi.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.TestSample;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Bearer;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Reach;
import jp.musubi.authority.Role;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.FormReader;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.util.LinkedMultiValueMap;

@ServiceTest
@DisplayName("契約台帳の検索")
class RegisterSearchTest {
  @Autowired MockMvc mvc;
  @Autowired RegisterSearch search;
  @Autowired Items items;

  private TestBody body;
  private RegisterHouse house;

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
    house = new RegisterHouse(mvc, body);
  }

  @ParameterizedTest(name = "「{0}」は「{1}」「{2}」を見つける: {3}")
  @DisplayName("異体字、全角と半角、かな、空白、1文字を区別せずに見つける")
  @CsvSource({
    "高崎, 髙﨑線 跨線橋修繕, 株式会社 見本, true",
    "髙﨑, 高崎線 跨線橋修繕, 株式会社 見本, true",
    "斎藤, 清掃業務, 齋藤商店, true",
    "葛城, 清掃業務, 葛󠄀城組, true",
    "吉田, 清掃業務, 𠮷田組, true",
    "ｺﾋﾟｰ, コピー用紙の購入, 例, true",
    "こぴー, コピー用紙の購入, 例, true",
    "コピ, こぴー用紙, 例, true",
    "ＰＣ１０, pc10台の賃借, 例, true",
    "㈱見本, 清掃, （株）見本, true",
    "見本建設, 清掃, 株式会社 見　本 建設, true",
    "橋, 跨線橋修繕, 例, true",
    "霞ケ関, 霞ヶ関事務所, 例, true",
    "建設, 跨線橋修繕, 見本設建, false",
    "組清, 清掃, 例組, false",
  })
  void findsWhateverWayItIsWritten(
      String sought, String title, String counterparty, boolean expected) {
    var id = house.write(title, counterparty);
    house.write("無関係", "無関係");
    assertThat(found("words", sought)).isEqualTo(expected ? Set.of(id) : Set.of());
  }

  @Test
  @DisplayName("条件を組み合わせ、範囲の端を含み、件名・相手方・番号を別々に探す")
  void combinesConditions() {
    var road =
        house.write(
            new RegisterHouse.Sample(
                "市道の舗装",
                "見本建設",
                1_000_000L,
                LocalDate.of(2026, 4, 1),
                LocalDate.of(2026, 4, 10),
                LocalDate.of(2026, 9, 30)),
            body.section());
    var cleaning =
        house.write(
            new RegisterHouse.Sample(
                "見本建設の跡地の清掃", "例清掃", 300_000L, LocalDate.of(2026, 3, 31), null, null),
            body.section());
    var unit = house.write("単価の燃料", "例石油");

    assertThat(found("words", "見本建設")).containsExactlyInAnyOrder(road, cleaning);
    assertThat(found("words", "見本建設 清掃")).containsExactly(cleaning);
    assertThat(found("counterparty", "見本建設")).containsExactly(road);
    assertThat(found("title", "見本建設")).containsExactly(cleaning);
    assertThat(found("number", "ｒ2-000003")).containsExactly(unit);
    assertThat(found("contractDateFrom", "R8.4.1")).containsExactly(road);
    assertThat(found("contractDateUntil", "2026/3/31")).containsExactly(cleaning);
    assertThat(found("amountFrom", "300,000", "amountUntil", "１，０００，０００"))
        .containsExactlyInAnyOrder(road, cleaning);
    assertThat(found("amountFrom", "300001")).containsExactly(road);
    assertThat(found("periodFrom", "R8.9.30")).containsExactly(road);
    assertThat(found("periodFrom", "R8.10.1")).isEmpty();
    assertThat(found("periodUntil", "R8.4.10")).containsExactly(road);
    assertThat(found("periodUntil", "R8.4.9")).isEmpty();
    assertThat(found("fiscalYear", "令和7年度")).containsExactly(cleaning);
    assertThat(found("fiscalYear", "2026", "words", "舗装", "amountUntil", "1000000"))
        .containsExactly(road);
    assertThat(found("phase", "DRAFT")).hasSize(3);
    assertThat(found("phase", "CONCLUDED")).isEmpty();
    assertThat(found("kind", "OTHER")).hasSize(3);
    assertThat(found("kind", "WORKS")).isEmpty();
  }

  @Test
  @DisplayName("件名や相手方が変われば、変わった後のことばで見つかる")
  void followsWhatIsEntered() {
    var id = house.write("舗装", "見本建設");
    TestPeople.run("update contract set title = '清掃' where id = ?", id);
    assertThat(found("words", "舗装")).isEmpty();
    assertThat(found("words", "清掃 見本")).containsExactly(id);
    TestPeople.run("update party set organisation = '例田工業' where contract_id = ?", id);
    assertThat(found("words", "見本")).isEmpty();
    assertThat(found("counterparty", "例田工業")).containsExactly(id);
    TestPeople.run(
        """
        insert into delegation (tenant_id, contract_id, party_id, number, title, name, mail,
                                delegated_at)
        select tenant_id, contract_id, id, 1, '部長', '髙橋 二郎', 'j@mihon.example', now()
          from party where contract_id = ?
        """,
        id);
    assertThat(found("counterparty", "高橋")).containsExactly(id);
    var without = house.write("点検", "榛名組");
    TestPeople.run("delete from party where contract_id = ?", without);
    assertThat(found("words", "榛名")).isEmpty();
    assertThat(found("words", "点検")).containsExactly(without);
  }

  @Test
  @DisplayName("値のないものを探し、所属はその下を含む")
  void findsWhatHasNoValue() {
    var below = TestPeople.section(body, "1010", "道路課", body.section());
    var other = TestPeople.section(body, "20", "福祉部", null);
    var empty = house.write(RegisterHouse.Sample.of("空", ""), below);
    var dated =
        house.write(
            new RegisterHouse.Sample("日付", "例", 5L, LocalDate.of(2026, 5, 1), null, null), other);

    for (var missing : List.of("AMOUNT", "CONTRACT_DATE", "COUNTERPARTY", "FISCAL_YEAR")) {
      assertThat(found("missing", missing)).as(missing).containsExactly(empty);
    }
    for (var missing : List.of("PERIOD", "CONCLUDED", "PRICING", "DECISION", "KEEPING")) {
      assertThat(found("missing", missing)).as(missing).containsExactlyInAnyOrder(empty, dated);
    }
    assertThat(found("section", body.section().toString())).containsExactly(empty);
    assertThat(found("section", other.toString())).containsExactly(dated);
    assertThat(found("section", UUID.randomUUID().toString())).isEmpty();
    assertThat(found("section", "x")).isEmpty();
  }

  @Test
  @DisplayName("同じ時刻の契約でも、ページの間で抜けも重なりもしない")
  void leavesNothingOutBetweenPages() {
    var all = new HashSet<UUID>();
    for (var i = 0; i < 23; i++) {
      all.add(house.write("契約 " + i, "例"));
    }
    var seen = new ArrayList<UUID>();
    RegisterSearch.Cursor after = null;
    do {
      var from = after;
      var page = in(() -> search.page(house.whole(), query("words", "契約"), from, 5));
      assertThat(page.rows()).hasSizeLessThanOrEqualTo(5);
      page.rows().forEach(row -> seen.add(row.id()));
      after = page.next().orElse(null);
    } while (after != null);
    assertThat(seen).hasSize(23).containsExactlyInAnyOrderElementsOf(all);
    assertThat(in(() -> search.count(house.whole(), query("words", "契約"))))
        .isEqualTo(new RegisterSearch.Count(23, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "_", "\\", "'", "' or true --", ":everywhere", "${1}", "__"})
  @DisplayName("打ち込まれたものは、検索の文にならない")
  void takesWhatIsTypedAsLetters(String hostile) throws Exception {
    house.write("契約", "例");
    var answer = house.open(body.viewer(), "/register", "words", hostile, "title", hostile);
    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(Jsoup.parse(answer.getContentAsString()).select("tbody tr")).isEmpty();
    var odd =
        house.open(
            body.viewer(), "/register", "section", hostile, "kind", hostile, "missing", hostile);
    assertThat(odd.getStatus()).isEqualTo(200);
  }

  private record Person(UUID id, UUID sectionId, Set<Grant> grants) implements Bearer {}

  @Test
  @DisplayName("どの役割でも、検索・件数・CSVに、知ってよい契約だけが出る")
  void showsNobodyMoreThanTheyMayKnow() throws Exception {
    var below = TestPeople.section(body, "1010", "道路課", body.section());
    var other = TestPeople.section(body, "20", "福祉部", null);
    var own = house.write(RegisterHouse.Sample.of("探す 部", "例"), body.section());
    var deep = house.write(RegisterHouse.Sample.of("探す 課", "例"), below);
    var far = house.write(RegisterHouse.Sample.of("探す 福祉", "例"), other);
    TestPeople.run(
        """
        insert into party (tenant_id, id, contract_id, ordinal, turn, kind, organisation, name,
                           staff_id)
        values (?, gen_random_uuid(), ?, 2, 2, 'OFFICE', '上毛市', '見本 太郎', ?)
        """,
        body.id().value(),
        far,
        body.mayor());
    var foreign = TestBody.create("-");
    new RegisterHouse(mvc, foreign).write("探す 他団体", "例");
    TestSample.open(body, body.viewer(), body.clerk(), deep);

    var grants =
        Map.of(
            Grant.within(Role.CLERK, body.section()), Set.of(own, deep),
            Grant.within(Role.VIEWER, below), Set.of(deep),
            Grant.within(Role.SECTION_ADMIN, other), Set.of(far),
            Grant.everywhere(Role.VIEWER), Set.of(own, deep, far),
            Grant.within(Role.SIGNER, below), Set.of(deep, far),
            Grant.everywhere(Role.AUDITOR), Set.<UUID>of(),
            Grant.everywhere(Role.BODY_ADMIN), Set.of(own, deep, far));
    grants.forEach((grant, expected) -> {
      var who = new Person(body.mayor(), body.section(), Set.of(grant));
      compare(Authorisation.reach(who, Act.SEE_CONTRACT), expected, grant.toString());
    });
    var auditor = new Person(body.viewer(), body.section(), Set.of(Grant.everywhere(Role.AUDITOR)));
    compare(Authorisation.reach(auditor, Act.SEE_CONTRACT), Set.of(deep), "auditor");
    var nobody = new Person(body.mayor(), body.section(), Set.of());
    compare(Authorisation.reach(nobody, Act.SEE_CONTRACT), Set.of(), "nobody");

    var csv = house.open(body.viewer(), "/register.csv", "words", "探す");
    assertThat(RegisterHouse.lines(csv.getContentAsString()))
        .extracting(line -> line.get(1))
        .containsExactlyInAnyOrder("件名", "探す 部", "探す 課");
    assertThat(house.open(body.viewer(), "/register", "words", "探す").getContentAsString())
        .contains("探す 部", "2件の契約")
        .doesNotContain("探す 福祉", "他団体");
  }

  private void compare(Reach reach, Set<UUID> expected, String who) {
    var query = query("words", "探す");
    var listed = new HashSet<UUID>();
    in(() -> search.page(reach, query, null, 50)).rows().forEach(row -> listed.add(row.id()));
    assertThat(listed).as(who).isEqualTo(expected);
    var exported = new HashSet<UUID>();
    in(() -> {
      search.each(reach, query, row -> exported.add(row.id()));
      return true;
    });
    assertThat(exported).as(who).isEqualTo(expected);
    assertThat(in(() -> search.count(reach, query)).found()).as(who).isEqualTo(expected.size());
  }

  @Test
  @DisplayName("読めない条件は直してもらい、CSVは出さない")
  void asksForWhatCannotBeRead() throws Exception {
    house.write("契約", "例");
    var answer =
        house.open(
            body.viewer(),
            "/register",
            "contractDateFrom",
            "令和8年2月30日",
            "amountFrom",
            "500",
            "amountUntil",
            "400");
    assertThat(answer.getStatus()).isEqualTo(422);
    var page = Jsoup.parse(answer.getContentAsString());
    assertThat(page.select("#contractDateFrom-error, #amountUntil-error")).hasSize(2);
    assertThat(page.select("#contractDateFrom").attr("value")).isEqualTo("令和8年2月30日");
    assertThat(page.select("a[href^=/register.csv]")).isEmpty();
    assertThat(house.open(body.viewer(), "/register.csv", "contractDateFrom", "x").getStatus())
        .isEqualTo(302);
  }

  @Test
  @DisplayName("検索は自分だけのものとして保存され、同じ名前は置き換わり、消せる")
  void keepsSearchesOfEachPerson() throws Exception {
    house.write("舗装 & 修繕", "例");
    var saved =
        house.press(
            body.viewer(),
            "/register/searches",
            "name",
            "<b>舗装</b>",
            "words",
            "舗装 &",
            "missing",
            "AMOUNT");
    assertThat(saved.getStatus()).isEqualTo(302);
    house.press(body.viewer(), "/register/searches", "name", "<b>舗装</b>", "words", "舗装 & 修繕");
    var page = Jsoup.parse(house.open(body.viewer(), "/register").getContentAsString());
    var link = page.select("a:contains(<b>舗装</b>)");
    assertThat(link).hasSize(1);
    var again = house.follow(body.viewer(), link.attr("href"));
    assertThat(Jsoup.parse(again.getContentAsString()).select("#words").attr("value"))
        .isEqualTo("舗装 & 修繕");
    assertThat(Jsoup.parse(again.getContentAsString()).select("tbody tr")).hasSize(1);

    assertThat(house.open(body.clerk(), "/register").getContentAsString())
        .doesNotContain("&lt;b&gt;舗装");
    var removal = page.select("form[action$=/removal]").attr("action");
    house.press(body.clerk(), removal);
    assertThat(house.open(body.viewer(), "/register").getContentAsString()).contains("舗装&lt;/b");
    house.press(body.viewer(), removal);
    assertThat(house.open(body.viewer(), "/register").getContentAsString())
        .doesNotContain("舗装&lt;/b");
    assertThat(house.press(body.viewer(), "/register/searches", "name", " ").getStatus())
        .isEqualTo(422);
  }

  private Set<UUID> found(String... typed) {
    var found = new HashSet<UUID>();
    in(() -> search.page(house.whole(), query(typed), null, 100))
        .rows()
        .forEach(row -> found.add(row.id()));
    return found;
  }

  private RegisterQuery query(String... typed) {
    var values = new LinkedMultiValueMap<String, String>();
    for (var i = 0; i < typed.length; i += 2) {
      values.add(typed[i], typed[i + 1]);
    }
    var reader = new FormReader();
    var query = RegisterForm.of(values, in(() -> items.all())).read(reader);
    assertThat(reader.wrong()).isEmpty();
    return query;
  }

  private <T> T in(Supplier<T> work) {
    return Tenancy.in(body.id(), work::get);
  }
}
