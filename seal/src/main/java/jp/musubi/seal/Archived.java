package jp.musubi.seal;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;

/** 長期保存済 — a document whose validation data a document timestamp covers (PAdES-BASELINE-LTA). */
public final class Archived implements Phase {
  static final String NAME = "archived";

  private final Content content;
  private final Stamp stamp;

  Archived(Content content, Stamp stamp) {
    this.content = content;
    this.stamp = stamp;
  }

  /** The serial number of the newest document timestamp's token. */
  public BigInteger timestampSerial() {
    return stamp.serial();
  }

  /** genTime of that token. */
  public Instant timestampTime() {
    return stamp.time();
  }

  /**
   * Writes the document. The phase returned speaks of {@code target}.
   *
   * @throws UnsealablePdf when the file is another, or the target cannot be written
   */
  public Archived write(Path file, Path target) {
    return new Archived(content.write(file, target), stamp);
  }

  /**
   * Adds the validation data of the last document timestamp and then the next one, by the authority
   * and the digest of {@code engine}.
   *
   * @throws SealException when a part does not answer, or the file is another
   */
  public Renewed renew(Path file, SealEngine engine) {
    return engine.preserve(content, file, stamp.path()).renew(file, engine);
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
    stamp.put(text);
    return text.end();
  }

  static Archived take(PhaseText.Reader text) {
    return new Archived(Content.take(text), Stamp.take(text));
  }
}
