package jp.musubi.seal;

import java.security.cert.X509Certificate;
import java.time.Instant;

/** Who says whether a certificate is revoked: OCSP responders (RFC 6960) and CRLs (RFC 5280). */
@Outside
public interface RevocationSource {

  /**
   * Proof that the certificate was not revoked.
   *
   * @param freshAfter the proof should be newer than this (SIG-9), as far as the source can give it
   * @throws CertificateRevoked when it was
   * @throws RevocationUnavailable when nobody says so reliably, within the source's deadline
   */
  Revocation revocationOf(X509Certificate certificate, X509Certificate issuer, Instant freshAfter);
}
