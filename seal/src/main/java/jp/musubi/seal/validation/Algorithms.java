package jp.musubi.seal.validation;

import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;

/** Reads which algorithms a signature rests on, and asks the table what they are worth. */
final class Algorithms {
  /** Digest algorithms that can be computed, by object identifier; whether they count is a date. */
  static final Map<String, String> DIGESTS =
      Map.of(
          "1.2.840.113549.2.5", "MD5",
          "1.3.14.3.2.26", "SHA-1",
          "2.16.840.1.101.3.4.2.4", "SHA-224",
          "2.16.840.1.101.3.4.2.1", "SHA-256",
          "2.16.840.1.101.3.4.2.2", "SHA-384",
          "2.16.840.1.101.3.4.2.3", "SHA-512",
          "2.16.840.1.101.3.4.2.8", "SHA3-256",
          "2.16.840.1.101.3.4.2.9", "SHA3-384",
          "2.16.840.1.101.3.4.2.10", "SHA3-512");

  private final AlgorithmSunset sunset;

  Algorithms(AlgorithmSunset sunset) {
    this.sunset = sunset;
  }

  /** A digest by object identifier. */
  AlgorithmSunset.Standing digest(String oid, Instant at) {
    return sunset.digest(DIGESTS.getOrDefault(oid, oid), at);
  }

  /** A signature by what its algorithm identifier and the key that verifies it say. */
  AlgorithmSunset.Standing signature(AlgorithmIdentifier algorithm, PublicKey key, Instant at) {
    var family = key.getAlgorithm();
    var pss = algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
    return switch (key) {
      case RSAKey rsa ->
          sunset.signature(pss ? "RSASSA-PSS" : "RSA", rsa.getModulus().bitLength(), at);
      case ECKey curve -> sunset.signature("ECDSA", curve.getParams().getOrder().bitLength(), at);
      case DSAKey dsa -> sunset.signature("DSA", dsa.getParams().getP().bitLength(), at);
      case EdECKey edwards ->
          sunset.signature("EdDSA", edwards.getParams().getName().equals("Ed448") ? 448 : 255, at);
      default -> sunset.signature(family, 0, at);
    };
  }

  /** The worst of what a certificate's issuer signed it with. */
  AlgorithmSunset.Standing certificate(X509Certificate certificate, PublicKey issuer, Instant at)
      throws CertificateEncodingException {
    var algorithm = Certificate.getInstance(certificate.getEncoded()).getSignatureAlgorithm();
    return worst(List.of(signed(algorithm, issuer, at)));
  }

  /** Signature and digest of an algorithm identifier that names both. */
  AlgorithmSunset.Standing signed(AlgorithmIdentifier algorithm, PublicKey key, Instant at) {
    var signature = signature(algorithm, key, at);
    if (key instanceof EdECKey) {
      return signature;
    }
    var digest = new DefaultDigestAlgorithmIdentifierFinder().find(algorithm);
    return worst(
        List.of(
            signature,
            digest == null
                ? AlgorithmSunset.Standing.RETIRED
                : digest(digest.getAlgorithm().getId(), at)));
  }

  static AlgorithmSunset.Standing worst(List<AlgorithmSunset.Standing> all) {
    return all.stream().max(Enum::compareTo).orElse(AlgorithmSunset.Standing.RETIRED);
  }
}
