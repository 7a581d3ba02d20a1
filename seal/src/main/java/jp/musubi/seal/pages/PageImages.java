package jp.musubi.seal.pages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** ページ画像 — pages as pictures, drawn from exactly the bytes that are signed. */
public final class PageImages {
  private static final int NARROWEST = 16;
  private static final int WIDEST = 4_000;
  private static final long MOST_PIXELS = 24_000_000L;

  private PageImages() {}

  /** Number of pages. */
  public static int count(Path pdf) throws IOException {
    try (var document = open(pdf)) {
      return document.getNumberOfPages();
    }
  }

  /**
   * Draws one page.
   *
   * @param page from 1
   * @param widthPx width of the picture in pixels, 16 to 4,000; a page so tall that the picture
   *     would exceed 24 million pixels is drawn narrower
   * @return the bytes of a PNG
   * @throws IndexOutOfBoundsException when there is no such page
   * @throws IOException when the file cannot be read
   */
  public static byte[] render(Path pdf, int page, int widthPx) throws IOException {
    if (widthPx < NARROWEST || widthPx > WIDEST) {
      throw new IllegalArgumentException("width " + widthPx + " px");
    }
    try (var document = open(pdf)) {
      if (page < 1 || page > document.getNumberOfPages()) {
        throw new IndexOutOfBoundsException("page " + page);
      }
      var shown = document.getPage(page - 1);
      var box = shown.getCropBox();
      var upright = shown.getRotation() % 180 == 0;
      var width = Math.max(1f, upright ? box.getWidth() : box.getHeight());
      var height = Math.max(1f, upright ? box.getHeight() : box.getWidth());
      var byWidth = (double) widthPx / width;
      var byArea = Math.sqrt(MOST_PIXELS / ((double) width * height));
      var renderer = new PDFRenderer(document);
      renderer.setSubsamplingAllowed(true);
      var image = renderer.renderImage(page - 1, (float) Math.min(byWidth, byArea), ImageType.RGB);
      var png = new ByteArrayOutputStream(1 << 16);
      ImageIO.write(image, "png", png);
      return png.toByteArray();
    }
  }

  static PDDocument open(Path pdf) throws IOException {
    return Loader.loadPDF(pdf.toFile(), "", IOUtils.createTempFileOnlyStreamCache());
  }
}
