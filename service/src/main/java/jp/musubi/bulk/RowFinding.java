package jp.musubi.bulk;

import jp.musubi.platform.web.Text;

/**
 * 行の誤り. What is wrong with a line of a list, where, and what to do.
 *
 * @param line as a spreadsheet counts it; the heading is 1
 * @param field heading of the column
 * @param value what stood there, shortened, without characters that nobody sees
 */
record RowFinding(int line, String field, Text reason, String value) {
  private static final int LONGEST = 60;

  static RowFinding of(int line, String field, Text reason, String value) {
    var seen = value.replaceAll("[\\p{Cc}\\p{Cs}]", "\uFFFD");
    return new RowFinding(
        line,
        field,
        reason,
        seen.codePointCount(0, seen.length()) <= LONGEST
            ? seen
            : seen.substring(0, seen.offsetByCodePoints(0, LONGEST)) + "…");
  }
}
