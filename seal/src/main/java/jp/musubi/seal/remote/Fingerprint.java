package jp.musubi.seal.remote;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import jp.musubi.seal.Sha256;

/** A certificate's name for memories: two of the same subject and serial number stay apart. */
final class Fingerprint {
  private Fingerprint() {}

  static String of(X509Certificate certificate) throws CertificateEncodingException {
    return Sha256.of(certificate.getEncoded()).hex();
  }
}
