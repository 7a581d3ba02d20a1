package jp.musubi.seal;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;

/** 時刻付与済 — a document with one more seal and its timestamp (PAdES-BASELINE-T). */
public final class Timestamped implements Phase {
  static final String NAME = "timestamped";

  private final Content content;
  private final BigInteger certificateSerial;
  private final Stamp stamp;

  Timestamped(Content content, BigInteger certificateSerial, Stamp stamp) {
    this.content = content;
    this.certificateSerial = certificateSerial;
    this.stamp = stamp;
  }

  /** The sealing certificate's serial number. */
  public BigInteger certificateSerial() {
    return certificateSerial;
  }

  /** The serial number of the signature timestamp's token. */
  public BigInteger timestampSerial() {
    return stamp.serial();
  }

  /** genTime of that token: when the seal certainly existed. */
  public Instant timestampTime() {
    return stamp.time();
  }

  /**
   * Writes the document. The phase returned speaks of {@code target}.
   *
   * @throws UnsealablePdf when the file is another, or the target cannot be written; it is then not
   *     there
   */
  public Timestamped write(Path file, Path target) {
    return new Timestamped(content.write(file, target), certificateSerial, stamp);
  }

  /**
   * Lays the next party's seal out.
   *
   * @throws SealException when the file is another or not prepared, or the certificate is unfit
   */
  public ToBeSigned layOut(Path file, SealRequest request, SealEngine engine) {
    return engine.sealing().layOut(content, file, request);
  }

  /**
   * Adds certificates and revocation proofs of every signature and timestamp in the file.
   *
   * @throws SealException when nobody says so, or one is revoked
   */
  public Preserved preserve(Path file, SealEngine engine) {
    return engine.preserve(content, file, stamp.path());
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
    text.put("certificate-serial", certificateSerial.toString(16));
    stamp.put(text);
    return text.end();
  }

  static Timestamped take(PhaseText.Reader text) {
    var content = Content.take(text);
    var serial = new BigInteger(text.next("certificate-serial"), 16);
    return new Timestamped(content, serial, Stamp.take(text));
  }
}
