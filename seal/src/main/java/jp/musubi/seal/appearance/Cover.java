package jp.musubi.seal.appearance;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** What already stands on a page, seen as a reader sees it: text, lines, images and notes alike. */
final class Cover {
  private static final float LONGEST_SIDE_PX = 2_400;
  private static final int NEARLY_WHITE = 0xF8;

  private final BufferedImage page;
  private final float scale;

  private Cover(BufferedImage page, float scale) {
    this.page = page;
    this.scale = scale;
  }

  static Cover of(PDDocument document, int number) throws IOException {
    var page = document.getPage(number - 1);
    var shown = Place.shown(page);
    var longest = Math.max(shown.getWidth(), shown.getHeight());
    // Two pixels a point show the thinnest line; a poster is looked at from further away.
    var perPoint = Math.min(2, LONGEST_SIDE_PX / longest);
    var renderer = new PDFRenderer(document);
    renderer.setSubsamplingAllowed(true);
    return new Cover(
        renderer.renderImage(number - 1, perPoint * page.getUserUnit(), ImageType.GRAY), perPoint);
  }

  /** How much of the place is not white, rounded up. */
  int permille(Place place) {
    var left = Math.max(0, (int) (place.left() * scale));
    var top = Math.max(0, (int) (place.top() * scale));
    var right = Math.min(page.getWidth(), (int) Math.ceil((place.left() + place.width()) * scale));
    var bottom =
        Math.min(page.getHeight(), (int) Math.ceil((place.top() + place.height()) * scale));
    var inked = 0;
    var all = 0;
    for (var y = top; y < bottom; y++) {
      for (var x = left; x < right; x++, all++) {
        if ((page.getRGB(x, y) & 0xFF) < NEARLY_WHITE) {
          inked++;
        }
      }
    }
    return all == 0 ? 0 : Math.ceilDiv(inked * 1000, all);
  }
}
