package jp.musubi.seal.renewal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import jp.musubi.seal.Revocation;
import jp.musubi.seal.RevocationSource;
import jp.musubi.seal.RevocationUnavailable;
import jp.musubi.seal.Sha256;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.OtherRevocationInfoFormat;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Certificate;
import org.jspecify.annotations.Nullable;

/**
 * タイムスタンプの検証情報 — the certificates and proofs of non-revocation that a timestamp token needs to be
 * judged offline. They stand in the token's own certificates and crls fields (RFC 5652, 5.1; RFC
 * 5940), which its signature does not cover: they can be taken out, kept once for a whole batch,
 * and be put back before the next renewal covers them (RFC 4998, 5.2).
 */
public final class ValidationData {
  private final List<ASN1Encodable> certificates;
  private final List<ASN1Encodable> revocations;

  private ValidationData(List<ASN1Encodable> certificates, List<ASN1Encodable> revocations) {
    this.certificates = List.copyOf(certificates);
    this.revocations = List.copyOf(revocations);
  }

  /**
   * Asks about every certificate of a path, the responders' included.
   *
   * @param path the authority's certificate and its issuers up to an anchor, leaf first
   * @param after the proofs should be newer than this
   * @throws jp.musubi.seal.SealException when one is revoked, or nobody says reliably that it is
   *     not
   */
  public static ValidationData gather(
      List<X509Certificate> path, Instant after, RevocationSource revocations) {
    var known = new LinkedHashSet<>(path);
    var kept = new LinkedHashSet<X509Certificate>();
    var proofs = new LinkedHashMap<Sha256, Revocation>();
    var waiting = new ArrayDeque<>(List.of(path.getFirst()));
    while (!waiting.isEmpty()) {
      var certificate = waiting.removeFirst();
      if (isRoot(certificate) || !kept.add(certificate)) {
        continue;
      }
      var issuer = issuerOf(certificate, known);
      waiting.add(issuer);
      if (certificate.getExtensionValue(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck.getId())
          == null) {
        var proof = revocations.revocationOf(certificate, issuer, after);
        proofs.put(Sha256.of(proof.der()), proof);
        known.addAll(proof.signers());
        waiting.addAll(proof.signers());
      }
    }
    return of(kept, proofs.values());
  }

  /** From what is at hand. */
  public static ValidationData of(
      Collection<X509Certificate> certificates, Collection<Revocation> proofs) {
    try {
      var holders = new ArrayList<ASN1Encodable>();
      for (var certificate : certificates) {
        holders.add(Certificate.getInstance(certificate.getEncoded()));
      }
      var revocations = new ArrayList<ASN1Encodable>();
      for (var proof : proofs) {
        var der = ASN1Primitive.fromByteArray(proof.der());
        revocations.add(
            switch (proof.kind()) {
              case CRL -> der;
              case OCSP ->
                  new DERTaggedObject(
                      false,
                      1,
                      new OtherRevocationInfoFormat(CMSObjectIdentifiers.id_ri_ocsp_response, der));
            });
      }
      return new ValidationData(holders, revocations);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("a checked certificate or proof cannot be read", e);
    }
  }

  /** What a token carries in itself. */
  static ValidationData in(byte[] token) {
    var data = signedData(token);
    return new ValidationData(members(data.getCertificates()), members(data.getCRLs()));
  }

  /** Reads what {@link #der} wrote. */
  public static ValidationData parse(byte[] der) throws MalformedEvidence {
    try {
      Der.requireCanonical(der, ContentInfo.getInstance(der).getEncoded(ASN1Encoding.DER));
      return in(der);
    } catch (IOException | RuntimeException unreadable) {
      throw new MalformedEvidence(unreadable.getMessage(), unreadable);
    }
  }

  /** A CMS file without content or signer, such as {@code openssl pkcs7} shows: {@code .p7c}. */
  public byte[] der() {
    return encoded(
        new ContentInfo(
            CMSObjectIdentifiers.signedData,
            new SignedData(
                new DERSet(),
                new ContentInfo(CMSObjectIdentifiers.data, null),
                set(certificates),
                set(revocations),
                new DERSet())));
  }

  /** Both together. */
  public ValidationData and(ValidationData other) {
    return new ValidationData(
        union(certificates, other.certificates), union(revocations, other.revocations));
  }

  /** A token with this in place of what it carried. */
  byte[] in(ContentInfo token) {
    var data = SignedData.getInstance(token.getContent());
    return encoded(
        new ContentInfo(
            token.getContentType(),
            new SignedData(
                data.getDigestAlgorithms(),
                data.getEncapContentInfo(),
                set(certificates),
                set(revocations),
                data.getSignerInfos())));
  }

  /** A token with this added to what it carries. */
  byte[] addedTo(byte[] token) {
    return in(token).and(this).in(ContentInfo.getInstance(token));
  }

  /** A token without certificates and proofs. */
  static byte[] strippedFrom(byte[] token) {
    return new ValidationData(List.of(), List.of()).in(ContentInfo.getInstance(token));
  }

  private static SignedData signedData(byte[] contentInfo) {
    return SignedData.getInstance(ContentInfo.getInstance(contentInfo).getContent());
  }

  private static List<ASN1Encodable> members(@Nullable ASN1Set set) {
    return set == null ? List.of() : Arrays.asList(set.toArray());
  }

  private static List<ASN1Encodable> union(List<ASN1Encodable> a, List<ASN1Encodable> b) {
    var union = new LinkedHashMap<Sha256, ASN1Encodable>();
    for (var list : List.of(a, b)) {
      for (var each : list) {
        union.putIfAbsent(Sha256.of(encoded(each)), each);
      }
    }
    return List.copyOf(union.values());
  }

  private static @Nullable ASN1Set set(List<ASN1Encodable> members) {
    if (members.isEmpty()) {
      return null;
    }
    var vector = new ASN1EncodableVector();
    members.forEach(vector::add);
    return new DERSet(vector);
  }

  private static byte[] encoded(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("what was read cannot be written", e);
    }
  }

  private static X509Certificate issuerOf(
      X509Certificate certificate, Collection<X509Certificate> known) {
    return known.stream()
        .filter(other -> isSignedBy(certificate, other))
        .findFirst()
        .orElseThrow(() ->
            new RevocationUnavailable(
                "the issuer of '%s' is unknown".formatted(certificate.getSubjectX500Principal()),
                null));
  }

  private static boolean isRoot(X509Certificate certificate) {
    return isSignedBy(certificate, certificate);
  }

  private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
    if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      // Another authority of the same name: not the issuer.
      return false;
    }
  }
}
