package jp.musubi.platform.web;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Yen;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was typed into a form, field by field, and collects what is wrong. Digits, commas,
 * spaces and the like may be full or half width; names stay exactly as typed (LAW-24, UI-5).
 */
public final class FormReader {
  private static final DateTimeFormatter HOUR_AND_MINUTE =
      DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);

  private static final Pattern DECIMAL = Pattern.compile("\\d{1,4}(?:\\.\\d)?");

  /** RFC 5321, 4.5.3.1.3, without the brackets. */
  private static final int LONGEST_MAIL = 254;

  private static final Pattern CLUSTER = Pattern.compile("\\X");

  /** Controls, direction marks and overrides, invisible spaces, lone surrogates (LAW-23). */
  private static final Pattern UNFIT =
      Pattern.compile(
          "[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u00ad\\u034f\\u061c\\u115f\\u1160\\u180e\\u200b\\u200c"
              + "\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]");

  /** A dot-atom before the @, a host name of at least two labels after it (RFC 5321, 4.1.2). */
  private static final Pattern MAIL =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]"
              + "(?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])");

  private final Map<String, Text> wrong = new LinkedHashMap<>();

  /** What is wrong with which field; empty when all is well. */
  public Map<String, Text> wrong() {
    return wrong;
  }

  /** Notes that a field is wrong. The first reason given stays. */
  public void reject(String field, String key, String... values) {
    wrong.putIfAbsent(field, Text.of(key, values));
  }

  /**
   * One line of text, kept as typed but for the spaces around it.
   *
   * @param most characters as a person counts them
   */
  public String line(String field, @Nullable String typed, int most, boolean required) {
    var text = typed == null ? "" : typed.strip();
    var unfit = UNFIT.matcher(text);
    if (unfit.find()) {
      reject(field, "web.wrong.unfit", "U+%04X".formatted(text.codePointAt(unfit.start())));
    } else if (text.isEmpty() && required) {
      reject(field, "web.wrong.empty");
    } else if (CLUSTER.matcher(text).results().limit(most + 1L).count() > most) {
      reject(field, "web.wrong.long", String.valueOf(most));
    }
    return text;
  }

  /** Text of several lines, for people to read. */
  public String lines(String field, @Nullable String typed, int most) {
    return lines(field, typed, most, true);
  }

  /** Text of several lines, possibly none. */
  public String lines(String field, @Nullable String typed, int most, boolean required) {
    var text = typed == null ? "" : typed.strip().replace("\r\n", "\n");
    line(field, text.replace('\n', ' ').replace('\t', ' '), most, required);
    return text;
  }

  /** A mail address, with full-width letters made plain. */
  public String mail(String field, @Nullable String typed) {
    var text = line(field, typed == null ? null : plain(typed), LONGEST_MAIL, true);
    // What is too long is wrong already, and the pattern's steps lie on the stack.
    if (!text.isEmpty() && text.length() <= LONGEST_MAIL && !MAIL.matcher(text).matches()) {
      reject(field, "web.wrong.mail");
    }
    var local = text.indexOf('@');
    if (local > 64) {
      reject(field, "web.wrong.mail");
    }
    return text;
  }

  /** A sum in yen; empty when nothing was typed. */
  public OptionalLong yen(String field, @Nullable String typed) {
    if (typed == null || typed.isBlank()) {
      return OptionalLong.empty();
    }
    var sum = Yen.parse(typed);
    if (sum.isEmpty()) {
      reject(field, "web.wrong.yen");
    }
    return sum;
  }

  /** A day by either calendar; empty when nothing was typed. */
  public Optional<LocalDate> day(String field, @Nullable String typed) {
    if (typed == null || typed.isBlank()) {
      return Optional.empty();
    }
    var reading = JapaneseDates.parse(typed);
    if (reading.isEmpty()) {
      reject(field, "web.wrong.day");
    }
    return reading.map(JapaneseDates.Reading::date);
  }

  /** A time of day such as 17:00, in whatever width; empty, and wrong, when it is none. */
  public Optional<LocalTime> time(String field, @Nullable String typed) {
    try {
      return Optional.of(
          LocalTime.parse(plain(typed == null ? "" : typed).strip(), HOUR_AND_MINUTE));
    } catch (DateTimeParseException e) {
      reject(field, "web.wrong.time");
      return Optional.empty();
    }
  }

  /** A whole number within bounds, both included; {@code least} when it is wrong. */
  public int number(String field, @Nullable String typed, int least, int most) {
    var text = plain(typed == null ? "" : typed).strip();
    if (text.matches("\\d{1,6}")) {
      var number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    reject(field, "web.wrong.number", String.valueOf(least), String.valueOf(most));
    return least;
  }

  /**
   * Tenths of a unit within bounds, both included, from a number with at most one decimal; {@code
   * least} when it is wrong.
   *
   * @param key of the words that say so, with the bounds in its gaps
   */
  public int tenths(String field, @Nullable String typed, int least, int most, String key) {
    var text = plain(typed == null ? "" : typed).strip();
    if (DECIMAL.matcher(text).matches()) {
      var tenths = new BigDecimal(text).movePointRight(1).intValueExact();
      if (tenths >= least && tenths <= most) {
        return tenths;
      }
    }
    reject(field, key, tenths(least), tenths(most));
    return least;
  }

  /** Tenths of a unit as somebody would type them: 10.5, and 30 without a decimal. */
  public static String tenths(int tenths) {
    return new BigDecimal(tenths).movePointLeft(1).stripTrailingZeros().toPlainString();
  }

  private static String plain(String typed) {
    return Normalizer.normalize(typed, Normalizer.Form.NFKC);
  }
}
