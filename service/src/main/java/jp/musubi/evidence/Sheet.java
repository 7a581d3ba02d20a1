package jp.musubi.evidence;

import java.awt.Color;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkInfo;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDPropertyList;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.jspecify.annotations.Nullable;

/**
 * A4 pages written from top to bottom, tagged for screen readers (PDF 1.7, 14.8): headings,
 * paragraphs, and labelled facts. Breaks pages by itself.
 */
final class Sheet implements AutoCloseable {
  static final Color INK = new Color(0x1A, 0x1A, 0x1C);
  static final Color QUIET = new Color(0x59, 0x59, 0x5E);
  static final Color ACCENT = new Color(0x00, 0x31, 0x6B);
  static final Color WARNING = new Color(0xB3, 0x0C, 0x0C);
  private static final Color LINE = new Color(0xC8, 0xCC, 0xD2);
  private static final Color GROUND = new Color(0xF1, 0xF4, 0xF8);

  static final float LEFT = 56;
  static final float RIGHT = PDRectangle.A4.getWidth() - 56;
  private static final float TOP = PDRectangle.A4.getHeight() - 54;
  private static final float BOTTOM = 66;
  private static final float LABEL_WIDTH = 104;

  private final PDDocument document;
  private final PdfFonts fonts;
  private final PDStructureElement root;
  private @Nullable PDPageContentStream content;
  private @Nullable PDPage page;
  private int nextMark;
  private float y;

  Sheet(PDDocument document, PdfFonts fonts) throws IOException {
    this.document = document;
    this.fonts = fonts;
    var tree = new PDStructureTreeRoot();
    document.getDocumentCatalog().setStructureTreeRoot(tree);
    var mark = new PDMarkInfo();
    mark.setMarked(true);
    document.getDocumentCatalog().setMarkInfo(mark);
    root = new PDStructureElement("Document", tree);
    tree.appendKid(root);
    turn();
  }

  /** The document's name, in the band at the top of the first page. */
  void title(String text, String aside) throws IOException {
    fill(LEFT, y - 6, 4, 30, ACCENT);
    tagged("H1", () -> draw(fonts.bold(), 24, LEFT + 16, y, ACCENT, text));
    var size = 9.5f;
    tagged(
        "P",
        () ->
            draw(
                fonts.regular(),
                size,
                RIGHT - fonts.width(fonts.regular(), size, aside),
                y,
                QUIET,
                aside));
    y -= 34;
  }

  void heading(String text) throws IOException {
    room(64);
    y -= 12;
    fill(LEFT, y - 7, RIGHT - LEFT, 21, GROUND);
    fill(LEFT, y - 7, 3, 21, ACCENT);
    tagged("H2", () -> draw(fonts.bold(), 11, LEFT + 10, y, ACCENT, text));
    y -= 26;
  }

  void subheading(String text) throws IOException {
    room(76);
    y -= 4;
    var lines = fonts.wrap(fonts.bold(), 10.5f, RIGHT - LEFT, text);
    tagged("H3", () -> lines(lines, fonts.bold(), 10.5f, LEFT, 15, INK));
    y -= 2;
  }

  void paragraph(String text, Color colour) throws IOException {
    var lines = fonts.wrap(fonts.regular(), 9.5f, RIGHT - LEFT, text);
    room(lines.size() * 15f);
    tagged("P", () -> lines(lines, fonts.regular(), 9.5f, LEFT, 15, colour));
    y -= 5;
  }

  /** A label and its value on one line of a ruled list. */
  void fact(String label, String value) throws IOException {
    var lines =
        fonts.wrap(
            fonts.regular(), 9.5f, RIGHT - LEFT - LABEL_WIDTH, value.isEmpty() ? "—" : value);
    room(lines.size() * 14f + 4);
    tagged(
        "P",
        () -> {
          draw(fonts.regular(), 9, LEFT + 2, y, QUIET, label);
          lines(lines, fonts.regular(), 9.5f, LEFT + LABEL_WIDTH, 14, INK);
        });
    y += 9;
    fill(LEFT, y, RIGHT - LEFT, 0.4f, LINE);
    y -= 13;
  }

  /** A framed sentence nobody should overlook. */
  void notice(String text) throws IOException {
    var lines = fonts.wrap(fonts.bold(), 10, RIGHT - LEFT - 24, text);
    var height = lines.size() * 15f + 12;
    room(height + 10);
    var stream = stream();
    stream.beginMarkedContent(COSName.ARTIFACT);
    stream.setStrokingColor(WARNING);
    stream.setLineWidth(1);
    stream.addRect(LEFT, y - height + 14, RIGHT - LEFT, height);
    stream.stroke();
    stream.endMarkedContent();
    y -= 4;
    tagged("P", () -> lines(lines, fonts.bold(), 10, LEFT + 12, 15, WARNING));
    y -= 14;
  }

  /** Writes a line at the foot of every page; {@code of} gets page number and page count. */
  void footers(java.util.function.BiFunction<Integer, Integer, String> of) throws IOException {
    stream().close();
    content = null;
    var count = document.getNumberOfPages();
    for (var i = 0; i < count; i++) {
      try (var foot =
          new PDPageContentStream(
              document, document.getPage(i), PDPageContentStream.AppendMode.APPEND, true, true)) {
        var text = of.apply(i + 1, count);
        foot.beginMarkedContent(COSName.ARTIFACT);
        text(foot, fonts.regular(), 8, LEFT, 36, QUIET, fonts.drawable(text));
        foot.endMarkedContent();
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (content != null) {
      content.close();
      content = null;
    }
  }

  private void room(float height) throws IOException {
    if (y - height < BOTTOM) {
      turn();
    }
  }

  private void turn() throws IOException {
    close();
    var fresh = new PDPage(PDRectangle.A4);
    fresh.getCOSObject().setItem(COSName.getPDFName("Tabs"), COSName.getPDFName("S"));
    fresh.setStructParents(document.getNumberOfPages());
    document.addPage(fresh);
    page = fresh;
    content = new PDPageContentStream(document, fresh);
    nextMark = 0;
    y = TOP;
  }

  private PDPageContentStream stream() {
    if (content == null) {
      throw new IllegalStateException("the pages are finished");
    }
    return content;
  }

  @FunctionalInterface
  private interface Drawing {
    void draw() throws IOException;
  }

  private void tagged(String type, Drawing drawing) throws IOException {
    var mark = new COSDictionary();
    mark.setInt(COSName.MCID, nextMark);
    var element = new PDStructureElement(type, root);
    element.setPage(page);
    element.getCOSObject().setInt(COSName.K, nextMark);
    root.appendKid(element);
    nextMark++;
    var stream = stream();
    stream.beginMarkedContent(COSName.getPDFName(type), PDPropertyList.create(mark));
    drawing.draw();
    stream.endMarkedContent();
  }

  private void lines(
      List<String> lines, PDFont font, float size, float x, float leading, Color colour)
      throws IOException {
    for (var line : lines) {
      text(stream(), font, size, x, y, colour, line);
      y -= leading;
    }
  }

  private void draw(PDFont font, float size, float x, float at, Color colour, String text)
      throws IOException {
    text(stream(), font, size, x, at, colour, fonts.drawable(text));
  }

  private void fill(float x, float at, float width, float height, Color colour) throws IOException {
    var stream = stream();
    stream.beginMarkedContent(COSName.ARTIFACT);
    stream.setNonStrokingColor(colour);
    stream.addRect(x, at, width, height);
    stream.fill();
    stream.endMarkedContent();
  }

  private static void text(
      PDPageContentStream stream,
      PDFont font,
      float size,
      float x,
      float at,
      Color colour,
      String text)
      throws IOException {
    stream.beginText();
    stream.setFont(font, size);
    stream.setNonStrokingColor(colour);
    stream.newLineAtOffset(x, at);
    stream.showText(text);
    stream.endText();
  }
}
