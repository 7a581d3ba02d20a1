package jp.musubi.platform;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/**
 * 国民の祝日に関する法律（昭和 23 年法律第 178 号）の休日、地方公共団体の休日（地方自治法 4 条の 2）. From {@link #FIRST_YEAR} to {@link
 * #LAST_YEAR}: before, the law was another; after, the formula for the equinoxes is not accepted.
 * The almanac office announces each year's equinoxes the February before (官報 暦要項), and a new law
 * may change the rest: then this class is changed.
 */
public final class Holidays {
  /** The first year that is known. */
  public static final int FIRST_YEAR = 2020;

  /** The last year that is known. */
  public static final int LAST_YEAR = 2099;

  private static final String SUBSTITUTE = "振替休日";
  private static final String BETWEEN = "国民の休日";

  private Holidays() {}

  /** Whether the holidays of that day's year are known. */
  public static boolean knows(LocalDate day) {
    return day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR;
  }

  /**
   * What the law calls a holiday; empty of any other day.
   *
   * @throws IllegalArgumentException if its year is not {@linkplain #knows known}
   */
  public static Optional<String> nameOf(LocalDate day) {
    if (!knows(day)) {
      throw new IllegalArgumentException("holidays of " + day.getYear() + " are not known");
    }
    return nationalHoliday(day)
        .or(() -> isSubstitute(day) ? Optional.of(SUBSTITUTE) : Optional.empty())
        .or(() -> isBetween(day) ? Optional.of(BETWEEN) : Optional.empty());
  }

  /** 年末年始: 12/29 to 1/3, as the ordinances under 地方自治法 4 条の 2 第 2 項 3 号 have it. */
  public static boolean isTurnOfTheYear(LocalDate day) {
    return switch (day.getMonth()) {
      case DECEMBER -> day.getDayOfMonth() >= 29;
      case JANUARY -> day.getDayOfMonth() <= 3;
      default -> false;
    };
  }

  /**
   * 閉庁日: whether offices of local governments are closed (地方自治法 4 条の 2).
   *
   * @throws IllegalArgumentException if its year is not {@linkplain #knows known}
   */
  public static boolean isClosed(LocalDate day) {
    return nameOf(day).isPresent()
        || isTurnOfTheYear(day)
        || day.getDayOfWeek() == DayOfWeek.SATURDAY
        || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  /** The day itself if offices are open, else the next on which they are. */
  public static LocalDate openFrom(LocalDate day) {
    var open = day;
    while (isClosed(open)) {
      open = open.plusDays(1);
    }
    return open;
  }

  /** The day itself if offices are open, else the last before on which they were. */
  public static LocalDate openUntil(LocalDate day) {
    var open = day;
    while (isClosed(open)) {
      open = open.minusDays(1);
    }
    return open;
  }

  /** 2 条, with the days that moved for the games of 2020 (平成三十二年東京大会特別措置法 32 条). */
  private static Optional<String> nationalHoliday(LocalDate day) {
    var year = day.getYear();
    var date = day.getDayOfMonth();
    return Optional.ofNullable(
        switch (day.getMonth()) {
          case JANUARY ->
              date == 1 ? "元日" : day.equals(monday(year, Month.JANUARY, 2)) ? "成人の日" : null;
          case FEBRUARY -> date == 11 ? "建国記念の日" : date == 23 ? "天皇誕生日" : null;
          case MARCH -> date == vernalEquinox(year) ? "春分の日" : null;
          case APRIL -> date == 29 ? "昭和の日" : null;
          case MAY -> date == 3 ? "憲法記念日" : date == 4 ? "みどりの日" : date == 5 ? "こどもの日" : null;
          case JULY ->
              date == marineDay(year)
                  ? "海の日"
                  : (year == 2020 && date == 24) || (year == 2021 && date == 23) ? "スポーツの日" : null;
          case AUGUST -> date == (year == 2020 ? 10 : year == 2021 ? 8 : 11) ? "山の日" : null;
          case SEPTEMBER ->
              day.equals(monday(year, Month.SEPTEMBER, 3))
                  ? "敬老の日"
                  : date == autumnalEquinox(year) ? "秋分の日" : null;
          case OCTOBER ->
              year > 2021 && day.equals(monday(year, Month.OCTOBER, 2)) ? "スポーツの日" : null;
          case NOVEMBER -> date == 3 ? "文化の日" : date == 23 ? "勤労感謝の日" : null;
          case JUNE, DECEMBER -> null;
        });
  }

  /** 3 条 2 項: a holiday fell on a Sunday; the nearest day after it that is none rests instead. */
  private static boolean isSubstitute(LocalDate day) {
    var before = day.minusDays(1);
    while (nationalHoliday(before).isPresent()) {
      if (before.getDayOfWeek() == DayOfWeek.SUNDAY) {
        return true;
      }
      before = before.minusDays(1);
    }
    return false;
  }

  /** 3 条 3 項: the day before and the day after are national holidays. */
  private static boolean isBetween(LocalDate day) {
    return nationalHoliday(day.minusDays(1)).isPresent()
        && nationalHoliday(day.plusDays(1)).isPresent();
  }

  private static int marineDay(int year) {
    return switch (year) {
      case 2020 -> 23;
      case 2021 -> 22;
      default -> monday(year, Month.JULY, 3).getDayOfMonth();
    };
  }

  private static LocalDate monday(int year, Month month, int ordinal) {
    return LocalDate.of(year, month, 1)
        .with(TemporalAdjusters.dayOfWeekInMonth(ordinal, DayOfWeek.MONDAY));
  }

  /** The almanac's mean formula for 1980 to 2099 (海上保安庁水路部 暦計算研究会編『新こよみ便利帳』). */
  private static int vernalEquinox(int year) {
    return equinox(20.8431, year);
  }

  private static int autumnalEquinox(int year) {
    return equinox(23.2488, year);
  }

  private static int equinox(double in1980, int year) {
    var years = year - 1980;
    return (int) (in1980 + 0.242194 * years) - years / 4;
  }
}
