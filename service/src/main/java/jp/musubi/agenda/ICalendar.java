package jp.musubi.agenda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** iCalendar (RFC 5545); pure. */
final class ICalendar {
  private static final int LONGEST = 75;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);

  private ICalendar() {}

  /**
   * The file.
   *
   * @param summary what stands in the calendar for an occasion
   * @param now when it was written
   */
  static String of(
      String name, List<Occasion> occasions, Function<Occasion, String> summary, Instant now) {
    var text = new StringBuilder();
    line(text, "BEGIN:VCALENDAR");
    line(text, "VERSION:2.0");
    line(text, "PRODID:-//Musubi//Deadlines//JA");
    line(text, "CALSCALE:GREGORIAN");
    line(text, "METHOD:PUBLISH");
    line(text, "X-WR-CALNAME:" + escaped(name));
    for (var occasion : occasions) {
      line(text, "BEGIN:VEVENT");
      // The same in each file, so that a calendar replaces what it has (3.8.4.7).
      line(text, "UID:%s-%s@musubi".formatted(occasion.subject(), occasion.what()));
      line(text, "DTSTAMP:" + MOMENT.format(now));
      if (occasion.at().isPresent()) {
        line(text, "DTSTART:" + MOMENT.format(occasion.at().get()));
      } else {
        line(text, "DTSTART;VALUE=DATE:" + day(occasion.day()));
        line(text, "DTEND;VALUE=DATE:" + day(occasion.day().plusDays(1)));
      }
      line(text, "SUMMARY:" + escaped(summary.apply(occasion)));
      line(text, "TRANSP:TRANSPARENT");
      line(text, "END:VEVENT");
    }
    line(text, "END:VCALENDAR");
    return text.toString();
  }

  private static String day(LocalDate day) {
    return DAY.format(day);
  }

  /** As text wants to be written (3.3.11); other control characters have no place in it. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replaceAll("\\R", "\\\\n")
        .replaceAll("\\p{Cc}", "");
  }

  /** Folds what is longer than 75 octets, and never within a character (3.1). */
  private static void line(StringBuilder text, String content) {
    var octets = 0;
    for (var letter : content.codePoints().toArray()) {
      var written = Character.toString(letter);
      var length = written.getBytes(UTF_8).length;
      if (octets + length > LONGEST) {
        text.append("\r\n ");
        octets = 1;
      }
      text.append(written);
      octets += length;
    }
    text.append("\r\n");
  }
}
