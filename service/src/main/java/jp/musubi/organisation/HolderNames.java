package jp.musubi.organisation;

import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * 名義人の名前. Whether a document names somebody who holds the office no longer, and whether the same
 * person stands on both sides; pure, over text (LAW-24).
 */
public final class HolderNames {
  /** Forms of a character that one person's name is written in now one way, now another. */
  private static final Map<Integer, Integer> VARIANTS =
      Map.ofEntries(
          Map.entry((int) '髙', (int) '高'),
          Map.entry((int) '﨑', (int) '崎'),
          Map.entry((int) '濵', (int) '浜'),
          Map.entry((int) '濱', (int) '浜'),
          Map.entry((int) '邊', (int) '辺'),
          Map.entry((int) '邉', (int) '辺'),
          Map.entry((int) '齋', (int) '斎'),
          Map.entry((int) '齊', (int) '斉'),
          Map.entry((int) '澤', (int) '沢'),
          Map.entry((int) '櫻', (int) '桜'),
          Map.entry((int) '嶋', (int) '島'),
          Map.entry((int) '廣', (int) '広'),
          Map.entry((int) '國', (int) '国'));

  private HolderNames() {}

  /**
   * The former holders that the text names.
   *
   * @param text of the document
   * @param current who holds the office; a namesake of theirs is no former holder
   * @param former who held it before
   */
  public static List<String> formerIn(
      String text, Collection<String> current, Collection<String> former) {
    var plain = key(text);
    var now = current.stream().map(HolderNames::key).toList();
    return former.stream()
        .distinct()
        // One character is a word of its own too often to say anything.
        .filter(name -> key(name).length() > 1)
        .filter(name -> !now.contains(key(name)))
        .filter(name -> plain.contains(key(name)))
        .toList();
  }

  /** Whether two names are written for the same person: a reason to ask, not a proof. */
  public static boolean samePerson(String one, String other) {
    return !key(one).isEmpty() && key(one).equals(key(other));
  }

  /** The name without spaces, widths, variation selectors and old forms. */
  public static String key(String name) {
    var plain =
        Normalizer.normalize(name, Normalizer.Form.NFKC)
            .replaceAll("[\\s\\p{Z}\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}・,.]", "");
    var key = new StringBuilder();
    plain.codePoints().map(c -> VARIANTS.getOrDefault(c, c)).forEach(key::appendCodePoint);
    return key.toString();
  }
}
