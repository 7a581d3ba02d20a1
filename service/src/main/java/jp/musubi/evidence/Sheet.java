package jp.musubi.evidence;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import jp.musubi.platform.web.QrCode;
import jp.musubi.seal.appearance.Canvas;
import jp.musubi.seal.appearance.Ink;
import jp.musubi.seal.appearance.Lettering;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * A4 pages written from top to bottom, tagged for screen readers (PDF 1.7, 14.8): headings,
 * paragraphs, and labelled facts. Breaks pages by itself.
 */
final class Sheet {
  static final Ink INK = Ink.of(0x1A1A1C);
  static final Ink QUIET = Ink.of(0x59595E);
  static final Ink ACCENT = Ink.of(0x00316B);
  static final Ink PAPER = Ink.of(0xFFFFFF);
  static final Ink WARNING = Ink.of(0xB30C0C);
  private static final Ink LINE = Ink.of(0xC8CCD2);
  private static final Ink GROUND = Ink.of(0xF1F4F8);

  static final float LEFT = 56;
  static final float RIGHT = PDRectangle.A4.getWidth() - 56;
  private static final float TOP = PDRectangle.A4.getHeight() - 54;
  private static final float BOTTOM = 66;
  private static final float LABEL_WIDTH = 104;
  private static final float CODE = 92;

  private final PDDocument document;
  private final PdfFonts fonts;
  private final PageStructure structure;
  private final List<Canvas> pages = new ArrayList<>();
  private float y;

  Sheet(PDDocument document, PdfFonts fonts) {
    this.document = document;
    this.fonts = fonts;
    structure = new PageStructure(document);
    turn();
  }

  /** The document's name, in the band at the top of the first page. */
  void title(String text, String aside) {
    fill(LEFT, y - 6, 4, 30, ACCENT);
    tagged("H1", () -> draw(fonts.bold(), 24, LEFT + 16, y, ACCENT, text));
    var size = 9.5f;
    tagged(
        "P",
        () ->
            draw(
                fonts.regular(),
                size,
                RIGHT - fonts.regular().width(visible(aside), size),
                y,
                QUIET,
                aside));
    y -= 34;
  }

  void heading(String text) {
    room(64);
    y -= 12;
    fill(LEFT, y - 7, RIGHT - LEFT, 21, GROUND);
    fill(LEFT, y - 7, 3, 21, ACCENT);
    tagged("H2", () -> draw(fonts.bold(), 11, LEFT + 10, y, ACCENT, text));
    y -= 26;
  }

  void subheading(String text) {
    room(76);
    y -= 4;
    var lines = wrap(fonts.bold(), 10.5f, RIGHT - LEFT, text);
    tagged("H3", () -> lines(lines, fonts.bold(), 10.5f, LEFT, 15, INK));
    y -= 2;
  }

  void paragraph(String text, Ink colour) {
    var lines = wrap(fonts.regular(), 9.5f, RIGHT - LEFT, text);
    room(lines.size() * 15f);
    tagged("P", () -> lines(lines, fonts.regular(), 9.5f, LEFT, 15, colour));
    y -= 5;
  }

  /** A label and its value on one line of a ruled list. */
  void fact(String label, String value) {
    var lines =
        wrap(fonts.regular(), 9.5f, RIGHT - LEFT - LABEL_WIDTH, value.isEmpty() ? "—" : value);
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

  /** A table, with a bar to each row where it has one; what a bar says stands in the row. */
  void table(Report.Table table) {
    new SheetTable(this, table).write();
  }

  /** The structure, for what has parts. */
  PageStructure structure() {
    return structure;
  }

  PdfFonts fonts() {
    return fonts;
  }

  /** Goes on further down; gives where. */
  float feed(float height) {
    y -= height;
    return y;
  }

  /** Whether so much fits on the page still; else goes to the next. */
  boolean turnsFor(float height) {
    var page = pages.size();
    room(height);
    return pages.size() > page;
  }

  /** A code for a camera; what it says stands beside it in letters, so that it is not read out. */
  void code(QrCode code) {
    room(CODE + 12);
    var module = CODE / code.side();
    var canvas = canvas().beginArtifact();
    for (var bar : code.bars()) {
      canvas.fill(
          INK, LEFT + bar.x() * module, y - (bar.y() + 1) * module, bar.length() * module, module);
    }
    canvas.end();
    y -= CODE + 12;
  }

  /** A framed sentence nobody should overlook. */
  void notice(String text) {
    var lines = wrap(fonts.bold(), 10, RIGHT - LEFT - 24, text);
    var height = lines.size() * 15f + 12;
    room(height + 10);
    canvas().beginArtifact().frame(WARNING, 1, LEFT, y - height + 14, RIGHT - LEFT, height).end();
    y -= 4;
    tagged("P", () -> lines(lines, fonts.bold(), 10, LEFT + 12, 15, WARNING));
    y -= 14;
  }

  /**
   * A page of another document as a picture, on a page of its own, as large as it fits.
   *
   * @param band what stands above it, over the whole width
   * @param said of it to those who do not see it
   */
  void picture(BufferedImage image, String band, String said) throws IOException {
    turn();
    fill(LEFT, y - 7, RIGHT - LEFT, 22, WARNING);
    tagged("H2", () -> draw(fonts.bold(), 10.5f, LEFT + 10, y, PAPER, band));
    y -= 16;
    var scale = Math.min((RIGHT - LEFT) / image.getWidth(), (y - BOTTOM) / image.getHeight());
    var width = image.getWidth() * scale;
    var height = image.getHeight() * scale;
    var x = LEFT + (RIGHT - LEFT - width) / 2;
    canvas().begin("Figure", structure.addFigure(said));
    canvas().photograph(document, image, x, y - height, width, height);
    canvas().end();
    canvas().beginArtifact().frame(LINE, 0.5f, x, y - height, width, height).end();
  }

  /** Writes a line at the foot of every page; {@code of} gets page number and page count. */
  void footers(BiFunction<Integer, Integer, String> of) {
    for (var i = 0; i < pages.size(); i++) {
      var text = visible(of.apply(i + 1, pages.size()));
      pages.get(i).beginArtifact().text(fonts.regular(), 8, LEFT, 36, QUIET, text).end();
    }
  }

  /** Writes all pages into the document, now that all letters are known. */
  void finish() throws IOException {
    for (var i = 0; i < pages.size(); i++) {
      var content = document.getDocument().createCOSStream();
      pages.get(i).writeTo(content);
      var page = document.getPage(i).getCOSObject();
      page.setItem(COSName.CONTENTS, content);
      page.setItem(COSName.RESOURCES, pages.get(i).resources());
    }
    fonts.finish();
  }

  private void room(float height) {
    if (y - height < BOTTOM) {
      turn();
    }
  }

  private void turn() {
    var page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    structure.turn(page);
    pages.add(new Canvas());
    y = TOP;
  }

  Canvas canvas() {
    return pages.getLast();
  }

  private void tagged(String type, Runnable drawing) {
    canvas().begin(type, structure.add(type));
    drawing.run();
    canvas().end();
  }

  private void lines(
      List<String> lines, Lettering letters, float size, float x, float leading, Ink ink) {
    for (var line : lines) {
      canvas().text(letters, size, x, y, ink, line);
      y -= leading;
    }
  }

  private void draw(Lettering letters, float size, float x, float at, Ink ink, String text) {
    canvas().text(letters, size, x, at, ink, visible(text));
  }

  void fill(float x, float at, float width, float height, Ink ink) {
    canvas().beginArtifact().fill(ink, x, at, width, height).end();
  }

  static List<String> wrap(Lettering letters, float size, float width, String text) {
    return letters.wrap(visible(text), size, width);
  }

  /** Control characters have no shape, and a line ends where it is full. */
  private static String visible(String text) {
    return text.replaceAll("\\p{Cc}", "");
  }
}
