package jp.musubi.fulltext;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** 抜き書き. A line of a contract around a word, short enough for a list. Pure. */
final class Excerpt {
  private static final int AROUND = 30;
  private static final int LONGEST = 90;

  /**
   * Control characters, directions, and what has no width: a file may be meant to deceive (LAW-23).
   */
  private static final Pattern DECEIVING = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private Excerpt() {}

  /**
   * The line, cut around the word where it is long; from its beginning where the word is hidden.
   */
  static String of(String line, String word) {
    var plain = DECEIVING.matcher(line).replaceAll(" ").replaceAll(" {2,}", " ").strip();
    var points = plain.codePoints().toArray();
    if (points.length <= LONGEST) {
      return plain;
    }
    var normal = normal(plain);
    var unit = normal.indexOf(normal(word));
    var at = unit < 0 ? unit : normal.codePointCount(0, unit);
    // Letters may be more or fewer when normalised; what is cut is only for reading.
    var from = at < 0 ? 0 : Math.max(0, Math.min(at - AROUND, points.length - LONGEST));
    var until = Math.min(points.length, from + LONGEST);
    return (from > 0 ? "…" : "")
        + new String(points, from, until - from)
        + (until < points.length ? "…" : "");
  }

  private static String normal(String words) {
    return Normalizer.normalize(words, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
