package jp.musubi.seal.inspection;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
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
  static final int MOST_PICTURES = 200;

  /** Of 255, in one colour: less is the rounding of a curve's edge. */
  private static final int VISIBLE = 48;

  /** Of 255: dark has become light, or the other way round. */
  private static final int STRONG = 112;

  /** Side of a tile in pixels; a letter of the body's text is smaller. */
  private static final int TILE = 32;

  /**
   * How much of a page's picture may differ.
   *
   * @param mostDifferent pixels that visibly differ, of ten thousand
   * @param mostStrong pixels of one tile that have turned from dark to light or back
   */
  record Tolerance(int mostDifferent, int mostStrong) {
    /** Written anew by ourselves. */
    static final Tolerance REBUILT = new Tolerance(5, Integer.MAX_VALUE);

    /** By another program, which places letters a hundredth of a point elsewhere. */
    static final Tolerance CONVERTED = new Tolerance(50, 3);
  }

  private final Findings findings;
  private final Tolerance tolerance;

  private PageComparison(Findings findings, Tolerance tolerance) {
    this.findings = findings;
    this.tolerance = tolerance;
  }

  static void compare(Path before, Path after, InspectionLimits limits, Findings findings)
      throws IOException {
    compare(before, after, limits, findings, Tolerance.REBUILT);
  }

  static void compare(
      Path before, Path after, InspectionLimits limits, Findings findings, Tolerance tolerance)
      throws IOException {
    try (var source = Loader.loadPDF(before.toFile(), "", IOUtils.createTempFileOnlyStreamCache());
        var target = Loader.loadPDF(after.toFile(), "", IOUtils.createTempFileOnlyStreamCache())) {
      var pages = PageTree.of(source.getDocumentCatalog().getCOSObject(), limits.maxPages());
      Settling.settle(source, pages.pages(), new Findings());
      new PageComparison(findings, tolerance).compare(source, target, pages.pages());
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
    var across = one.getWidth() / TILE + 1;
    var strong = new int[across * (one.getHeight() / TILE + 1)];
    for (var y = 0; y < one.getHeight(); y++) {
      for (var x = 0; x < one.getWidth(); x++) {
        var by = difference(one.getRGB(x, y), other.getRGB(x, y));
        if (by > VISIBLE) {
          different++;
        }
        if (by > STRONG) {
          strong[y / TILE * across + x / TILE]++;
        }
      }
    }
    var pixels = (long) one.getWidth() * one.getHeight();
    var strongest = IntStream.of(strong).max().orElse(0);
    if (different * 10_000 > pixels * tolerance.mostDifferent()
        || strongest > tolerance.mostStrong()) {
      findings.at(
          "PDF-P17",
          Action.REJECT,
          "page-differs",
          place,
          "%d of %d pixels, %d in one place".formatted(different, pixels, strongest));
    }
  }

  /** In the colour in which they differ most. */
  private static int difference(int one, int other) {
    return Math.max(
        Math.abs((one >> 16 & 0xff) - (other >> 16 & 0xff)),
        Math.max(
            Math.abs((one >> 8 & 0xff) - (other >> 8 & 0xff)),
            Math.abs((one & 0xff) - (other & 0xff))));
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
