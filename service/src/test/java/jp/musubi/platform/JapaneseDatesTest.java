package jp.musubi.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("和暦と西暦")
class JapaneseDatesTest {

  @ParameterizedTest(name = "{0} は {1}")
  @DisplayName("和暦と西暦を並べて書く")
  @CsvSource({
    "2026-04-01, 令和8年4月1日（2026年4月1日）",
    "2019-05-01, 令和元年5月1日（2019年5月1日）",
    "2019-04-30, 平成31年4月30日（2019年4月30日）",
    "1989-01-08, 平成元年1月8日（1989年1月8日）",
    "1989-01-07, 昭和64年1月7日（1989年1月7日）",
    "1926-12-25, 昭和元年12月25日（1926年12月25日）",
    "1926-12-24, 大正15年12月24日（1926年12月24日）",
    "1912-07-30, 大正元年7月30日（1912年7月30日）",
    "1912-07-29, 明治45年7月29日（1912年7月29日）",
    "1873-01-01, 明治6年1月1日（1873年1月1日）",
    "1872-12-31, 1872年12月31日",
  })
  void writesBothCalendars(LocalDate day, String written) {
    assertThat(JapaneseDates.date(day)).isEqualTo(written);
  }

  @Test
  @DisplayName("時刻は日本時間の24時間制で書く")
  void writesMomentsInJapaneseTime() {
    assertThat(JapaneseDates.time(Instant.parse("2026-04-01T01:12:59Z")))
        .isEqualTo("令和8年4月1日 10:12");
    assertThat(JapaneseDates.time(Instant.parse("2026-03-31T15:00:00Z")))
        .isEqualTo("令和8年4月1日 0:00");
    assertThat(JapaneseDates.date(Instant.parse("2019-04-30T15:00:00Z")))
        .isEqualTo("令和元年5月1日（2019年5月1日）");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("どの書き方でも同じ日と読む")
  @ValueSource(
      strings = {
        "R8.4.1",
        "r8/4/1",
        "Ｒ８．４．１",
        "令和8年4月1日",
        "令和８年４月１日",
        "令和 8 年 4 月 1 日",
        "㋿8年4月1日",
        "2026/4/1",
        "2026-04-01",
        "２０２６－０４－０１",
        "2026年4月1日",
        "2026.4.1",
        "　2026/04/01　",
        "令和8年4月1日（2026年4月1日）"
      })
  void readsEveryWayOfWriting(String text) {
    assertThat(JapaneseDates.parse(text))
        .contains(new JapaneseDates.Reading(LocalDate.of(2026, 4, 1), false));
  }

  @ParameterizedTest(name = "{0} は {1}")
  @DisplayName("元号の切れ目を正しく読む")
  @CsvSource({
    "令和元年5月1日, 2019-05-01, false",
    "平成31年4月30日, 2019-04-30, false",
    "平成31年5月1日, 2019-05-01, true",
    "令和元年4月30日, 2019-04-30, true",
    "昭和64年1月7日, 1989-01-07, false",
    "S64.1.8, 1989-01-08, true",
    "昭和元年12月25日, 1926-12-25, false",
  })
  void readsTheTurnOfEras(String text, LocalDate day, boolean otherEra) {
    assertThat(JapaneseDates.parse(text)).contains(new JapaneseDates.Reading(day, otherEra));
  }

  @ParameterizedTest(name = "「{0}」")
  @DisplayName("日付でないものは読まない")
  @ValueSource(
      strings = {
        "",
        "令和8年4月31日",
        "2026/2/29",
        "令和0年1月1日",
        "R8",
        "8.4.1",
        "20260401",
        "春",
        "令和8年4月1日（2026年4月2日）",
        "2026/13/1",
        "99999-1-1"
      })
  void readsNothingElse(String text) {
    assertThat(JapaneseDates.parse(text)).isEmpty();
  }

  @Test
  @DisplayName("書いた日付は読み返せる")
  void readsBackWhatItWrites() {
    for (var day = LocalDate.of(1873, 1, 1); day.getYear() < 2060; day = day.plusDays(37)) {
      assertThat(JapaneseDates.parse(JapaneseDates.date(day)))
          .contains(new JapaneseDates.Reading(day, false));
    }
  }
}
