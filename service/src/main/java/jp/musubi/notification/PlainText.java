package jp.musubi.notification;

import java.util.regex.Pattern;

/** Text that people entered, made safe for a header or a body. */
final class PlainText {
  // Controls, line and paragraph separators, and the marks that turn the direction of writing
  // round: nothing of them belongs in a subject, and some end a header.
  private static final Pattern UNFIT_FOR_ONE_LINE =
      Pattern.compile(
          "[\\p{Cc}\\u2028\\u2029\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]+");
  private static final Pattern LINE_END = Pattern.compile("\\r\\n|[\\r\\n\\u0085\\u2028\\u2029]");
  private static final Pattern UNFIT_FOR_BODY =
      Pattern.compile("[\\p{Cc}&&[^\\n\\t]]|[\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");

  private PlainText() {}

  /** The same words on one line, without anything a header could be ended or bent with. */
  static String oneLine(String text) {
    return UNFIT_FOR_ONE_LINE.matcher(text).replaceAll(" ").strip();
  }

  /** The same lines, ended by {@code \n} only and without control characters. */
  static String lines(String text) {
    var lines = LINE_END.matcher(text).replaceAll("\n");
    return UNFIT_FOR_BODY.matcher(lines).replaceAll("");
  }
}
