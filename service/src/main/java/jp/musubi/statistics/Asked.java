package jp.musubi.statistics;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.NotFound;
import jp.musubi.register.FiscalYear;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be told.
 *
 * @param month of the year; empty for all of it
 * @param section with all below it; empty for all
 * @param days from which on a contract waits too long
 */
record Asked(FiscalYear year, Optional<YearMonth> month, Optional<UUID> section, int days) {
  /** What is offered, in days. */
  static final List<Integer> DAYS = List.of(7, 14, 30, 60);

  private static final int USUAL_DAYS = 14;

  /**
   * As an address has it.
   *
   * @param year in which the fiscal year begins; null for the current one
   * @param month 1 to 12; null for the whole year
   * @param days null for the usual
   */
  static Asked of(
      @Nullable Integer year,
      @Nullable Integer month,
      @Nullable UUID section,
      @Nullable Integer days,
      LocalDate today) {
    var of = year == null ? FiscalYear.of(today) : new FiscalYear(year);
    // Years that PostgreSQL and the calendar both know.
    if (of.year() < 2000
        || of.year() > 2999
        || (month != null && (month < 1 || month > 12))
        || (days != null && !DAYS.contains(days))) {
      throw new NotFound("statistics of %s/%s, %s days".formatted(year, month, days));
    }
    return new Asked(
        of,
        Optional.ofNullable(month)
            .map(number -> YearMonth.of(number >= 4 ? of.year() : of.year() + 1, number)),
        Optional.ofNullable(section),
        days == null ? USUAL_DAYS : days);
  }

  /** The months that are listed. */
  Period ofTheYear() {
    return Period.of(year);
  }

  /** Of which all else is. */
  Period period() {
    return month.map(Period::of).orElseGet(this::ofTheYear);
  }

  /** The same in an address, with what else is to be in it. */
  String address(String path, String... more) {
    var parts = new ArrayList<String>();
    parts.add("year=" + year.year());
    month.ifPresent(of -> parts.add("month=" + of.getMonthValue()));
    section.ifPresent(of -> parts.add("section=" + of));
    if (days != USUAL_DAYS) {
      parts.add("days=" + days);
    }
    parts.addAll(List.of(more));
    return path + "?" + String.join("&", parts);
  }

  /** The same of another section. */
  Asked in(UUID other) {
    return new Asked(year, month, Optional.of(other), days);
  }
}
