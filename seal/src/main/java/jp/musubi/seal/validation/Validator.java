package jp.musubi.seal.validation;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.pdfparser.PDFParser;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * 署名検証 — judges a sealed PDF offline, from nothing but its bytes, the trust anchors and the time
 * (ETSI EN 319 102-1; PDF-V1). Strict: what cannot be explained is invalid.
 */
public final class Validator {
  private Validator() {}

  /**
   * Validates a file. A damaged signature is a verdict and never an exception.
   *
   * @throws IOException when the file cannot be read, or is no PDF and holds no signature either
   */
  public static ValidationReport validate(Path pdf, ValidationPolicy policy) throws IOException {
    return examine(pdf, policy).report();
  }

  /**
   * Validates a file as {@link #validate} does, and says which timestamp carries it from now on.
   *
   * @throws IOException when the file cannot be read, or is no PDF and holds no signature either
   */
  public static Examined examine(Path pdf, ValidationPolicy policy) throws IOException {
    try (var arena = Arena.ofShared()) {
      return examine(Content.open(pdf, arena), policy);
    }
  }

  static ValidationReport validate(Content content, ValidationPolicy policy) throws IOException {
    return examine(content, policy).report();
  }

  private static Examined examine(Content content, ValidationPolicy policy) throws IOException {
    try (var document = parse(content, content.length())) {
      var validation = new Validation(content, document, policy);
      return new Examined(validation.run(), validation.newest());
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError broken) {
      // What a hostile file does to the parser must end as a verdict on that file.
      if (claims(content).isEmpty()) {
        throw new IOException("not a readable PDF: " + broken.getMessage(), broken);
      }
      return new Examined(
          Validation.broken(content, String.valueOf(broken.getMessage())), Optional.empty());
    }
  }

  /** The document as it stood after {@code length} bytes; nothing is repaired. */
  static PDDocument parse(Content content, int length) throws IOException {
    return new PDFParser(content.until(length), "").parse(false);
  }

  /** Where the bytes speak of a signed range, whether a reader's eye falls on it or not. */
  static List<Integer> claims(Content content) {
    return content.find("/ByteRange").stream().filter(at -> isRange(content, at)).toList();
  }

  private static boolean isRange(Content content, int at) {
    var behind = content.text(at, Math.min(content.length(), at + 64)).substring(10);
    return behind.stripLeading().startsWith("[");
  }
}
