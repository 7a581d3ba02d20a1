package jp.musubi.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("国民の祝日と閉庁日")
class HolidaysTest {

  /** As the Cabinet Office published them (国民の祝日について), in the words of the law. */
  @ParameterizedTest(name = "{0}年")
  @DisplayName("公表された年の祝日・休日と、過不足なく同じ")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2020 | 1/1元日 1/13成人の日 2/11建国記念の日 2/23天皇誕生日 2/24振替休日 3/20春分の日 4/29昭和の日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 5/6振替休日 7/23海の日 7/24スポーツの日 8/10山の日 9/21敬老の日 9/22秋分の日 11/3文化の日 11/23勤労感謝の日
          2021 | 1/1元日 1/11成人の日 2/11建国記念の日 2/23天皇誕生日 3/20春分の日 4/29昭和の日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 7/22海の日 7/23スポーツの日 8/8山の日 8/9振替休日 9/20敬老の日 9/23秋分の日 11/3文化の日 11/23勤労感謝の日
          2024 | 1/1元日 1/8成人の日 2/11建国記念の日 2/12振替休日 2/23天皇誕生日 3/20春分の日 4/29昭和の日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 5/6振替休日 7/15海の日 8/11山の日 8/12振替休日 9/16敬老の日 9/22秋分の日 9/23振替休日 10/14スポーツの日 11/3文化の日 11/4振替休日 11/23勤労感謝の日
          2025 | 1/1元日 1/13成人の日 2/11建国記念の日 2/23天皇誕生日 2/24振替休日 3/20春分の日 4/29昭和の日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 5/6振替休日 7/21海の日 8/11山の日 9/15敬老の日 9/23秋分の日 10/13スポーツの日 11/3文化の日 11/23勤労感謝の日 11/24振替休日
          2026 | 1/1元日 1/12成人の日 2/11建国記念の日 2/23天皇誕生日 3/20春分の日 4/29昭和の日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 5/6振替休日 7/20海の日 8/11山の日 9/21敬老の日 9/22国民の休日 9/23秋分の日 10/12スポーツの日 11/3文化の日 11/23勤労感謝の日
          2027 | 1/1元日 1/11成人の日 2/11建国記念の日 2/23天皇誕生日 3/21春分の日 3/22振替休日 4/29昭和の日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 7/19海の日 8/11山の日 9/20敬老の日 9/23秋分の日 10/11スポーツの日 11/3文化の日 11/23勤労感謝の日
          """)
  void areThoseThatWerePublished(int year, String published) {
    var first = LocalDate.of(year, 1, 1);
    var computed =
        first
            .datesUntil(first.plusYears(1))
            .filter(day -> Holidays.nameOf(day).isPresent())
            .map(day ->
                day.getMonthValue()
                    + "/"
                    + day.getDayOfMonth()
                    + Holidays.nameOf(day).orElseThrow())
            .collect(Collectors.joining(" "));
    assertThat(computed).isEqualTo(published);
  }

  @Test
  @DisplayName("土日と12月29日から1月3日までは閉庁日、そのほかは祝日だけが閉庁日")
  void closeOfficesAtWeekendsAndAtTheTurnOfTheYear() {
    assertThat(Holidays.isClosed(LocalDate.of(2026, 11, 28))).isTrue();
    assertThat(Holidays.isClosed(LocalDate.of(2026, 11, 29))).isTrue();
    assertThat(Holidays.isClosed(LocalDate.of(2026, 11, 30))).isFalse();
    assertThat(Holidays.isClosed(LocalDate.of(2026, 12, 28))).isFalse();
    assertThat(Holidays.isClosed(LocalDate.of(2026, 12, 29))).isTrue();
    assertThat(Holidays.isClosed(LocalDate.of(2028, 1, 3))).isTrue();
    assertThat(Holidays.isClosed(LocalDate.of(2028, 1, 4))).isFalse();
  }

  @Test
  @DisplayName("閉庁日は、前にも後にも、いちばん近い開庁日に移る")
  void leadToTheNearestOpenDay() {
    assertThat(Holidays.openFrom(LocalDate.of(2026, 12, 29))).isEqualTo("2027-01-04");
    assertThat(Holidays.openUntil(LocalDate.of(2027, 1, 3))).isEqualTo("2026-12-28");
    assertThat(Holidays.openFrom(LocalDate.of(2026, 9, 19))).isEqualTo("2026-09-24");
    assertThat(Holidays.openUntil(LocalDate.of(2026, 9, 23))).isEqualTo("2026-09-18");
    assertThat(Holidays.openFrom(LocalDate.of(2026, 12, 4))).isEqualTo("2026-12-04");
  }

  @Test
  @DisplayName("知っている80年のどの年も、日曜の祝日には振替があり、春分と秋分は一日ずつ")
  void obeyTheLawInEveryYear() {
    for (var year = Holidays.FIRST_YEAR; year <= Holidays.LAST_YEAR; year++) {
      var first = LocalDate.of(year, 1, 1);
      var names =
          first
              .datesUntil(first.plusYears(1))
              .flatMap(day -> Holidays.nameOf(day).stream())
              .toList();
      assertThat(names).as("%d", year).containsOnlyOnce("春分の日", "秋分の日", "スポーツの日", "海の日");
      var sundays =
          first
              .datesUntil(first.plusYears(1))
              .filter(day -> day.getDayOfWeek() == DayOfWeek.SUNDAY)
              .filter(day -> Holidays.nameOf(day).isPresent())
              .count();
      assertThat(names.stream().filter("振替休日"::equals).count()).as("%d", year).isEqualTo(sundays);
      assertThat(names.size() - sundays)
          .as("%d", year)
          .isEqualTo(16 + names.stream().filter("国民の休日"::equals).count());
    }
  }

  @ParameterizedTest
  @DisplayName("知らない年には答えない")
  @ValueSource(strings = {"2019-12-31", "2100-01-01"})
  void refuseYearsThatAreNotKnown(LocalDate day) {
    assertThat(Holidays.knows(day)).isFalse();
    assertThatThrownBy(() -> Holidays.isClosed(day)).isInstanceOf(IllegalArgumentException.class);
  }
}
