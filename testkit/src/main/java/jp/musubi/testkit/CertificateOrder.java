package jp.musubi.testkit;

import java.time.Instant;

/**
 * 証明書の注文 — What a further certificate shall say.
 *
 * @param purpose what the key is for; it decides issuer, key usage and extended key usage
 * @param commonName the CN; must contain 「試用」, so that nobody takes it for a real one
 * @param key the kind of key to make
 * @param notBefore start of the validity
 * @param notAfter end of the validity
 */
public record CertificateOrder(
    Purpose purpose, String commonName, KeyKind key, Instant notBefore, Instant notAfter) {

  /** What a certificate is for. */
  public enum Purpose {
    /** Signing documents: digitalSignature and nonRepudiation, no extended key usage. */
    SEAL,
    /** Signing RFC 3161 tokens: extended key usage timeStamping alone and critical. */
    TIMESTAMP,
    /** Signing OCSP answers for seals: OCSPSigning and id-pkix-ocsp-nocheck. */
    SEAL_STATUS,
    /** Signing OCSP answers for timestamp keys: OCSPSigning and id-pkix-ocsp-nocheck. */
    TIMESTAMP_STATUS
  }

  public CertificateOrder {
    if (!commonName.contains("試用")) {
      throw new IllegalArgumentException("The name must say 試用: " + commonName);
    }
    if (!notBefore.isBefore(notAfter)) {
      throw new IllegalArgumentException("A certificate ends after it starts");
    }
  }

  /** A further signer with a P-256 key. */
  public static CertificateOrder seal(String commonName, Instant notBefore, Instant notAfter) {
    return new CertificateOrder(Purpose.SEAL, commonName, KeyKind.P_256, notBefore, notAfter);
  }

  /** The same order with another kind of key. */
  public CertificateOrder withKey(KeyKind other) {
    return new CertificateOrder(purpose, commonName, other, notBefore, notAfter);
  }
}
