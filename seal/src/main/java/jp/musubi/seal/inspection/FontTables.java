package jp.musubi.seal.inspection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSStream;
import org.jspecify.annotations.Nullable;

/**
 * What a font's tables spread out to in the memory of their readers (PDF-P15). A range of codes or
 * of widths is two numbers in the file, and an entry for each code between them to whoever reads
 * it: a line can ask for a billion. No font has more than 65,536 (ISO 32000-2, Annex C).
 */
final class FontTables {
  /** Of one table. Ranges may overlap, and some writers let them. */
  private static final long MOST = 1L << 18;

  /** Of all tables of a document. */
  private static final long MOST_OF_ALL = 1L << 24;

  private static final int LONGEST_MAP = 8_000_000;
  private static final Pattern RANGES =
      Pattern.compile("beginbfrange(.*?)(?:endbfrange|\\z)", Pattern.DOTALL);
  private static final Pattern TOKEN =
      Pattern.compile("%[^\\r\\n]*|<([0-9A-Fa-f\\s]*)>|(\\[[^]]*]?)");

  private final Findings findings;
  private long all;

  FontTables(Findings findings) {
    this.findings = findings;
  }

  /** A dictionary with such tables, and where it is. */
  record Font(COSDictionary dictionary, Findings.Place place) {
    /** Whether it has any. */
    static boolean is(COSDictionary dictionary) {
      return Cos.get(dictionary, "ToUnicode") instanceof COSStream
          || Cos.get(dictionary, "Encoding") instanceof COSStream
          || Cos.array(dictionary, "W") != null
          || Cos.array(dictionary, "W2") != null;
    }
  }

  /** Checks until one is too much. Streams must have been checked before: they are decoded here. */
  void check(List<Font> fonts) {
    for (var font : fonts) {
      for (var key : List.of("ToUnicode", "Encoding", "W", "W2")) {
        var entries = entries(key, Cos.get(font.dictionary(), key));
        all += entries;
        if (entries > MOST || all > MOST_OF_ALL) {
          findings.at(
              "PDF-P15",
              Action.REJECT,
              "font-table-too-large",
              font.place(),
              "/" + key + " spreads out to " + entries + " entries");
          return;
        }
      }
    }
  }

  private static long entries(String key, @Nullable COSBase table) {
    return switch (table) {
      case COSStream map -> mapped(map);
      case COSArray widths -> widths(widths, key.equals("W") ? 1 : 3);
      case null, default -> 0;
    };
  }

  /** How many codes the ranges of a CMap map. */
  private static long mapped(COSStream map) {
    String text;
    try (var in = map.createInputStream()) {
      var bytes = in.readNBytes(LONGEST_MAP + 1);
      if (bytes.length > LONGEST_MAP) {
        return bytes.length;
      }
      text = new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      // Nor will anybody else read it; that it is damaged was said by the rules about streams.
      return 0;
    }
    var codes = 0L;
    for (var section = RANGES.matcher(text); section.find(); ) {
      codes += ranges(section.group(1));
    }
    return codes;
  }

  /** First code, last code, and where they go: a code, or an array of codes one by one. */
  private static long ranges(String section) {
    var codes = 0L;
    var place = 0;
    var first = 0;
    for (var token = TOKEN.matcher(section); token.find(); ) {
      var code = token.group(1);
      if (code == null && token.group(2) == null) {
        continue;
      }
      if (code != null && place == 0) {
        first = code(code);
      } else if (code != null && place == 1) {
        codes += Math.max(0, code(code) - (long) first + 1);
      }
      place = (place + 1) % 3;
    }
    return codes;
  }

  /** As PDF readers count: four bytes, and what is longer runs over. */
  private static int code(String hex) {
    var value = 0;
    for (var i = 0; i < hex.length(); i++) {
      var digit = Character.digit(hex.charAt(i), 16);
      if (digit >= 0) {
        value = value << 4 | digit;
      }
    }
    return value;
  }

  /**
   * How many codes get a width.
   *
   * @param numbers that stand behind the first and last code of a range
   */
  private static long widths(COSArray array, int numbers) {
    var codes = 0L;
    for (var i = 0; i + 1 < array.size(); ) {
      if (!(array.getObject(i) instanceof COSNumber first)) {
        i++;
      } else if (array.getObject(i + 1) instanceof COSNumber last) {
        codes += Math.max(0, last.intValue() - (long) first.intValue() + 1);
        i += 2 + numbers;
      } else {
        i += 2;
      }
    }
    return codes;
  }
}
