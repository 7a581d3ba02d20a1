package jp.musubi.index;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 語. What a contract is found by: each letter of its folded text, each two neighbours, its section,
 * and the month of 契約日. A letter is a code point, as it is for PostgreSQL.
 */
final class Terms {
  private static final YearMonth FIRST = YearMonth.of(0, 1);
  private static final YearMonth LAST = YearMonth.of(9999, 12);

  private Terms() {}

  /** All terms of a contract; {@code folded} as {@code contract.folded} has it. */
  static Set<String> of(String folded, UUID section, @Nullable LocalDate contractDate) {
    var terms = new HashSet<String>();
    letters(folded, terms, true);
    terms.add(section(section));
    if (contractDate != null) {
      terms.add(month(contractDate));
    }
    return terms;
  }

  /**
   * What every contract has in which the folded word stands: all pairs of neighbours, or its one
   * letter. Nothing of a word without letters, which stands everywhere.
   */
  static Set<String> ofWord(String folded) {
    var terms = new HashSet<String>();
    var single = folded.codePointCount(0, folded.length()) == 1;
    letters(folded, terms, single);
    return terms;
  }

  static String section(UUID section) {
    return "s:" + section;
  }

  /** Such that the order of the texts is that of the months; beyond four digits all are one. */
  static String month(LocalDate day) {
    var month = YearMonth.from(day);
    return "m:" + (month.isAfter(LAST) ? LAST : month.isBefore(FIRST) ? FIRST : month);
  }

  private static void letters(String folded, Set<String> terms, boolean single) {
    var before = -1;
    for (var i = 0; i < folded.length(); ) {
      var next = i + Character.charCount(folded.codePointAt(i));
      if (separates(folded.charAt(i))) {
        before = -1;
      } else {
        if (single) {
          terms.add(folded.substring(i, next));
        }
        if (before >= 0) {
          terms.add(folded.substring(before, next));
        }
        before = i;
      }
      i = next;
    }
  }

  /** What stands between 件名, 番号 and the parties, and never in a folded word. */
  private static boolean separates(char letter) {
    return letter == '\n' || letter == '\t' || letter == ' ';
  }
}
