package jp.musubi.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import jp.musubi.contract.ContractKind;
import jp.musubi.platform.NotFound;
import jp.musubi.register.FiscalYear;
import jp.musubi.statistics.Course.Agreed;
import jp.musubi.statistics.Course.Side;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("利用統計の数え方は")
class StatisticsTest {
  private static final Period YEAR = Period.of(new FiscalYear(2025));

  @ParameterizedTest
  @CsvSource({
    "2025-03-31T14:59:59.999Z, ", // 23:59 on 31 March in Japan: the year before
    "2025-03-31T15:00:00Z, 2025-04", // midnight of 1 April
    "2025-04-30T14:59:59Z, 2025-04",
    "2025-04-30T15:00:00Z, 2025-05",
    "2025-12-31T15:00:00Z, 2026-01",
    "2026-02-28T14:59:59Z, 2026-02",
    "2026-02-28T15:00:00Z, 2026-03",
    "2026-03-31T14:59:59Z, 2026-03",
    "2026-03-31T15:00:00Z, "
  })
  @DisplayName("月と年度の境を、日本の日付で分ける")
  void goesByTheDaysOfJapan(Instant concluded, YearMonth month) {
    var statistics = Statistics.of(List.of(concluded(concluded)), YEAR, YEAR);
    var counted =
        statistics.months().entrySet().stream()
            .filter(each -> each.getValue().counts().of(Measure.ELECTRONIC) == 1)
            .map(java.util.Map.Entry::getKey)
            .toList();
    assertThat(counted).isEqualTo(month == null ? List.of() : List.of(month));
    assertThat(statistics.whole().counts().of(Measure.ELECTRONIC)).isEqualTo(month == null ? 0 : 1);
  }

  @Test
  @DisplayName("閏年の2月29日を2月に数え、日数は暦のまま数える")
  void knowsLeapYears() {
    var leap = Period.of(YearMonth.of(2028, 2));
    assertThat(leap.contains(LocalDate.of(2028, 2, 29))).isTrue();
    assertThat(leap.until()).isEqualTo(LocalDate.of(2028, 3, 1));
    var course =
        course(
            Instant.parse("2028-02-27T15:00:00Z"),
            Optional.empty(),
            Instant.parse("2028-02-28T00:00:00Z"),
            Instant.parse("2028-03-01T00:00:00Z"),
            List.of());
    assertThat(Stage.ROUND.days(course)).hasValue(2);
  }

  @Test
  @DisplayName("相手方・団体・締結処理の日数が、送信から締結までの日数に合う")
  void addsUp() {
    var sent = Instant.parse("2025-05-01T00:00:00Z");
    var concluded = Instant.parse("2025-05-20T03:00:05Z");
    var course =
        course(
            sent,
            Optional.of(LocalDate.of(2025, 4, 20)),
            sent,
            concluded,
            List.of(
                new Agreed(Side.SENDER, sent),
                new Agreed(Side.COUNTERPARTY, Instant.parse("2025-05-08T14:00:00Z")),
                new Agreed(Side.OFFICE, Instant.parse("2025-05-10T14:59:59Z")),
                new Agreed(Side.COUNTERPARTY, Instant.parse("2025-05-18T23:00:00Z"))));
    assertThat(Stage.COUNTERPARTY.days(course)).hasValue(7 + 9);
    assertThat(Stage.OFFICE.days(course)).hasValue(2);
    assertThat(Stage.SEALING.days(course)).hasValue(1);
    assertThat(Stage.ROUND.days(course)).hasValue(19);
    assertThat(Stage.WHOLE.days(course)).hasValue(30);
    assertThat(Stage.APPROVAL.days(course)).isEmpty();
  }

  @Test
  @DisplayName("締結より後の決裁日を用いず、作成した日から数える")
  void leavesOutADecisionAfterTheConclusion() {
    var made = Instant.parse("2025-05-01T00:00:00Z");
    var course =
        course(
            made,
            Optional.of(LocalDate.of(2025, 5, 12)),
            made,
            Instant.parse("2025-05-11T00:00:00Z"),
            List.of());
    assertThat(Stage.WHOLE.days(course)).hasValue(10);
  }

  @Test
  @DisplayName("中央値と9割の日数に、実際にある日数を用いる")
  void takesFiguresThatThereAre() {
    assertThat(Spread.of(List.of())).isEmpty();
    assertThat(Spread.of(List.of(7))).contains(new Spread(1, 7, 7));
    assertThat(Spread.of(List.of(9, 1))).contains(new Spread(2, 1, 9));
    assertThat(Spread.of(IntStream.rangeClosed(1, 10).boxed().toList()))
        .contains(new Spread(10, 5, 9));
    assertThat(Spread.of(IntStream.rangeClosed(1, 11).boxed().toList()))
        .contains(new Spread(11, 6, 10));
  }

  @Test
  @DisplayName("電子契約率を四捨五入し、締結がなければ示さない")
  void roundsTheRatio() {
    assertThat(Counts.NONE.electronicRatio()).isEmpty();
    assertThat(counts(2, 1).electronicRatio()).hasValue(667);
    assertThat(counts(1, 2).electronicRatio()).hasValue(333);
    assertThat(counts(0, 3).electronicRatio()).hasValue(0);
    assertThat(counts(5, 0).electronicRatio()).hasValue(1000);
  }

  @Test
  @DisplayName("図の棒は、最も長いものの千分の一で示し、0件で割らない")
  void drawsBars() {
    assertThat(Figure.Bar.of(1, 2, 0)).isEqualTo(new Figure.Bar(0, 0));
    assertThat(Figure.Bar.of(5, 5, 10).solidWidth()).isEqualTo("50.0%");
    var empty = Chart.of(List.of(new Chart.Month("4", 0, 0)));
    assertThat(empty.columns().getFirst().solid()).isZero();
    assertThat(empty.lines()).extracting(Chart.Line::number).containsExactly("0", "2", "4");
    var full = Chart.of(List.of(new Chart.Month("4", 30, 12), new Chart.Month("5", 1, 0)));
    assertThat(full.lines().getLast().number()).isEqualTo("60");
    var column = full.columns().getFirst();
    assertThat(column.hatchedY() + column.hatched()).isEqualTo(column.solidY());
    assertThat(column.solidY() + column.solid()).isEqualTo(full.ground());
  }

  @Test
  @DisplayName("ない月や年度、示していない日数を受け付けない")
  void refusesWhatThereIsNot() {
    var today = LocalDate.of(2026, 1, 15);
    var asked = Asked.of(null, 1, null, null, today);
    assertThat(asked.year()).isEqualTo(new FiscalYear(2025));
    assertThat(asked.month()).contains(YearMonth.of(2026, 1));
    assertThat(asked.period().isOver(LocalDate.of(2026, 1, 31))).isFalse();
    assertThat(asked.period().isOver(LocalDate.of(2026, 2, 1))).isTrue();
    assertThatThrownBy(() -> Asked.of(2025, 13, null, null, today)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> Asked.of(999, null, null, null, today)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> Asked.of(2025, null, null, 15, today)).isInstanceOf(NotFound.class);
  }

  private static Counts counts(int electronic, int paper) {
    return new Counts(java.util.Map.of(Measure.ELECTRONIC, electronic, Measure.PAPER, paper));
  }

  private static Course concluded(Instant at) {
    return course(
        Instant.parse("2020-04-01T00:00:00Z"),
        Optional.empty(),
        Instant.parse("2020-04-01T00:00:00Z"),
        at,
        List.of());
  }

  private static Course course(
      Instant made,
      Optional<LocalDate> decided,
      Instant sent,
      Instant concluded,
      List<Agreed> agreed) {
    return new Course(
        new UUID(0, 1),
        ContractKind.WORKS,
        made,
        decided,
        Optional.empty(),
        Optional.empty(),
        Optional.of(sent),
        Optional.of(concluded),
        Optional.empty(),
        Optional.empty(),
        agreed,
        List.of());
  }
}
