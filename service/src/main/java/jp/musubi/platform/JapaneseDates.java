package jp.musubi.platform;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.chrono.JapaneseChronology;
import java.time.chrono.JapaneseDate;
import java.time.chrono.JapaneseEra;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * 和暦と西暦 — days and moments as officials write and read them (LAW-20, LAW-21, UI-6).
 *
 * <p>Eras are Java's own, so a new era reaches this class by {@code
 * jdk.calendar.japanese.supplemental.era} without a release.
 */
public final class JapaneseDates {

  /** Where the service's days begin and end. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");

  // Java refuses Japanese dates before Meiji 6, when the Gregorian calendar came.
  private static final LocalDate FIRST = LocalDate.of(1873, 1, 1);

  private static final DateTimeFormatter ERA_DATE =
      new DateTimeFormatterBuilder()
          .appendText(ChronoField.ERA)
          .appendText(ChronoField.YEAR_OF_ERA, Map.of(1L, "元"))
          .appendPattern("年M月d日")
          .toFormatter(Locale.JAPAN)
          .withChronology(JapaneseChronology.INSTANCE);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu年M月d日", Locale.JAPAN);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm", Locale.JAPAN);

  private static final Map<String, JapaneseEra> ERAS = eras();
  private static final Pattern DAY = day();
  // What date() writes is read back: the day twice, the second time in brackets.
  private static final Pattern TWICE = Pattern.compile("([^(]+)\\(([^)]+)\\)");

  /**
   * A day as it was read.
   *
   * @param date the day
   * @param otherEra whether the era that was written had ended or not begun on that day, as in
   *     平成31年5月1日: say so by {@link #era} of the day
   */
  public record Reading(LocalDate date, boolean otherEra) {}

  private JapaneseDates() {}

  /** 令和8年4月1日（2026年4月1日）. */
  public static String date(LocalDate day) {
    return day.isBefore(FIRST) ? DATE.format(day) : era(day) + "（" + DATE.format(day) + "）";
  }

  /** 令和8年4月1日; the Gregorian day where Java knows no era. */
  public static String era(LocalDate day) {
    return day.isBefore(FIRST) ? DATE.format(day) : ERA_DATE.format(JapaneseDate.from(day));
  }

  /** 令和8年4月1日（2026年4月1日）, the day of this moment in Japan. */
  public static String date(Instant moment) {
    return date(LocalDate.ofInstant(moment, ZONE));
  }

  /** 令和8年4月1日 10:12, in Japan, hours from 0 to 23. */
  public static String time(Instant moment) {
    var there = moment.atZone(ZONE);
    return era(there.toLocalDate()) + " " + TIME.format(there);
  }

  /**
   * Reads {@code R8.4.1}, {@code 令和8年4月1日}, {@code 2026/4/1}, {@code 2026-04-01} and what {@link
   * #date} writes; half or full width, with or without spaces. Empty when it is no day.
   */
  public static Optional<Reading> parse(String text) {
    var plain =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .replaceAll("[\\s\\p{Z}]", "")
            .replaceAll("[\\u2010-\\u2015\\u2212\\u30fc]", "-")
            .replace("元年", "1年")
            .toUpperCase(Locale.ROOT);
    var twice = TWICE.matcher(plain);
    if (twice.matches()) {
      var first = single(twice.group(1));
      var second = single(twice.group(2)).map(Reading::date);
      return first.filter(reading -> second.equals(Optional.of(reading.date())));
    }
    return single(plain);
  }

  private static Optional<Reading> single(String plain) {
    var match = DAY.matcher(plain);
    if (!match.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reading(match));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static Reading reading(Matcher match) {
    var month = Integer.parseInt(match.group("month"));
    var dayOfMonth = Integer.parseInt(match.group("day"));
    var name = match.group("era");
    if (name == null) {
      return new Reading(
          LocalDate.of(Integer.parseInt(match.group("year")), month, dayOfMonth), false);
    }
    var era = ERAS.get(name);
    if (era == null) {
      throw new DateTimeException("no era " + name);
    }
    var yearOfEra = Integer.parseInt(match.group("eraYear"));
    if (yearOfEra == 0) {
      throw new DateTimeException("an era begins with its year 1");
    }
    var year = JapaneseChronology.INSTANCE.prolepticYear(era, yearOfEra);
    var day = LocalDate.of(year, month, dayOfMonth);
    return new Reading(day, day.isBefore(FIRST) || !JapaneseDate.from(day).getEra().equals(era));
  }

  private static Map<String, JapaneseEra> eras() {
    var eras = new HashMap<String, JapaneseEra>();
    for (var era : JapaneseEra.values()) {
      eras.put(era.getDisplayName(TextStyle.FULL, Locale.JAPAN), era);
      eras.put(era.getDisplayName(TextStyle.NARROW, Locale.JAPAN), era);
    }
    return Map.copyOf(eras);
  }

  private static Pattern day() {
    var names = ERAS.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    return Pattern.compile(
        "(?:(?<era>"
            + names
            + ")(?<eraYear>\\d{1,3})|(?<year>\\d{4}))"
            + "(?:年|[./-])(?<month>\\d{1,2})(?:月|[./-])(?<day>\\d{1,2})日?");
  }
}
