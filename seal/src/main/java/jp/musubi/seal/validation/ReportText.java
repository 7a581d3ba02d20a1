package jp.musubi.seal.validation;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/** 検証結果の文書 — a report as text for people, line by line. */
public final class ReportText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm:ss", Locale.JAPAN)
          .withZone(ZoneId.of("Asia/Tokyo"));
  private static final int COLUMNS = 20;

  private ReportText() {}

  /**
   * Writes a report, in Japanese.
   *
   * @param file how the file is called there
   */
  public static String of(String file, ValidationReport report) {
    var text = new StringBuilder();
    add(text, "file", file);
    add(text, "sha256", report.sha256().hex());
    add(text, "verdict", ValidationMessages.of(report, Locale.JAPAN));
    for (var reason : report.reasons()) {
      add(text, "reason", of(reason));
    }
    for (var signature : report.signatures()) {
      add(text, signature);
    }
    for (var timestamp : report.documentTimestamps()) {
      add(text, "archive", of(timestamp));
    }
    for (var modification : report.modificationsAfterSigning()) {
      add(text, "modification", modification);
    }
    return text.toString();
  }

  private static void add(StringBuilder text, ValidationReport.Signature signature) {
    add(text, "signature", signature.field());
    add(text, "name", signature.name());
    add(text, "certificate", signature.certificate());
    add(text, "purpose", signature.reason());
    add(text, "time", signature.signingTime().map(ReportText::time).orElse("－"));
    add(text, "timestamp", signature.timestamp().map(ReportText::of).orElse("－"));
    add(text, "level", signature.level());
    add(text, "indication", words("indication." + signature.indication().name()));
    if (signature.external()) {
      add(text, "external", words("external"));
    }
  }

  /** A reason with what it was found in. */
  public static String of(Reason reason) {
    return ValidationMessages.of(reason, Locale.JAPAN)
        + (reason.detail().isEmpty() ? "" : "［" + reason.detail() + "］");
  }

  /** When, and by whose authority. */
  public static String of(ValidationReport.Timestamp timestamp) {
    return time(timestamp.time()) + "　" + timestamp.tsa();
  }

  /** A moment in Japan. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** Adds a line, its value in the same column as that of the others. */
  public static void line(StringBuilder text, String name, String value) {
    var columns = name.chars().map(c -> c < 0x80 ? 1 : 2).sum();
    text.append(name).append(" ".repeat(Math.max(1, COLUMNS - columns))).append(value).append('\n');
  }

  private static void add(StringBuilder text, String label, String value) {
    line(text, words("label." + label), value);
  }

  private static String words(String key) {
    return ResourceBundle.getBundle(
            "jp.musubi.seal.validation.report",
            Locale.ROOT,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
        .getString(key);
  }
}
