package jp.musubi.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** The two embedded fonts of a document, and what fits on a line in them. */
record PdfFonts(PDFont regular, PDFont bold) {
  /** 〓 stands for a character that the fonts lack, as in Japanese print. */
  private static final String GETA = "\u3013";

  private static final String NOT_AT_LINE_START = "、。，．）」』】〕・ー々";

  static PdfFonts embedIn(PDDocument document) throws IOException {
    return new PdfFonts(
        load(document, "/fonts/NotoSansJP-Regular.ttf"),
        load(document, "/fonts/NotoSansJP-Bold.ttf"));
  }

  private static PDFont load(PDDocument document, String resource) throws IOException {
    try (var in = PdfFonts.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return PDType0Font.load(document, in, true);
    }
  }

  /**
   * The text with every character the fonts can draw, others as 〓, variation selectors left out.
   */
  String drawable(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .filter(c -> !Character.isISOControl(c) && !isVariationSelector(c))
        .mapToObj(Character::toString)
        .forEach(c -> out.append(canDraw(c) ? c : GETA));
    return out.toString();
  }

  float width(PDFont font, float size, String text) throws IOException {
    return font.getStringWidth(drawable(text)) / 1000 * size;
  }

  /** Breaks at any character, as Japanese does, but not before a closing one. */
  List<String> wrap(PDFont font, float size, float width, String text) throws IOException {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    var used = 0f;
    for (var c : drawable(text).codePoints().mapToObj(Character::toString).toList()) {
      var advance = font.getStringWidth(c) / 1000 * size;
      if (used + advance > width && !NOT_AT_LINE_START.contains(c)) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
      }
      line.append(c);
      used += advance;
    }
    lines.add(line.toString());
    return lines;
  }

  private boolean canDraw(String c) {
    try {
      return regular.encode(c).length > 0;
    } catch (IllegalArgumentException e) {
      // PDFBox's way of saying that the font has no glyph.
      return false;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean isVariationSelector(int c) {
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
  }
}
