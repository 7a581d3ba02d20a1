package jp.musubi.bench.parts;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import jp.musubi.testkit.Identity;

/** 署名鍵 — A private key at work in memory; every use is counted and timed. */
public final class Signing {
  private final Identity identity;
  private final Meter meter;

  Signing(Identity identity, Meter meter) {
    this.identity = identity;
    this.meter = meter;
  }

  /** The key and the path of its certificate. */
  public Identity identity() {
    return identity;
  }

  /** The JCA name of its signatures, e.g. {@code SHA256withRSA}. */
  public String algorithm() {
    return identity.key() instanceof ECPrivateKey ? "SHA256withECDSA" : "SHA256withRSA";
  }

  /** Signs by the JDK's provider: one key operation. */
  public byte[] sign(byte[] toBeSigned) {
    return meter.during(() -> signed(toBeSigned));
  }

  /** Signs inside another part, which is timed as a whole. */
  byte[] signed(byte[] toBeSigned) {
    meter.countKeyOperation();
    try {
      var signature = Signature.getInstance(algorithm());
      signature.initSign(identity.key());
      signature.update(toBeSigned);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot sign with " + algorithm(), e);
    }
  }
}
