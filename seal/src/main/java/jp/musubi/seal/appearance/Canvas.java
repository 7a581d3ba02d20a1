package jp.musubi.seal.appearance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;

/**
 * 描く面. The operators of a page's or an appearance's content (ISO 32000-2, 8 and 9), with the
 * resources that they name. Lengths are in points, from the lower left corner.
 */
public final class Canvas {
  private static final COSName RGB = COSName.getPDFName("Rgb");
  private static final float QUALITY = 0.85f;

  private final COSDictionary resources = new COSDictionary();
  private final COSDictionary fonts = new COSDictionary();
  private final Map<EmbeddedFont, COSName> names = new HashMap<>();
  private final COSDictionary images = new COSDictionary();
  private final StringBuilder content = new StringBuilder();

  /** An empty one. */
  public Canvas() {
    var spaces = new COSDictionary();
    spaces.setItem(RGB, rgb());
    resources.setItem(COSName.COLORSPACE, spaces);
  }

  /** Fonts, images and colours that the content names. */
  public COSDictionary resources() {
    return resources;
  }

  /** Begins what a screen reader reads as {@code tag} (ISO 32000-2, 14.7.5). */
  public Canvas begin(String tag, int mark) {
    content.append("/").append(tag).append(" <</MCID ").append(mark).append(">> BDC\n");
    return this;
  }

  /** Begins what a screen reader leaves out. */
  public Canvas beginArtifact() {
    content.append("/Artifact BMC\n");
    return this;
  }

  /** Begins what is in Japanese, whatever the document's language is (ISO 32000-2, 14.9.2). */
  Canvas beginJapanese() {
    content.append("/Span <</Lang (ja-JP)>> BDC\n");
    return this;
  }

  /** Ends what was begun last. */
  public Canvas end() {
    content.append("EMC\n");
    return this;
  }

  /** Fills a rectangle. */
  public Canvas fill(Ink ink, float x, float y, float width, float height) {
    colour(ink, "cs", "sc");
    rectangle(x, y, width, height);
    content.append("f\n");
    return this;
  }

  /** Draws the edge of a rectangle, its line centred on it. */
  public Canvas frame(Ink ink, float line, float x, float y, float width, float height) {
    colour(ink, "CS", "SC");
    content.append(number(line)).append(" w ");
    rectangle(x, y, width, height);
    content.append("S\n");
    return this;
  }

  /** Writes a line of text; {@code y} is its base line. */
  public Canvas text(Lettering lettering, float size, float x, float y, Ink ink, String text) {
    var drawn = lettering.draw(text);
    if (drawn.isEmpty()) {
      return this;
    }
    colour(ink, "cs", "sc");
    content.append("BT ").append(number(x)).append(' ').append(number(y)).append(" Td\n");
    var current = -1;
    for (var letter : drawn) {
      if (letter.font() != current) {
        content.append(current < 0 ? "" : "> Tj\n");
        current = letter.font();
        content.append('/').append(name(lettering.font(current)).getName());
        content.append(' ').append(number(size)).append(" Tf <");
      }
      content.append("%04X".formatted(letter.code()));
    }
    content.append("> Tj ET\n");
    return this;
  }

  /** Draws an image into a rectangle. */
  Canvas image(COSStream image, float x, float y, float width, float height) {
    var name = COSName.getPDFName("Im" + images.size());
    images.setItem(name, image);
    resources.setItem(COSName.XOBJECT, images);
    content.append("q ").append(number(width)).append(" 0 0 ").append(number(height));
    content.append(' ').append(number(x)).append(' ').append(number(y));
    content.append(" cm /").append(name.getName()).append(" Do Q\n");
    return this;
  }

  /**
   * Draws a page's image into a rectangle, as JPEG: a scan has no other size that anybody wants.
   *
   * @throws IOException if the image cannot be written
   */
  public Canvas photograph(
      PDDocument document, BufferedImage image, float x, float y, float width, float height)
      throws IOException {
    var stream = JPEGFactory.createFromImage(document, image, QUALITY).getCOSObject();
    stream.setItem(COSName.COLORSPACE, rgb());
    return image(stream, x, y, width, height);
  }

  /** Writes the content into a stream; the resources are the caller's to hang up. */
  public void writeTo(COSStream stream) throws IOException {
    try (var out = stream.createOutputStream(COSName.FLATE_DECODE)) {
      out.write(content.toString().getBytes(US_ASCII));
    }
  }

  /** The colours of sRGB by their physics (ISO 32000-2, 8.6.5.3; IEC 61966-2-1). */
  static COSArray rgb() {
    var parameters = new COSDictionary();
    parameters.setItem(COSName.getPDFName("WhitePoint"), numbers("0.9505", "1.0", "1.089"));
    parameters.setItem(COSName.GAMMA, numbers("2.2", "2.2", "2.2"));
    parameters.setItem(
        COSName.MATRIX,
        numbers(
            "0.4124", "0.2126", "0.0193", "0.3576", "0.7152", "0.1192", "0.1805", "0.0722",
            "0.9505"));
    parameters.setDirect(true);
    var space = new COSArray();
    space.add(COSName.CALRGB);
    space.add(parameters);
    space.setDirect(true);
    return space;
  }

  static COSArray numbers(String... decimals) {
    var array = new COSArray();
    for (var decimal : decimals) {
      array.add(new COSFloat(new BigDecimal(decimal).floatValue()));
    }
    array.setDirect(true);
    return array;
  }

  private COSName name(EmbeddedFont font) {
    return names.computeIfAbsent(
        font,
        _ -> {
          var name = COSName.getPDFName("F" + names.size());
          fonts.setItem(name, font.dictionary());
          resources.setItem(COSName.FONT, fonts);
          return name;
        });
  }

  private void colour(Ink ink, String space, String colour) {
    content.append('/').append(RGB.getName()).append(' ').append(space).append(' ');
    content.append(number(ink.red() / 255f)).append(' ').append(number(ink.green() / 255f));
    content.append(' ').append(number(ink.blue() / 255f)).append(' ').append(colour).append('\n');
  }

  private void rectangle(float x, float y, float width, float height) {
    content.append(number(x)).append(' ').append(number(y)).append(' ').append(number(width));
    content.append(' ').append(number(height)).append(" re ");
  }

  /** Never in the exponential form, which PDF does not know. */
  static String number(float value) {
    return new BigDecimal(String.format(Locale.ROOT, "%.6f", value))
        .setScale(4, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
