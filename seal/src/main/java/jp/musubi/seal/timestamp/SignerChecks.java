package jp.musubi.seal.timestamp;

import static jp.musubi.seal.timestamp.TokenRefusal.AUTHORITY_NAME;
import static jp.musubi.seal.timestamp.TokenRefusal.CERTIFICATE_ID;
import static jp.musubi.seal.timestamp.TokenRefusal.CERTIFICATE_ID_ALGORITHM;
import static jp.musubi.seal.timestamp.TokenRefusal.CERTIFICATE_ID_FORM;
import static jp.musubi.seal.timestamp.TokenRefusal.CERTIFICATE_ID_ISSUER;
import static jp.musubi.seal.timestamp.TokenRefusal.CONTENT_CHANGED;
import static jp.musubi.seal.timestamp.TokenRefusal.CONTENT_TYPE_ATTRIBUTE;
import static jp.musubi.seal.timestamp.TokenRefusal.DIGEST_ATTRIBUTE;
import static jp.musubi.seal.timestamp.TokenRefusal.NO_CERTIFICATE_ID;
import static jp.musubi.seal.timestamp.TokenRefusal.NO_SIGNED_ATTRIBUTES;
import static jp.musubi.seal.timestamp.TokenRefusal.SIGNATURE;
import static jp.musubi.seal.timestamp.TokenRefusal.WEAK_ALGORITHM;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.seal.Verifiers;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertID;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificate;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuerSerial;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;

/** The token's signature, and that it binds the certificate it is verified with (RFC 5816). */
final class SignerChecks {
  private static final Map<ASN1ObjectIdentifier, String> DIGESTS =
      Map.of(
          NISTObjectIdentifiers.id_sha256, "SHA-256",
          NISTObjectIdentifiers.id_sha384, "SHA-384",
          NISTObjectIdentifiers.id_sha512, "SHA-512");

  private static final Set<ASN1ObjectIdentifier> SIGNATURES =
      Set.of(
          PKCSObjectIdentifiers.rsaEncryption,
          PKCSObjectIdentifiers.sha256WithRSAEncryption,
          PKCSObjectIdentifiers.sha384WithRSAEncryption,
          PKCSObjectIdentifiers.sha512WithRSAEncryption,
          X9ObjectIdentifiers.ecdsa_with_SHA256,
          X9ObjectIdentifiers.ecdsa_with_SHA384,
          X9ObjectIdentifiers.ecdsa_with_SHA512);

  private SignerChecks() {}

  static Optional<TokenVerdict.Refused> check(
      TSTInfo info, SignerInformation signer, AuthorityCertificates.Path path) {
    try {
      return name(info.getTsa(), path.holder())
          .or(() -> algorithms(signer))
          .or(() -> attributes(signer.getSignedAttributes(), path))
          .or(() -> signature(signer, path));
    } catch (RuntimeException e) {
      // Bouncy Castle reports malformed attributes by IllegalArgumentException and the like.
      return refused(CERTIFICATE_ID_FORM, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<TokenVerdict.Refused> name(
      @Nullable GeneralName name, X509CertificateHolder leaf) {
    if (name == null) {
      return Optional.empty();
    }
    var others = leaf.getExtension(Extension.subjectAlternativeName);
    var isSubject =
        name.getTagNo() == GeneralName.directoryName
            && X500Name.getInstance(name.getName()).equals(leaf.getSubject());
    var isOther =
        others != null
            && Arrays.asList(GeneralNames.getInstance(others.getParsedValue()).getNames())
                .contains(name);
    return isSubject || isOther
        ? Optional.empty()
        : refused(AUTHORITY_NAME, "named %s, certified %s".formatted(name, leaf.getSubject()));
  }

  private static Optional<TokenVerdict.Refused> algorithms(SignerInformation signer) {
    var digest = signer.getDigestAlgorithmID().getAlgorithm();
    if (!DIGESTS.containsKey(digest)) {
      return refused(WEAK_ALGORITHM, "digest " + digest);
    }
    var signature = signer.toASN1Structure().getDigestEncryptionAlgorithm();
    return SIGNATURES.contains(signature.getAlgorithm()) || isStrongPss(signature)
        ? Optional.empty()
        : refused(WEAK_ALGORITHM, "signature " + signature.getAlgorithm());
  }

  private static boolean isStrongPss(AlgorithmIdentifier signature) {
    return signature.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)
        && DIGESTS.containsKey(
            RSASSAPSSparams.getInstance(signature.getParameters())
                .getHashAlgorithm()
                .getAlgorithm());
  }

  private static Optional<TokenVerdict.Refused> attributes(
      @Nullable AttributeTable attributes, AuthorityCertificates.Path path) {
    if (attributes == null || attributes.size() == 0) {
      return refused(NO_SIGNED_ATTRIBUTES, "no signed attributes");
    }
    var type = single(attributes, CMSAttributes.contentType);
    if (type.isEmpty() || !type.get().equals(PKCSObjectIdentifiers.id_ct_TSTInfo)) {
      return refused(CONTENT_TYPE_ATTRIBUTE, "content type " + type);
    }
    if (single(attributes, CMSAttributes.messageDigest).isEmpty()) {
      return refused(DIGEST_ATTRIBUTE, "not one message digest");
    }
    return certificateIds(attributes, path.holder());
  }

  private static Optional<TokenVerdict.Refused> certificateIds(
      AttributeTable attributes, X509CertificateHolder leaf) {
    var first = attributes.getAll(PKCSObjectIdentifiers.id_aa_signingCertificate).size();
    var second = attributes.getAll(PKCSObjectIdentifiers.id_aa_signingCertificateV2).size();
    if (first + second == 0) {
      return refused(NO_CERTIFICATE_ID, "no signing-certificate attribute");
    }
    var v1 = single(attributes, PKCSObjectIdentifiers.id_aa_signingCertificate);
    var v2 = single(attributes, PKCSObjectIdentifiers.id_aa_signingCertificateV2);
    if ((first > 0 && v1.isEmpty()) || (second > 0 && v2.isEmpty())) {
      return refused(CERTIFICATE_ID_FORM, "several signing-certificate attributes");
    }
    return v1.flatMap(value -> id(SigningCertificate.getInstance(value).getCerts()[0], leaf))
        .or(() ->
            v2.flatMap(value -> id(SigningCertificateV2.getInstance(value).getCerts()[0], leaf)));
  }

  /**
   * RFC 3161 itself knows SHA-1 only. It merely names the certificate here, whose path is verified
   * by itself, so a second pre-image would be needed.
   */
  private static Optional<TokenVerdict.Refused> id(ESSCertID id, X509CertificateHolder leaf) {
    return id(ESSCertIDv2.from(id), "SHA-1", leaf);
  }

  private static Optional<TokenVerdict.Refused> id(ESSCertIDv2 id, X509CertificateHolder leaf) {
    var digest = DIGESTS.get(id.getHashAlgorithm().getAlgorithm());
    return digest == null
        ? refused(
            CERTIFICATE_ID_ALGORITHM,
            "certificate named by " + id.getHashAlgorithm().getAlgorithm())
        : id(id, digest, leaf);
  }

  private static Optional<TokenVerdict.Refused> id(
      ESSCertIDv2 id, String digest, X509CertificateHolder leaf) {
    if (!MessageDigest.isEqual(id.getCertHash(), hash(digest, leaf))) {
      return refused(CERTIFICATE_ID, "the signed certificate id means another certificate");
    }
    return id.getIssuerSerial() == null || isOf(id.getIssuerSerial(), leaf)
        ? Optional.empty()
        : refused(CERTIFICATE_ID_ISSUER, "the signed certificate id names another issuer");
  }

  private static boolean isOf(IssuerSerial id, X509CertificateHolder leaf) {
    var names = id.getIssuer().getNames();
    return id.getSerial().hasValue(leaf.getSerialNumber())
        && names.length == 1
        && names[0].getTagNo() == GeneralName.directoryName
        && X500Name.getInstance(names[0].getName()).equals(leaf.getIssuer());
  }

  private static byte[] hash(String digest, X509CertificateHolder leaf) {
    try {
      return MessageDigest.getInstance(digest).digest(leaf.getEncoded());
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException("a certificate that was read can be hashed", e);
    }
  }

  private static Optional<TokenVerdict.Refused> signature(
      SignerInformation signer, AuthorityCertificates.Path path) {
    try {
      return signer.verify(Verifiers.of(signer, path.leaf().getPublicKey()))
          ? Optional.empty()
          : refused(SIGNATURE, "the signature does not verify");
    } catch (CMSSignerDigestMismatchException e) {
      return refused(CONTENT_CHANGED, String.valueOf(e.getMessage()));
    } catch (CMSException | OperatorCreationException e) {
      return refused(SIGNATURE, String.valueOf(e.getMessage()));
    }
  }

  /** The value of an attribute that comes once and has one value. */
  private static Optional<ASN1Encodable> single(
      AttributeTable attributes, ASN1ObjectIdentifier id) {
    var all = attributes.getAll(id);
    if (all.size() != 1) {
      return Optional.empty();
    }
    var values = attributes.get(id).getAttrValues();
    return values.size() == 1 ? Optional.of(values.getObjectAt(0)) : Optional.empty();
  }

  private static Optional<TokenVerdict.Refused> refused(TokenRefusal reason, String detail) {
    return Optional.of(new TokenVerdict.Refused(reason, detail));
  }
}
