package jp.musubi.seal.validation;

import java.util.HashMap;
import java.util.Map;
import org.apache.pdfbox.cos.COSObjectKey;

/** Reads a classic cross-reference table (ISO 32000-2, 7.5.4), entries of twenty bytes each. */
final class XrefTable {
  private XrefTable() {}

  /** Object offsets by key. The only free entry that an update may repeat is the list's head. */
  static Map<COSObjectKey, Long> read(Syntax syntax) throws Syntax.Unreadable {
    var entries = new HashMap<COSObjectKey, Long>();
    syntax.expect("xref");
    syntax.expectEndOfLine();
    while (!syntax.holds("trailer")) {
      var first = syntax.number(10);
      syntax.expect(" ");
      var many = syntax.number(7);
      syntax.skipWhitespace();
      for (var i = 0; i < many; i++) {
        entry(syntax, first + i, entries);
      }
    }
    return entries;
  }

  private static void entry(Syntax syntax, long number, Map<COSObjectKey, Long> entries)
      throws Syntax.Unreadable {
    var start = syntax.position();
    var offset = syntax.number(10);
    syntax.expect(" ");
    var generation = (int) syntax.number(5);
    syntax.expect(" ");
    if (syntax.holds("f")) {
      syntax.expect("f");
      if (number != 0 || generation != 65_535) {
        throw new Syntax.Unreadable("object %d is given free".formatted(number));
      }
    } else {
      syntax.expect("n");
      if (entries.put(new COSObjectKey(number, generation), offset) != null) {
        throw new Syntax.Unreadable("object %d stands twice in the table".formatted(number));
      }
    }
    if (!syntax.holds("\r\n") && !syntax.holds(" \n") && !syntax.holds(" \r")) {
      throw new Syntax.Unreadable("an entry of the table has no proper end of line");
    }
    syntax.skipWhitespace();
    if (syntax.position() - start != 20 && !syntax.holds("trailer")) {
      throw new Syntax.Unreadable("an entry of the table is not of twenty bytes");
    }
  }
}
