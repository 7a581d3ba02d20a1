package jp.musubi.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestPeople;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("利用統計は")
class StatisticsPageTest {
  private static final Instant SPRING = Instant.parse("2025-05-01T00:00:00Z");

  @Autowired MockMvc mvc;

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
  @DisplayName("閲覧できない契約を、件数にも入れない")
  void countsNothingThatIsKeptFromTheReader() throws Exception {
    house.write("CONCLUDED", roads, SPRING);
    house.write("CONCLUDED", welfare, SPRING.plusSeconds(1));
    var kept = house.write("CONCLUDED", roads, SPRING.plusSeconds(2));
    house.confine(kept, house.body.clerk());
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
    assertThat(
            StatisticsHouse.text(
                house.open(ofRoads, "/statistics.pdf?year=2025").getContentAsByteArray()))
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

  private String made(UUID reader) throws Exception {
    return StatisticsHouse.cell(house.page(reader, "/statistics?year=2025"), "months", "合計", "作成");
  }

  private static int number(String count) {
    return Integer.parseInt(count.replaceAll("\\D", ""));
  }
}
