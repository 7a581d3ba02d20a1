package jp.musubi.seal.appearance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * One typeface in one document, as a composite font (ISO 32000-2, 9.7). Every letter has a code of
 * its own, even where two share a glyph; so /ToUnicode gives back what was written, letter by
 * letter, without help of /ActualText.
 */
final class EmbeddedFont {
  private static final int MOST_IN_A_BLOCK = 100;

  private record Code(int number, int glyph) {}

  private final PDDocument document;
  private final Typeface typeface;
  private final COSDictionary dictionary = new COSDictionary();
  private final Map<String, Code> codes = new LinkedHashMap<>();

  EmbeddedFont(PDDocument document, Typeface typeface) {
    this.document = document;
    this.typeface = typeface;
  }

  COSDictionary dictionary() {
    return dictionary;
  }

  /** The code that shows the letter; zero is kept for "no glyph". */
  int code(String letter, int glyph) {
    return codes.computeIfAbsent(letter, _ -> new Code(codes.size() + 1, glyph)).number();
  }

  /**
   * Writes the font, now that all letters are known.
   *
   * @param listed whether to list the codes in /CIDSet, which PDF/A-1 demands (ISO 19005-1, 6.3.5)
   *     and later parts advise against
   */
  void write(boolean listed) throws IOException {
    if (codes.isEmpty()) {
      return;
    }
    var glyphs = new TreeSet<Integer>();
    codes.values().forEach(code -> glyphs.add(code.glyph()));
    var out = new ByteArrayOutputStream();
    var places = typeface.writePart(glyphs, out);
    var part = out.toByteArray();
    var name = tag(part) + "+" + typeface.name();
    var descendants = new COSArray();
    descendants.add(descendant(descriptor(name, part, listed), name, places));
    dictionary.setItem(COSName.TYPE, COSName.FONT);
    dictionary.setItem(COSName.SUBTYPE, COSName.TYPE0);
    dictionary.setName(COSName.BASE_FONT, name);
    dictionary.setItem(COSName.ENCODING, COSName.IDENTITY_H);
    dictionary.setItem(COSName.DESCENDANT_FONTS, descendants);
    dictionary.setItem(COSName.TO_UNICODE, stream(toUnicode().getBytes(US_ASCII)));
  }

  private COSDictionary descendant(
      COSDictionary descriptor, String name, Map<Integer, Integer> places) throws IOException {
    var system = new COSDictionary();
    system.setItem(COSName.REGISTRY, new COSString("Adobe"));
    system.setItem(COSName.ORDERING, new COSString("Identity"));
    system.setInt(COSName.SUPPLEMENT, 0);
    system.setDirect(true);
    var font = new COSDictionary();
    font.setItem(COSName.TYPE, COSName.FONT);
    font.setItem(COSName.SUBTYPE, COSName.CID_FONT_TYPE2);
    font.setName(COSName.BASE_FONT, name);
    font.setItem(COSName.CIDSYSTEMINFO, system);
    font.setItem(COSName.FONT_DESC, descriptor);
    font.setInt(COSName.DW, typeface.advance(0));
    font.setItem(COSName.W, widths());
    font.setItem(COSName.CID_TO_GID_MAP, stream(map(places)));
    return font;
  }

  private COSDictionary descriptor(String name, byte[] part, boolean listed) throws IOException {
    var figures = typeface.figures();
    var box = new COSArray();
    figures.box().forEach(each -> box.add(COSInteger.get(each)));
    var file = stream(part);
    file.setInt(COSName.LENGTH1, part.length);
    var descriptor = new COSDictionary();
    descriptor.setItem(COSName.TYPE, COSName.FONT_DESC);
    descriptor.setName(COSName.FONT_NAME, name);
    // Symbolic: its codes are those of no standard set of Latin letters.
    descriptor.setInt(COSName.FLAGS, 4);
    descriptor.setItem(COSName.FONT_BBOX, box);
    descriptor.setItem(COSName.ITALIC_ANGLE, new COSFloat(figures.italicAngle()));
    descriptor.setInt(COSName.ASCENT, figures.ascent());
    descriptor.setInt(COSName.DESCENT, figures.descent());
    descriptor.setInt(COSName.CAP_HEIGHT, figures.capHeight());
    descriptor.setInt(COSName.STEM_V, 80);
    descriptor.setItem(COSName.FONT_FILE2, file);
    if (listed) {
      var bits = new byte[codes.size() / 8 + 1];
      for (var code = 0; code <= codes.size(); code++) {
        bits[code / 8] |= (byte) (0x80 >> code % 8);
      }
      descriptor.setItem(COSName.CID_SET, stream(bits));
    }
    return descriptor;
  }

  private COSArray widths() {
    var inOrder = new COSArray();
    codes.values().forEach(code -> inOrder.add(COSInteger.get(typeface.advance(code.glyph()))));
    var widths = new COSArray();
    widths.add(COSInteger.ONE);
    widths.add(inOrder);
    return widths;
  }

  private byte[] map(Map<Integer, Integer> places) {
    var map = new byte[2 * (codes.size() + 1)];
    for (var code : codes.values()) {
      var place = places.getOrDefault(code.glyph(), 0);
      map[2 * code.number()] = (byte) (place >> 8);
      map[2 * code.number() + 1] = place.byteValue();
    }
    return map;
  }

  /** ISO 32000-2, 9.10.3. */
  private String toUnicode() {
    var map =
        new StringBuilder(
            """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange
            """);
    var done = 0;
    for (var entry : codes.entrySet()) {
      if (done % MOST_IN_A_BLOCK == 0) {
        map.append(Math.min(MOST_IN_A_BLOCK, codes.size() - done)).append(" beginbfchar\n");
      }
      map.append("<%04X> <%s>\n".formatted(entry.getValue().number(), hex(entry.getKey())));
      done++;
      if (done % MOST_IN_A_BLOCK == 0 || done == codes.size()) {
        map.append("endbfchar\n");
      }
    }
    return map.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
        .toString();
  }

  private static String hex(String letter) {
    return HexFormat.of().withUpperCase().formatHex(letter.getBytes(UTF_16BE));
  }

  /** Six letters that stand for the part (ISO 32000-2, 9.9.2): the same part, the same letters. */
  private static String tag(byte[] part) {
    var sum = new CRC32();
    sum.update(part);
    var tag = new StringBuilder();
    for (var rest = sum.getValue(); tag.length() < 6; rest /= 26) {
      tag.append((char) ('A' + rest % 26));
    }
    return tag.toString();
  }

  private COSStream stream(byte[] content) throws IOException {
    var stream = document.getDocument().createCOSStream();
    try (var out = stream.createOutputStream(COSName.FLATE_DECODE)) {
      out.write(content);
    }
    return stream;
  }
}
