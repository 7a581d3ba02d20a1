package jp.musubi.sealing;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import jp.musubi.custody.KeyConsent;
import jp.musubi.custody.ManagedKey;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.SealKey;
import jp.musubi.seal.Sha256;

/**
 * 二人が確かめた鍵. Signs once two operators have confirmed its certificate; until then every seal waits,
 * as in an outage, and nothing is lost.
 */
final class ConsentedSealKey implements SealKey {
  private final SealKey key;
  private final KeyConsent consent;

  ConsentedSealKey(SealKey key, KeyConsent consent) {
    this.key = key;
    this.consent = consent;
  }

  /** The key as people compare it with their papers. */
  static ManagedKey managed(SealKey key, ManagedKey.Place place) {
    var certificate = key.chain().getFirst();
    return new ManagedKey(
        ManagedKey.Kind.SEAL, fingerprint(certificate), description(certificate), place);
  }

  @Override
  public List<X509Certificate> chain() {
    return key.chain();
  }

  @Override
  public String algorithm() {
    return key.algorithm();
  }

  @Override
  public byte[] sign(byte[] toBeSigned) {
    var managed = managed(key, ManagedKey.Place.CURRENT);
    if (!consent.given(managed)) {
      throw new KeyUnavailable(
          "two operators have not confirmed the sealing certificate " + managed.fingerprint(),
          null);
    }
    return key.sign(toBeSigned);
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      return Sha256.of(certificate.getEncoded()).hex();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("the sealing certificate has no encoding", e);
    }
  }

  private static String description(X509Certificate certificate) {
    return "%s（%sまで）"
        .formatted(
            certificate.getSubjectX500Principal(),
            JapaneseDates.date(certificate.getNotAfter().toInstant()));
  }
}
