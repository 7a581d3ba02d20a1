package jp.musubi.seal.appearance;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** Cuts text where a glyph ends: a character with its variation selector is one letter (LAW-22). */
final class Letters {
  private Letters() {}

  /** The letters in order; joined again they are the text. */
  static List<String> of(String text) {
    var letters = new ArrayList<String>();
    var open = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (!open.isEmpty() && !belongs(open.toString(), c)) {
            letters.add(open.toString());
            open.setLength(0);
          }
          open.appendCodePoint(c);
        });
    if (!open.isEmpty()) {
      letters.add(open.toString());
    }
    return List.copyOf(letters);
  }

  /** The one character that a letter with a combining mark is the same as, else its first. */
  static int base(String letter) {
    return composed(letter).codePointAt(0);
  }

  /** The variation selector at its end, or 0. */
  static int selector(String letter) {
    var last = letter.codePointBefore(letter.length());
    return letter.codePointCount(0, letter.length()) > 1 && VariationSequences.isSelector(last)
        ? last
        : 0;
  }

  private static boolean belongs(String open, int next) {
    if (VariationSequences.isSelector(next)) {
      return isOne(open) && !VariationSequences.isSelector(open.codePointAt(0));
    }
    return Character.getType(next) == Character.NON_SPACING_MARK
        && selector(open) == 0
        && isOne(composed(open + Character.toString(next)));
  }

  /**
   * A file name from macOS holds か and its mark apart. Only a letter with a mark is composed:
   * alone, 神 (U+FA19) would become another character (LAW-24).
   */
  private static String composed(String letter) {
    return isOne(letter) || selector(letter) != 0
        ? letter
        : Normalizer.normalize(letter, Normalizer.Form.NFC);
  }

  private static boolean isOne(String text) {
    return text.codePointCount(0, text.length()) == 1;
  }
}
