package jp.musubi.seal.appearance;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * 異体字. Which glyph a font has for a character followed by a variation selector: the cmap subtable
 * of format 14 (ISO/IEC 14496-22, 5.2.1.2), which fontbox leaves unread.
 */
final class VariationSequences {
  private static final int UNICODE = 0;
  private static final int VARIATIONS = 5;
  private static final int FORMAT = 14;

  private record Sequence(int base, int selector) {}

  private final Map<Sequence, Integer> glyphs = new HashMap<>();
  private final Set<Sequence> asTheBase = new HashSet<>();

  private VariationSequences() {}

  /** Whether the code point chooses among the shapes of the one before it. */
  static boolean isSelector(int codePoint) {
    return (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
        || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
  }

  /**
   * Reads a whole cmap table; a font without such a subtable knows no variants.
   *
   * @throws IllegalArgumentException when the table points outside of itself
   */
  static VariationSequences read(byte[] cmap) {
    var found = new VariationSequences();
    try {
      var table = ByteBuffer.wrap(cmap);
      var subtables = table.getShort(2) & 0xFFFF;
      for (var i = 0; i < subtables; i++) {
        var record = 4 + 8 * i;
        var at = table.getInt(record + 4);
        if ((table.getShort(record) & 0xFFFF) == UNICODE
            && (table.getShort(record + 2) & 0xFFFF) == VARIATIONS
            && (table.getShort(at) & 0xFFFF) == FORMAT) {
          found.subtable(table, at);
        }
      }
    } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException e) {
      throw new IllegalArgumentException("the font's table of variants leads outside of itself", e);
    }
    return found;
  }

  /** The glyph that the font has for this variant alone. */
  OptionalInt glyph(int base, int selector) {
    var glyph = glyphs.get(new Sequence(base, selector));
    return glyph == null ? OptionalInt.empty() : OptionalInt.of(glyph);
  }

  /** Whether the font says that its ordinary glyph is this variant. */
  boolean isTheBase(int base, int selector) {
    return asTheBase.contains(new Sequence(base, selector));
  }

  private void subtable(ByteBuffer table, int start) {
    var selectors = table.getInt(start + 6);
    for (var i = 0; i < selectors; i++) {
      var record = start + 10 + 11 * i;
      var selector = three(table, record);
      var ranges = table.getInt(record + 3);
      var mappings = table.getInt(record + 7);
      if (ranges != 0) {
        ranges(table, start + ranges, selector);
      }
      if (mappings != 0) {
        mappings(table, start + mappings, selector);
      }
    }
  }

  private void ranges(ByteBuffer table, int at, int selector) {
    table.position(at);
    for (var left = table.getInt(); left > 0; left--) {
      var first = three(table, table.position());
      table.position(table.position() + 3);
      var more = table.get() & 0xFF;
      for (var base = first; base <= first + more; base++) {
        asTheBase.add(new Sequence(base, selector));
      }
    }
  }

  private void mappings(ByteBuffer table, int at, int selector) {
    table.position(at);
    for (var left = table.getInt(); left > 0; left--) {
      var base = three(table, table.position());
      table.position(table.position() + 3);
      glyphs.put(new Sequence(base, selector), table.getShort() & 0xFFFF);
    }
  }

  private static int three(ByteBuffer table, int at) {
    return ((table.getShort(at) & 0xFFFF) << 8) | (table.get(at + 2) & 0xFF);
  }
}
