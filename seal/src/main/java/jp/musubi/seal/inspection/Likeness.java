package jp.musubi.seal.inspection;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * 同じものか — whether another program's version of a PDF says and shows the same: as many pages, of the
 * same sizes, with the same characters on each, and pictures of the pages in which nothing larger
 * than a curve's edge has changed.
 */
public final class Likeness {
  /** Pages beyond this are not compared as pictures, so a longer file is not alike for us. */
  public static final int MOST_PAGES = PageComparison.MOST_PICTURES;

  /** In points: a converter writes sizes with two decimals. */
  private static final double ROUNDING = 0.5;

  private Likeness() {}

  /**
   * Compares two files; acceptable if they are alike.
   *
   * @throws IOException when one of them cannot be read
   */
  public static Inspection compare(Path before, Path after, InspectionLimits limits)
      throws IOException {
    var findings = new Findings();
    int pages;
    try (var one = open(before);
        var other = open(after)) {
      pages = one.getNumberOfPages();
      if (pages > MOST_PAGES) {
        findings.reject("PDF-P17", "compared-in-part", pages + " pages");
      } else if (pages != other.getNumberOfPages()) {
        findings.reject("PDF-P17", "page-differs", pages + " pages: " + other.getNumberOfPages());
      } else {
        sizes(one, other, findings);
      }
    }
    if (!findings.rejected()) {
      PageComparison.compare(before, after, limits, findings, PageComparison.Tolerance.CONVERTED);
    }
    return Inspection.of(pages, before.toFile().length(), findings.inOrder());
  }

  private static void sizes(PDDocument one, PDDocument other, Findings findings) {
    for (var i = 0; i < one.getNumberOfPages(); i++) {
      var before = Shown.of(one, i);
      var after = Shown.of(other, i);
      if (Math.abs(before.width() - after.width()) > ROUNDING
          || Math.abs(before.height() - after.height()) > ROUNDING) {
        findings.reject(
            "PDF-P17", "page-differs", "page %d: %s became %s".formatted(i + 1, before, after));
      }
    }
  }

  /** How large a page is to who looks at it, in points. */
  private record Shown(double width, double height) {
    static Shown of(PDDocument document, int index) {
      var page = document.getPage(index);
      var box = page.getCropBox();
      var unit = page.getUserUnit();
      return page.getRotation() % 180 == 0
          ? new Shown(box.getWidth() * unit, box.getHeight() * unit)
          : new Shown(box.getHeight() * unit, box.getWidth() * unit);
    }
  }

  private static PDDocument open(Path pdf) throws IOException {
    return Loader.loadPDF(pdf.toFile(), "", IOUtils.createTempFileOnlyStreamCache());
  }
}
