package jp.musubi.seal.appearance;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TTFSubsetter;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * 書体. A TrueType font with its glyphs for characters and for their variants. Read once, it may be
 * used for any number of documents by any number of threads.
 */
public final class Typeface {
  private static final int RESTRICTED = 0x0002;

  /** What a reader of PDF needs of a font (ISO 32000-2, 9.9.1). */
  private static final List<String> TABLES =
      List.of("head", "hhea", "loca", "maxp", "cvt ", "prep", "glyf", "hmtx", "fpgm", "gasp");

  /**
   * Figures of a font, in thousandths of its size.
   *
   * @param box left, bottom, right, top of all glyphs together
   */
  record Figures(List<Integer> box, int ascent, int descent, int capHeight, float italicAngle) {}

  private final TrueTypeFont font;
  private final CmapLookup characters;
  private final VariationSequences variants;
  private final String name;

  private Typeface(TrueTypeFont font) throws IOException {
    this.font = font;
    characters = font.getUnicodeCmapLookup();
    variants = VariationSequences.read(font.getTableBytes(font.getTableMap().get("cmap")));
    name = font.getName();
    var os2 = font.getOS2Windows();
    if (os2 != null && (os2.getFsType() & 0xF) == RESTRICTED) {
      throw new IllegalArgumentException("the font %s may not be embedded".formatted(name));
    }
  }

  /**
   * Reads a font file.
   *
   * @throws IllegalArgumentException when it is no TrueType font, or may not be embedded
   */
  public static Typeface read(byte[] file) {
    try {
      return new Typeface(new TTFParser().parse(new RandomAccessReadBuffer(file)));
    } catch (IOException e) {
      throw new IllegalArgumentException("not a TrueType font", e);
    }
  }

  /**
   * Reads a font file.
   *
   * @throws IllegalArgumentException when it is no TrueType font, or may not be embedded
   * @throws IOException when the file cannot be read
   */
  public static Typeface read(Path file) throws IOException {
    return read(Files.readAllBytes(file));
  }

  String name() {
    return name;
  }

  /** The glyph for a letter as written, its variant included. */
  synchronized OptionalInt exactly(String letter) {
    var selector = Letters.selector(letter);
    if (selector == 0) {
      return base(letter);
    }
    var base = Letters.base(letter);
    var own = variants.glyph(base, selector);
    return own.isPresent() || !variants.isTheBase(base, selector) ? own : base(letter);
  }

  /** The glyph for a letter without its variation selector. */
  synchronized OptionalInt base(String letter) {
    var glyph = characters.getGlyphId(Letters.base(letter));
    return glyph == 0 ? OptionalInt.empty() : OptionalInt.of(glyph);
  }

  /** The width of a glyph in thousandths of the font's size. */
  synchronized int advance(int glyph) {
    try {
      return Math.round(font.getAdvanceWidth(glyph) * 1000f / font.getUnitsPerEm());
    } catch (IOException e) {
      throw unread(e);
    }
  }

  synchronized Figures figures() {
    try {
      var head = font.getHeader();
      var os2 = font.getOS2Windows();
      var ascent = thousandths(font.getHorizontalHeader().getAscender());
      return new Figures(
          List.of(
              thousandths(head.getXMin()),
              thousandths(head.getYMin()),
              thousandths(head.getXMax()),
              thousandths(head.getYMax())),
          ascent,
          thousandths(font.getHorizontalHeader().getDescender()),
          os2 == null || os2.getVersion() < 2 ? ascent : thousandths(os2.getCapHeight()),
          font.getPostScript() == null ? 0 : font.getPostScript().getItalicAngle());
    } catch (IOException e) {
      throw unread(e);
    }
  }

  /**
   * Writes the part of the font that a document needs, itself a TrueType font.
   *
   * @return where each glyph of the whole font stands in the part
   */
  synchronized Map<Integer, Integer> writePart(Set<Integer> glyphs, OutputStream out)
      throws IOException {
    var subset = new TTFSubsetter(font, TABLES);
    subset.addGlyphIds(glyphs);
    subset.writeToStream(out);
    var places = new HashMap<Integer, Integer>();
    subset.getGIDMap().forEach((place, glyph) -> places.put(glyph, place));
    return Map.copyOf(places);
  }

  private int thousandths(int units) throws IOException {
    return Math.round(units * 1000f / font.getUnitsPerEm());
  }

  /** All of it lies in memory. */
  private static UncheckedIOException unread(IOException e) {
    return new UncheckedIOException("a font that was read cannot be read", e);
  }
}
