package jp.musubi.seal.appearance;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** An image file as somebody gave it: PNG or JPEG, not yet looked into. */
public final class ImageFile {
  static final int MOST_BYTES = 5_000_000;
  static final int MOST_PIXELS = 4_000_000;
  private static final Set<String> FORMATS = Set.of("png", "JPEG");

  private final byte[] bytes;

  private ImageFile(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Of these bytes. */
  public static ImageFile of(byte[] bytes) {
    return new ImageFile(bytes.clone());
  }

  /** What came out of it; exactly one of the two. */
  record Opened(Optional<BufferedImage> image, Optional<ImprintRefusal> refusal) {
    private static Opened refused(ImprintRefusal refusal) {
      return new Opened(Optional.empty(), Optional.of(refusal));
    }
  }

  /** Measures before it decodes; the pixels alone are kept, no comment and no second content. */
  Opened open() {
    if (bytes.length > MOST_BYTES) {
      return tooLarge();
    }
    try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      var readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Opened.refused(new ImprintRefusal.UnreadableImage());
      }
      var reader = readers.next();
      try {
        reader.setInput(in, true, true);
        if (!FORMATS.contains(reader.getFormatName())) {
          return Opened.refused(new ImprintRefusal.UnreadableImage());
        }
        if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
          return tooLarge();
        }
        return new Opened(Optional.of(reader.read(0)), Optional.empty());
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException broken) {
      // The decoders of the JDK throw whatever a broken file leads them to.
      return Opened.refused(new ImprintRefusal.UnreadableImage());
    }
  }

  private static Opened tooLarge() {
    return Opened.refused(new ImprintRefusal.ImageTooLarge(MOST_BYTES, MOST_PIXELS));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ImageFile file && Arrays.equals(bytes, file.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
