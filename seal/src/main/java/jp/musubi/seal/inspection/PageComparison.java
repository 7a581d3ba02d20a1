package jp.musubi.seal.inspection;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.PageTree;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.apache.pdfbox.text.PDFTextStripper;

/** Draws and reads a PDF before and after its rebuild, page by page (PDF-P17). */
final class PageComparison {
  private static final int WIDTH = 600;
  private static final double MOST_PIXELS = 1_000_000;

  /** Pages whose pictures are compared; of the others the text is. */
  private static final int MOST_PICTURES = 200;

  /** Of 255, in one colour: less is the rounding of a curve's edge. */
  private static final int VISIBLE = 48;

  /** Of ten thousand pixels. */
  private static final int MOST_DIFFERENT = 5;

  private final Findings findings;

  private PageComparison(Findings findings) {
    this.findings = findings;
  }

  static void compare(Path before, Path after, InspectionLimits limits, Findings findings)
      throws IOException {
    try (var source = Loader.loadPDF(before.toFile(), "", IOUtils.createTempFileOnlyStreamCache());
        var target = Loader.loadPDF(after.toFile(), "", IOUtils.createTempFileOnlyStreamCache())) {
      var pages = PageTree.of(source.getDocumentCatalog().getCOSObject(), limits.maxPages());
      Settling.settle(source, pages.pages(), new Findings());
      new PageComparison(findings).compare(source, target, pages.pages());
    }
  }

  private void compare(PDDocument source, PDDocument target, List<PageTree.Page> pages) {
    var count = target.getNumberOfPages();
    if (source.getNumberOfPages() != count) {
      findings.reject(
          "PDF-P17", "page-differs", source.getNumberOfPages() + " pages became " + count);
      return;
    }
    var drawnBefore = new Drawer(source);
    var drawnAfter = new Drawer(target);
    for (var i = 0; i < count; i++) {
      var dictionary = pages.get(i).dictionary();
      var place = new Findings.Place(OptionalInt.of(i + 1), PageRules.object(dictionary));
      try {
        text(source, target, i + 1, Cos.has(dictionary, "Annots"), place);
        if (i < MOST_PICTURES) {
          pictures(drawnBefore.draw(i), drawnAfter.draw(i), place);
        }
      } catch (TimedDrawing.Endless e) {
        findings.at(
            "PDF-P15", Action.REJECT, Inspection.ENDLESS, place, String.valueOf(e.getMessage()));
        return;
      } catch (IOException | RuntimeException e) {
        findings.at(
            "PDF-P17", Action.REJECT, "not-drawable", place, Operators.printable(e.toString()));
      }
      if (!drawnBefore.faults().isEmpty()) {
        findings.at("PDF-P17", Action.REJECT, "not-drawable", place, drawnBefore.faults());
      }
    }
    if (count > MOST_PICTURES) {
      findings.warn(
          "PDF-P17", "compared-in-part", "the pictures of " + MOST_PICTURES + " of " + count);
    }
  }

  private void pictures(BufferedImage one, BufferedImage other, Findings.Place place) {
    if (one.getWidth() != other.getWidth() || one.getHeight() != other.getHeight()) {
      findings.at("PDF-P17", Action.REJECT, "page-differs", place, "another size");
      return;
    }
    var different = 0L;
    for (var y = 0; y < one.getHeight(); y++) {
      for (var x = 0; x < one.getWidth(); x++) {
        if (differ(one.getRGB(x, y), other.getRGB(x, y))) {
          different++;
        }
      }
    }
    var pixels = (long) one.getWidth() * one.getHeight();
    if (different * 10_000 > pixels * MOST_DIFFERENT) {
      findings.at(
          "PDF-P17", Action.REJECT, "page-differs", place, different + " of " + pixels + " pixels");
    }
  }

  private static boolean differ(int one, int other) {
    return Math.abs((one >> 16 & 0xff) - (other >> 16 & 0xff)) > VISIBLE
        || Math.abs((one >> 8 & 0xff) - (other >> 8 & 0xff)) > VISIBLE
        || Math.abs((one & 0xff) - (other & 0xff)) > VISIBLE;
  }

  /** What fields and annotations said is on the page now; nothing may have gone. */
  private void text(
      PDDocument source, PDDocument target, int page, boolean annotated, Findings.Place place)
      throws IOException {
    var before = characters(source, page);
    var after = characters(target, page);
    var lost =
        before.entrySet().stream()
            .filter(entry -> after.getOrDefault(entry.getKey(), 0) < entry.getValue())
            .mapToInt(entry -> entry.getValue() - after.getOrDefault(entry.getKey(), 0))
            .sum();
    if (lost > 0 || (!annotated && !before.equals(after))) {
      findings.at("PDF-P17", Action.REJECT, "page-differs", place, "other text; lost: " + lost);
    }
  }

  private static Map<Integer, Integer> characters(PDDocument document, int page)
      throws IOException {
    var stripper = new PDFTextStripper();
    stripper.setSuppressDuplicateOverlappingText(false);
    stripper.setStartPage(page);
    stripper.setEndPage(page);
    var counts = new HashMap<Integer, Integer>();
    stripper
        .getText(document)
        .codePoints()
        .filter(c -> !Character.isWhitespace(c))
        .forEach(c -> counts.merge(c, 1, Integer::sum));
    return counts;
  }

  /** Draws pages, and remembers what could not be drawn. */
  private static final class Drawer extends PDFRenderer {
    private final PDDocument drawn;
    private volatile String faults = "";

    Drawer(PDDocument document) {
      super(document);
      this.drawn = document;
      setSubsamplingAllowed(true);
    }

    BufferedImage draw(int page) throws IOException, TimedDrawing.Endless {
      faults = "";
      var box = drawn.getPage(page).getCropBox();
      var scale =
          Math.min(
              WIDTH / Math.max(1, box.getWidth()),
              Math.sqrt(MOST_PIXELS / Math.max(1, (double) box.getWidth() * box.getHeight())));
      return TimedDrawing.within(() -> renderImage(page, (float) scale, ImageType.RGB));
    }

    String faults() {
      return faults;
    }

    @Override
    protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
      return new PageDrawer(parameters) {
        @Override
        protected void operatorException(Operator operator, List<COSBase> operands, IOException e) {
          faults = Operators.printable(operator.getName() + ": " + e);
        }
      };
    }
  }
}
