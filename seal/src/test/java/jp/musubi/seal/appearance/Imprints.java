package jp.musubi.seal.appearance;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Fonts and imprints that the tests of this package share. */
final class Imprints {
  static final Typefaces NOTO = Typefaces.of(read("NotoSansJP-Regular.ttf"));

  /** Variant, supplementary plane, and the two names that no Japanese standard of 1990 had. */
  static final String VARIANT = "\u845B\uDB40\uDD00";

  static final List<String> LINES = List.of("株式会社 見本建設", "代表取締役　髙﨑 𠮷" + VARIANT, "電子署名");

  private Imprints() {}

  static Typeface read(String file) {
    try {
      return Typeface.read(Path.of("../service/src/main/resources/fonts", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A round red seal with soft edges on nothing. */
  static ImageFile seal() {
    return seal(BufferedImage.TYPE_INT_ARGB, "png");
  }

  static ImageFile seal(int type, String format) {
    var image = new BufferedImage(240, 240, type);
    var graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(new Color(0xC0, 0x20, 0x20));
    graphics.setStroke(new BasicStroke(14));
    graphics.drawOval(12, 12, 216, 216);
    graphics.drawLine(60, 90, 180, 90);
    graphics.drawLine(120, 60, 120, 190);
    graphics.dispose();
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ImageFile.of(out.toByteArray());
  }

  static ImageFile blank(int width, int height) {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ImageFile.of(out.toByteArray());
  }
}
