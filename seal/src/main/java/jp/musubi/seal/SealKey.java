package jp.musubi.seal;

import java.security.cert.X509Certificate;
import java.util.List;

/** The keeper of the sealing key. The key itself never leaves it. */
@Outside
public interface SealKey {

  /** The sealing certificate and its issuers, leaf first; with or without the root. */
  @Outside.Described
  List<X509Certificate> chain();

  /**
   * The signature algorithm's name: {@code SHA256withECDSA}, {@code SHA384withECDSA}, {@code
   * SHA256withRSA}, or {@code SHA256withRSAandMGF1} for RSASSA-PSS.
   */
  @Outside.Described
  String algorithm();

  /**
   * Signs. The answer has been verified with the certificate.
   *
   * @param toBeSigned the DER of the signed attributes (RFC 5652, 5.4), some hundred bytes
   * @throws KeyUnavailable within the keeper's deadline
   */
  byte[] sign(byte[] toBeSigned);
}
