package jp.musubi.statistics;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.register.FiscalYear;

/**
 * 期間. Whole months, by the calendar of Japan.
 *
 * @param first month
 * @param last month, included
 */
record Period(YearMonth first, YearMonth last) {

  /** 年度, April to March (地方自治法 208 条). */
  static Period of(FiscalYear year) {
    var april = YearMonth.of(year.year(), 4);
    return new Period(april, april.plusMonths(11));
  }

  /** One month. */
  static Period of(YearMonth month) {
    return new Period(month, month);
  }

  /** The day of a moment in Japan. */
  static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, JapaneseDates.ZONE);
  }

  boolean contains(LocalDate day) {
    var month = YearMonth.from(day);
    return !month.isBefore(first) && !month.isAfter(last);
  }

  List<YearMonth> months() {
    return Stream.iterate(first, month -> !month.isAfter(last), month -> month.plusMonths(1))
        .toList();
  }

  LocalDate from() {
    return first.atDay(1);
  }

  /** The day after its last. */
  LocalDate until() {
    return last.plusMonths(1).atDay(1);
  }

  /** Whether nothing can happen in it any more. */
  boolean isOver(LocalDate today) {
    return !until().isAfter(today);
  }
}
