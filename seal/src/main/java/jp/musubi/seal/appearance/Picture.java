package jp.musubi.seal.appearance;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Pixels as an image object (ISO 32000-2, 8.9.5), with their transparency. */
final class Picture {
  private final PDDocument document;
  private final BufferedImage image;

  Picture(PDDocument document, BufferedImage image) {
    this.document = document;
    this.image = image;
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  boolean hasSoftEdges() {
    if (!image.getColorModel().hasAlpha()) {
      return false;
    }
    for (var y = 0; y < height(); y++) {
      for (var x = 0; x < width(); x++) {
        var alpha = image.getRGB(x, y) >>> 24;
        if (alpha > 0 && alpha < 255) {
          return true;
        }
      }
    }
    return false;
  }

  /** Where half-transparent pixels are not allowed, those that are mostly there are there. */
  COSStream write(boolean softMask) throws IOException {
    var colours = new byte[3 * width() * height()];
    var alphas = new byte[width() * height()];
    for (int y = 0, at = 0; y < height(); y++) {
      for (var x = 0; x < width(); x++, at++) {
        var pixel = image.getRGB(x, y);
        colours[3 * at] = (byte) (pixel >> 16);
        colours[3 * at + 1] = (byte) (pixel >> 8);
        colours[3 * at + 2] = (byte) pixel;
        alphas[at] = (byte) (pixel >>> 24);
      }
    }
    var stream = stream(Canvas.rgb(), 8, colours);
    if (image.getColorModel().hasAlpha()) {
      if (softMask) {
        stream.setItem(COSName.SMASK, stream(COSName.DEVICEGRAY, 8, alphas));
      } else {
        stream.setItem(COSName.MASK, stencil(alphas));
      }
    }
    return stream;
  }

  private COSStream stencil(byte[] alphas) throws IOException {
    var row = (width() + 7) / 8;
    var bits = new byte[row * height()];
    for (var at = 0; at < alphas.length; at++) {
      if ((alphas[at] & 0xFF) < 128) {
        bits[at / width() * row + at % width() / 8] |= (byte) (0x80 >> at % width() % 8);
      }
    }
    var mask = stream(null, 1, bits);
    mask.setBoolean(COSName.IMAGE_MASK, true);
    var decode = new COSArray();
    decode.add(COSInteger.ZERO);
    decode.add(COSInteger.ONE);
    mask.setItem(COSName.DECODE, decode);
    return mask;
  }

  private COSStream stream(
      @org.jspecify.annotations.Nullable COSBase space, int bits, byte[] samples)
      throws IOException {
    var stream = document.getDocument().createCOSStream();
    stream.setItem(COSName.TYPE, COSName.XOBJECT);
    stream.setItem(COSName.SUBTYPE, COSName.IMAGE);
    stream.setInt(COSName.WIDTH, width());
    stream.setInt(COSName.HEIGHT, height());
    stream.setInt(COSName.BITS_PER_COMPONENT, bits);
    if (space != null) {
      stream.setItem(COSName.COLORSPACE, space);
    }
    try (var out = stream.createOutputStream(COSName.FLATE_DECODE)) {
      out.write(samples);
    }
    return stream;
  }
}
