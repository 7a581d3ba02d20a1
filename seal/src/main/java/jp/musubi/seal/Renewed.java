package jp.musubi.seal;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;

/** 更新済 — an archived document with a further document timestamp; renewing goes on for ever. */
public final class Renewed implements Phase {
  static final String NAME = "renewed";

  private final Content content;
  private final Stamp stamp;

  Renewed(Content content, Stamp stamp) {
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
  public Renewed write(Path file, Path target) {
    return new Renewed(content.write(file, target), stamp);
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

  static Renewed take(PhaseText.Reader text) {
    return new Renewed(Content.take(text), Stamp.take(text));
  }
}
