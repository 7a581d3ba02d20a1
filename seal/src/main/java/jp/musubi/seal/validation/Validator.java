package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.musubi.seal.pdf.Magic;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
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
    var file = Files.readAllBytes(pdf);
    try (var document = parse(file, file.length)) {
      return new Validation(file, document, policy).run();
    } catch (IOException | RuntimeException | StackOverflowError broken) {
      if (!claimsSignature(file)) {
        throw new IOException("not a readable PDF: " + broken.getMessage(), broken);
      }
      return Validation.broken(file, String.valueOf(broken.getMessage()));
    }
  }

  /** The document as it stood after {@code length} bytes; nothing is repaired. */
  static PDDocument parse(byte[] file, int length) throws IOException {
    var bytes = length == file.length ? file : java.util.Arrays.copyOf(file, length);
    return new PDFParser(new RandomAccessReadBuffer(bytes), "").parse(false);
  }

  static boolean claimsSignature(byte[] file) {
    return count(file) > 0;
  }

  /** How often the bytes speak of a signed range. */
  static int count(byte[] file) {
    var word = "/ByteRange".getBytes(ISO_8859_1);
    var times = 0;
    for (var i = 0; i <= file.length - word.length; i++) {
      if (file[i] == '/' && Magic.startsWith(file, word, i)) {
        times++;
      }
    }
    return times;
  }
}
