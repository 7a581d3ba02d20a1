package jp.musubi.seal;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * 検査済 — a PDF that inspection accepted and wrote anew: the bytes that become the contract.
 *
 * @param sha256 of the file
 * @param bytes of the file
 * @param pages how many it has
 */
public record Inspected(Sha256 sha256, long bytes, int pages) implements Phase {
  static final String NAME = "inspected";

  /** The file that inspection wrote. */
  public static Inspected of(Path file, int pages) {
    var content = Content.found(file, Set.of());
    return new Inspected(content.sha256(), content.bytes(), pages);
  }

  /**
   * Writes the file with a signature field for each party to {@code target}.
   *
   * @throws UnsealablePdf when the file is another, or has form fields already
   */
  public Prepared prepare(Path file, Path target, List<SignatureField> fields) {
    var found = Sha256.of(file);
    if (!found.equals(sha256)) {
      throw new UnsealablePdf(
          "the file is %s (expected: %s)".formatted(found.shortHex(), sha256.shortHex()), null);
    }
    return Preparation.prepare(file, target, fields);
  }

  @Override
  public String encode() {
    return PhaseText.write(NAME)
        .put("sha256", sha256.hex())
        .put("bytes", Long.toString(bytes))
        .put("pages", Integer.toString(pages))
        .end();
  }

  static Inspected take(PhaseText.Reader text) {
    return new Inspected(
        Sha256.parse(text.next("sha256")), text.nextLong("bytes"), text.nextInt("pages"));
  }
}
