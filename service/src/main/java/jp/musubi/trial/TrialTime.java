package jp.musubi.trial;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** When a letter was sent, as the mailbox shows it. */
final class TrialTime {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("M月d日 HH:mm:ss").withZone(ZoneId.of("Asia/Tokyo"));

  private TrialTime() {}

  static String of(Instant instant) {
    return FORM.format(instant);
  }
}
