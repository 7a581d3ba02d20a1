package jp.musubi.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

@ServiceTest
@DisplayName("利用統計は")
class StatisticsPageTest {
  private static final Instant SPRING = Instant.parse("2025-05-01T00:00:00Z");

  @Autowired MockMvc mvc;
  @TempDir Path folder;

  private StatisticsHouse house;
  private UUID roads;
  private UUID welfare;

  @BeforeEach
  void aBody() {
    house = new StatisticsHouse(mvc);
    roads = TestPeople.section(house.body, "11", "道路課", house.body.section());
    welfare = TestPeople.section(house.body, "20", "福祉部", null);
  }

  @Test
  @DisplayName("画面、CSV、報告書で同じ数を示す")
  void saysTheSameEverywhere() throws Exception {
    house.fill(3, 600, List.of(house.body.section(), roads, welfare));
    for (var asked : List.of("?year=2025&month=6", "?year=2024", "?year=2024&section=" + roads)) {
      var page = house.page(house.admin, "/statistics" + asked);
      var report = text(house.open(house.admin, "/statistics.pdf" + asked).getContentAsByteArray());
      for (var figure : List.of("months", "sections", "kinds", "stages", "ends")) {
        var shown = StatisticsHouse.rows(page, figure);
        assertThat(shown).as(figure).hasSizeGreaterThan(figure.equals("sections") ? 0 : 5);
        var csv =
            StatisticsHouse.csv(
                house.open(house.admin, "/statistics.csv" + asked + "&figure=" + figure));
        assertThat(csv.subList(1, csv.size()).stream().map(List::getFirst))
            .isEqualTo(shown.stream().map(List::getFirst).toList());
        for (var i = 0; i < shown.size(); i++) {
          var plain = String.join("/", csv.get(i + 1).subList(1, csv.get(i + 1).size()));
          assertThat(plain(shown.get(i))).isEqualTo(plain);
          // As it is printed: label and numbers on one line.
          assertThat(report).contains(String.join("", shown.get(i)).replaceAll("\\s", ""));
        }
      }
      for (var value : page.select(".musubi-heads strong").eachText()) {
        assertThat(report).contains(value);
      }
    }
  }

  @Test
  @DisplayName("閲覧できない契約を、件数にも入れない")
  void countsNothingThatIsKeptFromTheReader() throws Exception {
    house.write("CONCLUDED", roads, SPRING);
    house.write("CONCLUDED", welfare, SPRING.plusSeconds(1));
    var kept = house.write("CONCLUDED", roads, SPRING.plusSeconds(2));
    confine(kept, house.body.clerk());
    var foreign = new StatisticsHouse(mvc);
    foreign.write("CONCLUDED", foreign.body.section(), SPRING);
    var ofRoads = TestPeople.member(house.body, "michi", "道路 一", roads, "CLERK", roads);
    var auditor = TestPeople.member(house.body, "kansa", "監査 一", roads, "AUDITOR", null);

    assertThat(made(house.admin)).isEqualTo("2件");
    assertThat(made(ofRoads)).isEqualTo("1件");
    // Named by the folder, and of 建設部 with all below it.
    assertThat(made(house.body.clerk())).isEqualTo("2件");
    assertThat(made(auditor)).isEqualTo("0件");
    assertThat(StatisticsHouse.rows(house.page(ofRoads, "/statistics?year=2025"), "sections"))
        .as("no nought for what one would not know of")
        .extracting(List::getFirst)
        .containsExactly("建設部", "合計");
    assertThat(house.page(ofRoads, "/statistics?year=2025").select("#unused li").eachText())
        .isEmpty();
    assertThat(text(house.open(ofRoads, "/statistics.pdf?year=2025").getContentAsByteArray()))
        .contains("合計1件");
    assertThat(
            StatisticsHouse.csv(house.open(ofRoads, "/statistics.csv?year=2025&figure=kinds"))
                .getLast()
                .get(1))
        .isEqualTo("1");
  }

  @Test
  @DisplayName("契約のない団体でも、0件と示して落ちない")
  void standsWithoutContracts() throws Exception {
    var page = house.page(house.admin, "/statistics");
    assertThat(page.select("h1").text()).isEqualTo("利用統計");
    assertThat(page.select(".musubi-heads strong").eachText()).containsExactly("—", "0件", "—", "—");
    assertThat(page.text()).doesNotContain("NaN", "??", "null");
    assertThat(page.select("#unused li").eachText()).containsExactly("建設部", "建設部 道路課", "福祉部");
    // The year is not over: its report is not there yet.
    assertThat(page.select("a[href*=pdf]")).isEmpty();
    assertThat(house.open(house.admin, "/statistics.pdf").getStatus()).isEqualTo(404);
    assertThat(house.open(house.admin, "/statistics.pdf?year=2024").getStatus()).isEqualTo(200);
    assertThat(house.open(house.admin, "/statistics?section=" + UUID.randomUUID()).getStatus())
        .isEqualTo(404);
  }

  @Test
  @DisplayName("待っている契約の数から、ちょうどその契約の一覧に行ける")
  void leadsToExactlyWhatItCounts() throws Exception {
    // The register and the page go by the real clock.
    var now = Instant.now();
    for (var state : List.of("AWAITING_AGREEMENTS", "CONCLUDING", "DRAFT")) {
      for (var days = 20; days < 80; days += 5) {
        house.write(state, roads, now.minus(Duration.ofDays(days)));
        house.write(state, welfare, now.minus(Duration.ofDays(days)).plusSeconds(1));
      }
    }
    for (var asked : List.of("?days=30", "?days=30&section=" + roads)) {
      var page = house.page(house.admin, "/statistics" + asked);
      var links = page.select("#delays td a");
      assertThat(links).hasSizeGreaterThan(2);
      for (var link : links) {
        var list = house.page(house.admin, link.attr("href"));
        assertThat(list.select("tbody tr")).hasSize(number(link.text()));
      }
    }
    var late =
        number(
            StatisticsHouse.cell(
                house.page(house.admin, "/statistics?days=30"), "delays", "締結処理を待っている", "30日を超える"));
    var all =
        number(
            StatisticsHouse.cell(
                house.page(house.admin, "/statistics?days=30"), "delays", "締結処理を待っている", "待っている"));
    assertThat(late).isPositive().isLessThan(all);
  }

  @Test
  @DisplayName("待っている日数を、日本の暦で、その日数を超えるものだけ数える")
  void waitsByTheCalendar() throws Exception {
    var id = house.write("CONCLUDING", roads, SPRING);
    // Today in Japan, by the clock of the database, less so many days.
    for (var days : List.of(14, 15)) {
      TestPeople.run(
          """
          do $$ begin set local session_replication_role = replica;
          update agreement
             set agreed_at = (((now() at time zone 'Asia/Tokyo')::date - %d) + time '23:59:59')
                             at time zone 'Asia/Tokyo'
           where contract_id = '%s'; end $$
          """
              .formatted(days, id));
      assertThat(
              StatisticsHouse.cell(
                  house.page(house.admin, "/statistics"), "delays", "締結処理を待っている", "14日を超える"))
          .isEqualTo(days == 14 ? "0件" : "1件");
    }
  }

  @Test
  @DisplayName("報告書は、PDF/A-2uとPDF/UA-1に合い、取り出したことが記録に残る")
  void printsForTheArchive() throws Exception {
    house.fill(5, 200, List.of(house.body.section(), roads, welfare));
    var answer = house.open(house.admin, "/statistics.pdf?year=2025&month=6");
    assertThat(answer.getContentType()).isEqualTo("application/pdf");
    var file = Files.write(folder.resolve("report.pdf"), answer.getContentAsByteArray());
    assertThat(complaints(file, "2u")).isEmpty();
    assertThat(complaints(file, "ua1")).isEmpty();
    assertThat(text(answer.getContentAsByteArray()))
        .contains("利用統計月次報告書", "令和7年6月（2025年6月）", "上毛市", "電子契約率");
    assertThat(
            TestPeople.text(
                "select count(*) from audit_entry where tenant_id = ? and action = 'statistics.exported'",
                house.body.id().value()))
        .isEqualTo("1");
  }

  @Test
  @DisplayName("CSVは、CP932でも取り出せ、表計算で動くものを含まない")
  void writesForSpreadsheets() throws Exception {
    var odd = TestPeople.section(house.body, "66", "=1+1", null);
    house.write("CONCLUDED", odd, SPRING);
    var utf8 = house.open(house.admin, "/statistics.csv?year=2025&figure=sections");
    assertThat(utf8.getContentAsByteArray()).startsWith(0xEF, 0xBB, 0xBF);
    assertThat(StatisticsHouse.csv(utf8)).extracting(List::getFirst).contains("'=1+1");
    var cp932 = house.open(house.admin, "/statistics.csv?year=2025&figure=sections&letters=cp932");
    assertThat(new String(cp932.getContentAsByteArray(), Charset.forName("windows-31j")))
        .startsWith("所属,作成,送信,電子で締結,紙で締結,電子契約率");
    assertThat(house.open(house.admin, "/statistics.csv?figure=none").getStatus()).isEqualTo(404);
  }

  @Test
  @DisplayName("参加団体の統計は、運営者と事務局に件数だけを示す")
  void tellsOperatorsNumbersOnly() throws Exception {
    house.write("CONCLUDED", roads, SPRING);
    var kept = house.write("CONCLUDED", roads, SPRING.plusSeconds(1));
    confine(kept);
    var operators = TestBody.operators();
    var secretary =
        TestPeople.member(
            operators, "j-" + UUID.randomUUID(), "事務 一", operators.section(), "SECRETARIAT", null);
    // Of many bodies with one name: by its code.
    TestPeople.run(
        "update body set name = ? where id = ?", house.body.code() + "市", house.body.id().value());
    var path = "/bodies/statistics%s?year=2025&month=5";
    var page =
        org.jsoup.Jsoup.parse(
            house.open(operators, secretary, path.formatted("")).getContentAsString());
    assertThat(StatisticsHouse.cell(page, "bodies", house.body.code() + "市", "作成")).isEqualTo("2件");
    assertThat(page.text()).doesNotContain("件名", "道路課", "見本");
    var csv = StatisticsHouse.csv(house.open(operators, secretary, path.formatted(".csv")));
    assertThat(csv.stream().filter(line -> line.getFirst().equals(house.body.code() + "市")))
        .singleElement()
        .satisfies(line -> assertThat(line.get(1)).isEqualTo("2"));
    var report = house.open(operators, secretary, path.formatted(".pdf")).getContentAsByteArray();
    assertThat(text(report))
        .contains("参加団体の利用月次報告書", house.body.code() + "市2件")
        .doesNotContain("道路課", "見本");
    assertThat(house.open(house.admin, "/bodies/statistics").getStatus()).isEqualTo(403);
    assertThat(house.open(operators, secretary, "/statistics").getStatus()).isEqualTo(403);
  }

  private String made(UUID reader) throws Exception {
    return StatisticsHouse.cell(house.page(reader, "/statistics?year=2025"), "months", "合計", "作成");
  }

  private static int number(String count) {
    return Integer.parseInt(count.replaceAll("\\D", ""));
  }

  /** The numbers of a row as a program would have them. */
  private static String plain(List<String> row) {
    return String.join("/", row.subList(1, row.size())).replaceAll("[件日％,]", "").replace("—", "");
  }

  private void confine(UUID contract, UUID... readers) {
    var confined = UUID.randomUUID();
    TestPeople.run(
        """
        insert into folder (tenant_id, id, section_id, name, confined, made_at)
        values (?, ?, ?, '親展', true, now())
        """,
        house.body.id().value(),
        confined,
        house.body.section());
    TestPeople.run(
        """
        insert into folder_contract (tenant_id, contract_id, folder_id, filed_at)
        values (?, ?, ?, now())
        """,
        house.body.id().value(),
        contract,
        confined);
    for (var reader : readers) {
      TestPeople.run(
          "insert into folder_reader (tenant_id, folder_id, staff_id) values (?, ?, ?)",
          house.body.id().value(),
          confined,
          reader);
    }
  }

  /** Without the spaces that only part columns. */
  private static String text(byte[] pdf) throws Exception {
    try (var document = Loader.loadPDF(pdf)) {
      var stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      return stripper.getText(document).replaceAll("\\s", "");
    }
  }

  private static List<String> complaints(Path pdf, String claim) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    var flavour = PDFAFlavour.fromString(claim);
    try (var parser = Foundries.defaultInstance().createParser(pdf.toFile(), flavour);
        var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      var result = validator.validate(parser);
      assertThat(result.getTotalAssertions()).isPositive();
      return result.getTestAssertions().stream()
          .filter(each -> each.getStatus() == TestAssertion.Status.FAILED)
          .map(each -> each.getRuleId().getClause() + " " + each.getMessage())
          .distinct()
          .toList();
    }
  }
}
