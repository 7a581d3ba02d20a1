package jp.musubi.seal.renewal;

import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.musubi.seal.TimestampToken;
import jp.musubi.seal.validation.AlgorithmSunset;
import jp.musubi.seal.validation.NewestTimestamp;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;

/**
 * 最新のタイムスタンプ — the parts of a timestamp that end: its digests, its keys, its certificates.
 *
 * @param hash what was stamped
 * @param signatureDigests what its signature and those of its certificates were made over
 * @param path the authority and its issuers up to the anchor, leaf first
 */
public record TimestampLife(
    HashAlgorithm hash, List<HashAlgorithm> signatureDigests, List<X509Certificate> path) {
  public TimestampLife {
    signatureDigests = List.copyOf(signatureDigests);
    path = List.copyOf(path);
  }

  /**
   * Of a token that was just made.
   *
   * @throws IllegalArgumentException when it was signed over a digest that is not SHA-2
   */
  public static TimestampLife of(HashAlgorithm hash, TimestampToken token) {
    return of(hash, token.der(), token.path());
  }

  /**
   * Of the newest document timestamp of a file.
   *
   * @throws IllegalArgumentException when it stamps or was signed over a digest that is not SHA-2
   */
  public static TimestampLife of(NewestTimestamp newest) {
    return of(known(imprint(newest.der())), newest.der(), newest.path());
  }

  private static ASN1ObjectIdentifier imprint(byte[] token) {
    var content =
        SignedData.getInstance(ContentInfo.getInstance(token).getContent())
            .getEncapContentInfo()
            .getContent();
    return TSTInfo.getInstance(ASN1OctetString.getInstance(content).getOctets())
        .getMessageImprint()
        .getHashAlgorithm()
        .getAlgorithm();
  }

  static TimestampLife of(HashAlgorithm hash, byte[] token, List<X509Certificate> path) {
    var digests = new ArrayList<HashAlgorithm>();
    for (var each :
        SignedData.getInstance(ContentInfo.getInstance(token).getContent()).getSignerInfos()) {
      digests.add(known(SignerInfo.getInstance(each).getDigestAlgorithm().getAlgorithm()));
    }
    for (var certificate : path.subList(0, Math.max(0, path.size() - 1))) {
      digests.add(known(digestOf(certificate)));
    }
    return new TimestampLife(hash, digests, path);
  }

  private static HashAlgorithm known(ASN1ObjectIdentifier identifier) {
    return HashAlgorithm.of(identifier)
        .orElseThrow(() -> new IllegalArgumentException("a signature over digest " + identifier));
  }

  private static ASN1ObjectIdentifier digestOf(X509Certificate certificate) {
    try {
      return new DefaultDigestAlgorithmIdentifierFinder()
          .find(new JcaX509CertificateHolder(certificate).getSignatureAlgorithm())
          .getAlgorithm();
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate cannot be encoded", e);
    }
  }

  /** Every digest and key it rests on, as {@code SHA-256}, {@code RSA-2048}, {@code ECDSA-256}. */
  public Set<String> algorithms() {
    var names = new LinkedHashSet<String>();
    names.add(name(hash));
    signatureDigests.forEach(digest -> names.add(name(digest)));
    path.forEach(certificate -> names.add(name(certificate.getPublicKey())));
    return names;
  }

  private static String name(HashAlgorithm digest) {
    return digest.name().replace('_', '-');
  }

  private static String name(PublicKey key) {
    return switch (key) {
      case RSAKey rsa -> "RSA-" + rsa.getModulus().bitLength();
      case ECKey ec -> "ECDSA-" + ec.getParams().getOrder().bitLength();
      default -> key.getAlgorithm();
    };
  }

  /** When the digest of what was stamped is retired. */
  Optional<Instant> hashEnd(AlgorithmSunset algorithms) {
    return end(hash, algorithms);
  }

  /** When the first of its signatures' algorithms is retired. */
  Optional<Instant> signatureEnd(AlgorithmSunset algorithms) {
    return Stream.concat(
            signatureDigests.stream().map(digest -> end(digest, algorithms)),
            path.stream().map(certificate -> end(certificate.getPublicKey(), algorithms)))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  private static Optional<Instant> end(HashAlgorithm digest, AlgorithmSunset algorithms) {
    return algorithms.retirementOfDigest(name(digest));
  }

  private static Optional<Instant> end(PublicKey key, AlgorithmSunset algorithms) {
    return switch (key) {
      case RSAKey rsa -> algorithms.retirementOfSignature("RSA", rsa.getModulus().bitLength());
      case ECKey ec ->
          algorithms.retirementOfSignature("ECDSA", ec.getParams().getOrder().bitLength());
      default -> algorithms.retirementOfSignature(key.getAlgorithm(), 0);
    };
  }

  /** When the first certificate below the anchor expires: {@code extensionPeriodMax}. */
  public Optional<Instant> expiry() {
    return path.subList(0, Math.max(0, path.size() - 1)).stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder());
  }
}
