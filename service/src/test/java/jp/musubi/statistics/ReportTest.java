package jp.musubi.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import org.jsoup.Jsoup;
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
@DisplayName("利用統計の報告書と、参加団体の統計は")
class ReportTest {
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
      var report =
          StatisticsHouse.text(
              house.open(house.admin, "/statistics.pdf" + asked).getContentAsByteArray());
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
  @DisplayName("報告書は、PDF/A-2uとPDF/UA-1に合い、取り出したことが記録に残る")
  void printsForTheArchive() throws Exception {
    house.fill(5, 200, List.of(house.body.section(), roads, welfare));
    var answer = house.open(house.admin, "/statistics.pdf?year=2025&month=6");
    assertThat(answer.getContentType()).isEqualTo("application/pdf");
    var file = Files.write(folder.resolve("report.pdf"), answer.getContentAsByteArray());
    assertThat(complaints(file, "2u")).isEmpty();
    assertThat(complaints(file, "ua1")).isEmpty();
    assertThat(StatisticsHouse.text(answer.getContentAsByteArray()))
        .contains("利用統計月次報告書", "令和7年6月（2025年6月）", "上毛市", "電子契約率");
    assertThat(
            TestPeople.text(
                "select count(*) from audit_entry where tenant_id = ? and action = 'statistics.exported'",
                house.body.id().value()))
        .isEqualTo("1");
  }

  @Test
  @DisplayName("参加団体の統計は、運営者と事務局に件数だけを示す")
  void tellsOperatorsNumbersOnly() throws Exception {
    house.write("CONCLUDED", roads, SPRING);
    var kept = house.write("CONCLUDED", roads, SPRING.plusSeconds(1));
    house.confine(kept);
    var operators = TestBody.operators();
    var secretary =
        TestPeople.member(
            operators, "j-" + UUID.randomUUID(), "事務 一", operators.section(), "SECRETARIAT", null);
    // Of many bodies with one name: by its code.
    TestPeople.run(
        "update body set name = ? where id = ?", house.body.code() + "市", house.body.id().value());
    var path = "/bodies/statistics%s?year=2025&month=5";
    var page =
        Jsoup.parse(house.open(operators, secretary, path.formatted("")).getContentAsString());
    assertThat(StatisticsHouse.cell(page, "bodies", house.body.code() + "市", "作成")).isEqualTo("2件");
    assertThat(page.text()).doesNotContain("件名", "道路課", "見本 花子", "見本建設");
    var csv = StatisticsHouse.csv(house.open(operators, secretary, path.formatted(".csv")));
    assertThat(csv.stream().filter(line -> line.getFirst().equals(house.body.code() + "市")))
        .singleElement()
        .satisfies(line -> assertThat(line.get(1)).isEqualTo("2"));
    var report = house.open(operators, secretary, path.formatted(".pdf")).getContentAsByteArray();
    assertThat(StatisticsHouse.text(report))
        .contains("参加団体の利用月次報告書", house.body.code() + "市2件")
        .doesNotContain("道路課", "見本 花子", "見本建設");
    assertThat(house.open(house.admin, "/bodies/statistics").getStatus()).isEqualTo(403);
    assertThat(house.open(operators, secretary, "/statistics").getStatus()).isEqualTo(403);
  }

  /** The numbers of a row as a program would have them. */
  private static String plain(List<String> row) {
    return String.join("/", row.subList(1, row.size())).replaceAll("[件日％,]", "").replace("—", "");
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
