package jp.musubi.seal;

import java.nio.file.Path;
import java.util.Set;

/** 準備済 — a PDF with an empty signature field for each party. From here on its bytes are settled. */
public final class Prepared implements Phase {
  static final String NAME = "prepared";

  private final Content content;

  Prepared(Content content) {
    this.content = content;
  }

  /**
   * A prepared file as it is found.
   *
   * @throws UnsealablePdf when it cannot be read
   */
  public static Prepared found(Path file) {
    return new Prepared(Content.found(file, Set.of()));
  }

  /**
   * Lays the first seal out.
   *
   * @throws SealException when the file is another or not prepared, or the certificate is unfit
   */
  public ToBeSigned layOut(Path file, SealRequest request, SealEngine engine) {
    return engine.sealing().layOut(content, file, request);
  }

  @Override
  public Sha256 sha256() {
    return content.sha256();
  }

  @Override
  public long bytes() {
    return content.bytes();
  }

  @Override
  public String encode() {
    var text = PhaseText.write(NAME);
    content.put(text);
    return text.end();
  }

  static Prepared take(PhaseText.Reader text) {
    return new Prepared(Content.take(text));
  }
}
