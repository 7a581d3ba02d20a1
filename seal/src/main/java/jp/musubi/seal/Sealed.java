package jp.musubi.seal;

import java.math.BigInteger;
import java.nio.file.Path;

/**
 * 押印済 — the key has signed (PAdES-BASELINE-B). Not a document yet: without a timestamp an act is
 * not completed (SIG-9), so this phase cannot be written into a file.
 */
public final class Sealed implements Phase {
  static final String NAME = "sealed";

  private final ToBeSigned signed;
  private final byte[] signature;

  Sealed(ToBeSigned signed, byte[] signature) {
    this.signed = signed;
    this.signature = signature;
  }

  /** The signature value, which is what the timestamp will be over. */
  public byte[] signature() {
    return signature.clone();
  }

  /** The sealing certificate's serial number. */
  public BigInteger certificateSerial() {
    return signed.cms().chain().getFirst().getSerialNumber();
  }

  /**
   * Has the authority timestamp the signature.
   *
   * @throws TimestampUnavailable when it gives no token
   * @throws SignatureTooLarge when the token outgrew its room: the seal has to be laid out anew
   * @throws UnsealablePdf when the file is another
   */
  public Timestamped timestamp(Path file, SealEngine engine) {
    return engine.sealing().timestamp(this, file);
  }

  ToBeSigned signed() {
    return signed;
  }

  /** The document's, without the seal. */
  @Override
  public Sha256 sha256() {
    return signed.sha256();
  }

  /** The document's, without the seal. */
  @Override
  public long bytes() {
    return signed.bytes();
  }

  @Override
  public String encode() {
    var text = PhaseText.write(NAME);
    signed.put(text);
    return text.put("signature", signature).end();
  }

  static Sealed take(PhaseText.Reader text) {
    return new Sealed(ToBeSigned.take(text), text.nextBytes("signature"));
  }
}
