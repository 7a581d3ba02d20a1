package jp.musubi.staff.sso;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.musubi.seal.Sha256;

/**
 * 提供者の署名証明書. Certificates whose keys sign a SAML provider's answers. The key is trusted because an
 * administrator entered it; issuer and end of the certificate decide nothing (SAML V2.0 Metadata
 * Interoperability Profile, 2.6.1), but its end is told of before it comes.
 */
final class SigningCertificates {
  private static final int MOST = 10;
  private static final int RSA_BITS = 2048;
  private static final int EC_BITS = 256;
  private static final Duration SOON = Duration.ofDays(30);
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

  private SigningCertificates() {}

  /** That one of them ends soon, or has ended. */
  record Ending(Instant at, boolean over) {}

  /**
   * Reads PEM, one or several; or a single one in base64 as it stands in metadata.
   *
   * @throws CertificateException if there is none, too many, or one whose key is too weak
   */
  static List<X509Certificate> read(String text) throws CertificateException {
    var blocks = PEM.matcher(text).results().map(found -> found.group(1)).toList();
    var found = new ArrayList<X509Certificate>();
    for (var block : blocks.isEmpty() ? List.of(text) : blocks) {
      var certificate = one(block);
      if (!found.contains(certificate)) {
        found.add(certificate);
      }
    }
    if (found.size() > MOST) {
      throw new CertificateException("more than %d certificates".formatted(MOST));
    }
    return List.copyOf(found);
  }

  private static X509Certificate one(String base64) throws CertificateException {
    byte[] der;
    try {
      der = Base64.getDecoder().decode(base64.replaceAll("\\s+", ""));
    } catch (IllegalArgumentException e) {
      throw new CertificateException("not base64", e);
    }
    var read = CertificateFactory.getInstance("X.509");
    if (!(read.generateCertificate(new ByteArrayInputStream(der)) instanceof X509Certificate found)
        || !isStrong(found)) {
      throw new CertificateException("no certificate of a key that is taken");
    }
    return found;
  }

  private static boolean isStrong(X509Certificate certificate) {
    return switch (certificate.getPublicKey()) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= RSA_BITS;
      case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= EC_BITS;
      default -> false;
    };
  }

  /** As they are kept and shown. */
  static String pem(List<X509Certificate> certificates) {
    return certificates.stream()
        .map(certificate ->
            "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der(certificate))
                + "\n-----END CERTIFICATE-----\n")
        .collect(Collectors.joining());
  }

  static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read is written", e);
    }
  }

  /** By which people compare certificates: SHA-256, in hexadecimal. */
  static String fingerprint(X509Certificate certificate) {
    return Sha256.of(der(certificate)).hex();
  }

  /** The first that ends within thirty days or has ended. */
  static Optional<Ending> ending(List<X509Certificate> certificates, Instant now) {
    return certificates.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .filter(end -> end.isBefore(now.plus(SOON)))
        .map(end -> new Ending(end, !end.isAfter(now)));
  }

  /** Certificates that were kept. */
  static List<X509Certificate> kept(String pem) {
    try {
      return read(new String(pem.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII));
    } catch (CertificateException e) {
      throw new IllegalStateException("certificates that were kept cannot be read", e);
    }
  }
}
