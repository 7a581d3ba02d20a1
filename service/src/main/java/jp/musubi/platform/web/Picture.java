package jp.musubi.platform.web;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * 画像. A PNG that somebody gave, drawn anew: what is kept has only points, none of the other things
 * that a PNG can hold, and no larger than it is shown. Pure.
 */
public final class Picture {
  /** Bytes of what is given. */
  public static final int MOST_BYTES = 500_000;

  /** Points of what is given, in width and height: looked at before anything is unpacked. */
  private static final int MOST_WIDTH = 4_000;

  private static final int MOST_HEIGHT = 2_000;

  /** PNG (ISO/IEC 15948) 5.2: what each begins with. */
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private static final int HEADER_END = 24;

  private final byte[] png;
  private final int width;
  private final int height;

  private Picture(byte[] png, int width, int height) {
    this.png = png;
    this.width = width;
    this.height = height;
  }

  /** The file, written by us. */
  public byte[] png() {
    return png.clone();
  }

  /** In points. */
  public int width() {
    return width;
  }

  /** In points. */
  public int height() {
    return height;
  }

  /** Why a file is none that is taken. */
  public enum Unfit {
    /** No file, or one without bytes. */
    EMPTY,
    /** More bytes than a picture needs. */
    TOO_LARGE,
    /** No PNG, or one that cannot be read. */
    NOT_PNG,
    /** More points than a picture needs, or hardly any. */
    SIZE
  }

  /** What became of a file: a picture, or the reason that there is none. */
  public record Read(Optional<Picture> picture, Optional<Unfit> unfit) {
    private static Read of(Unfit reason) {
      return new Read(Optional.empty(), Optional.of(reason));
    }
  }

  /**
   * Reads what somebody gave.
   *
   * @param mostWidth in points, of what is kept; what is larger is drawn smaller
   * @param mostHeight in points, of what is kept
   */
  public static Read of(byte[] given, int mostWidth, int mostHeight) {
    if (given.length == 0) {
      return Read.of(Unfit.EMPTY);
    }
    if (given.length > MOST_BYTES) {
      return Read.of(Unfit.TOO_LARGE);
    }
    if (given.length < HEADER_END
        || !Arrays.equals(given, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      return Read.of(Unfit.NOT_PNG);
    }
    // The first chunk is the header, with both sizes (11.2.1).
    var sizes = ByteBuffer.wrap(given, 16, 8);
    var width = sizes.getInt();
    var height = sizes.getInt();
    if (width < 8 || height < 8 || width > MOST_WIDTH || height > MOST_HEIGHT) {
      return Read.of(Unfit.SIZE);
    }
    try {
      return new Read(Optional.of(drawn(read(given), mostWidth, mostHeight)), Optional.empty());
    } catch (IOException | RuntimeException e) {
      // The reader throws whatever a broken file makes it stumble over.
      return Read.of(Unfit.NOT_PNG);
    }
  }

  private static BufferedImage read(byte[] given) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(given))) {
      // Without metadata: texts in it may be packed as bombs.
      reader.setInput(in, true, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  private static Picture drawn(BufferedImage image, int mostWidth, int mostHeight)
      throws IOException {
    var scale =
        Math.min(
            1.0,
            Math.min(
                (double) mostWidth / image.getWidth(), (double) mostHeight / image.getHeight()));
    var width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    var height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    var drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    var graphics = drawn.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    var out = new ByteArrayOutputStream();
    ImageIO.write(drawn, "png", out);
    return new Picture(out.toByteArray(), width, height);
  }
}
