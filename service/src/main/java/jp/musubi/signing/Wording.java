package jp.musubi.signing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Yen;
import jp.musubi.seal.Sha256;

/** How the counterparty's pages and mails write days, times, money and digests (UI-6, LAW-20). */
final class Wording {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter WESTERN =
      DateTimeFormatter.ofPattern("uuuu年M月d日", Locale.JAPAN);
  private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("M月d日", Locale.JAPAN);
  private static final DateTimeFormatter ENGLISH_DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter ENGLISH_TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter ENGLISH_SHORT =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final String RECEIPT_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private Wording() {}

  /** 17:00 */
  static String clock(Instant instant) {
    return CLOCK.format(instant.atZone(JapaneseDates.ZONE));
  }

  /** 令和8年12月4日（金）17:00 */
  static String time(Instant instant) {
    var local = instant.atZone(JapaneseDates.ZONE);
    return "%s（%s）%s"
        .formatted(
            JapaneseDates.era(local.toLocalDate()),
            local.getDayOfWeek().getDisplayName(TextStyle.NARROW, Locale.JAPAN),
            CLOCK.format(local));
  }

  /** As {@link #time(Instant)}, or 4 December 2026, 17:00 (Japan time). */
  static String time(Instant instant, Locale locale) {
    return isEnglish(locale)
        ? ENGLISH_TIME.format(instant.atZone(JapaneseDates.ZONE)) + " (Japan time)"
        : time(instant);
  }

  /** 令和8年12月4日（2026年12月4日）, or 4 December 2026. */
  static String day(LocalDate day, Locale locale) {
    return isEnglish(locale) ? ENGLISH_DAY.format(day) : JapaneseDates.date(day);
  }

  /** 令和8年12月4日, or 4 December 2026. */
  static String era(LocalDate day, Locale locale) {
    return isEnglish(locale) ? ENGLISH_DAY.format(day) : JapaneseDates.era(day);
  }

  /** 1,234,000円, or JPY 1,234,000. */
  static String money(long yen, Locale locale) {
    var japanese = Yen.format(yen);
    return isEnglish(locale) ? "JPY " + japanese.replace("円", "") : japanese;
  }

  /** 12月4日, or 4 Dec. */
  static String shortDay(Instant instant, Locale locale) {
    return isEnglish(locale)
        ? ENGLISH_SHORT.format(instant.atZone(JapaneseDates.ZONE))
        : shortDay(instant);
  }

  private static boolean isEnglish(Locale locale) {
    return locale.getLanguage().equals(Locale.ENGLISH.getLanguage());
  }

  /** 2026年12月4日 */
  static String western(Instant instant) {
    return WESTERN.format(instant.atZone(JapaneseDates.ZONE));
  }

  /** 12月4日 */
  static String shortDay(Instant instant) {
    return SHORT.format(instant.atZone(JapaneseDates.ZONE));
  }

  /** When the counterparty can no longer come back. */
  static Instant readableUntil(Particulars contract, Instant concludedAt) {
    return endOfYears(concludedAt, contract.readingYears());
  }

  /** The end of the day that many years later, as the calendar counts them in Japan. */
  static Instant endOfYears(Instant from, int years) {
    return from.atZone(JapaneseDates.ZONE)
        .toLocalDate()
        .plusYears(years)
        .plusDays(1)
        .atStartOfDay(JapaneseDates.ZONE)
        .toInstant();
  }

  /** The digest in groups of eight digits, for comparing by eye. */
  static String grouped(Sha256 digest) {
    return digest.hex().replaceAll("(.{8})(?=.)", "$1 ");
  }

  /** The last day on which the counterparty can come back: 令和18年11月23日（2036年11月23日）. */
  static String lastDay(Particulars contract, Instant concludedAt) {
    return lastDay(contract, concludedAt, Locale.JAPAN);
  }

  /** The same, in the language of the page. */
  static String lastDay(Particulars contract, Instant concludedAt, Locale locale) {
    var last = readableUntil(contract, concludedAt).minusNanos(1);
    return day(LocalDate.ofInstant(last, JapaneseDates.ZONE), locale);
  }

  /** 7K2M-40QX: eight characters that nobody mistakes for others on the telephone. */
  static String receipt(Agreement agreement) {
    var bits = agreement.id().getMostSignificantBits();
    var text = new StringBuilder(9);
    for (var i = 0; i < 8; i++) {
      if (i == 4) {
        text.append('-');
      }
      text.append(RECEIPT_LETTERS.charAt((int) (bits >>> (64 - 5 * (i + 1))) & 31));
    }
    return text.toString();
  }
}
