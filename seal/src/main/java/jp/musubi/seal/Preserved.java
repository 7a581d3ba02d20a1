package jp.musubi.seal;

import java.nio.file.Path;

/** 検証情報付与済 — a document with all it takes to validate its seals (PAdES-BASELINE-LT). */
public final class Preserved implements Phase {
  static final String NAME = "preserved";

  private final Content content;

  Preserved(Content content) {
    this.content = content;
  }

  /**
   * Writes the document. The phase returned speaks of {@code target}.
   *
   * @throws UnsealablePdf when the file is another, or the target cannot be written
   */
  public Preserved write(Path file, Path target) {
    return new Preserved(content.write(file, target));
  }

  /**
   * Adds a document timestamp over it all.
   *
   * @throws SealException when the authority gives no token, or the file is another
   */
  public Archived archive(Path file, SealEngine engine) {
    var stamped = engine.stamping().stamp(content, file);
    return new Archived(stamped.content(), stamped.stamp());
  }

  /** The same step for a document that has a document timestamp already. */
  Renewed renew(Path file, SealEngine engine) {
    var stamped = engine.stamping().stamp(content, file);
    return new Renewed(stamped.content(), stamped.stamp());
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

  static Preserved take(PhaseText.Reader text) {
    return new Preserved(Content.take(text));
  }
}
