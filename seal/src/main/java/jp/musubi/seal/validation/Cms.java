package jp.musubi.seal.validation;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;

/** One detached CMS signature (RFC 5652, ETSI EN 319 122-1) against the bytes it covers. */
record Cms(
    SignerInformation signer, X509Certificate certificate, Collection<X509Certificate> known) {
  /** Digest algorithms that may be relied on, by object identifier. */
  static final Map<String, String> DIGESTS =
      Map.of(
          "2.16.840.1.101.3.4.2.1", "SHA-256",
          "2.16.840.1.101.3.4.2.2", "SHA-384",
          "2.16.840.1.101.3.4.2.3", "SHA-512");

  /** Empty, with the reason in {@code judgement}, when the signature does not hold. */
  static Optional<Cms> verified(SignedRange range, byte[] file, Judgement judgement) {
    try {
      var data = new CMSSignedData(range.der());
      if (data.getSignerInfos().size() != 1) {
        judgement.failed(
            "signature-malformed", "FORMAT_FAILURE", data.getSignerInfos().size() + " SignerInfos");
        return Optional.empty();
      }
      if (data.getSignedContent() != null) {
        judgement.failed("signature-malformed", "FORMAT_FAILURE", "the signature is not detached");
        return Optional.empty();
      }
      var signer = data.getSignerInfos().iterator().next();
      var name = DIGESTS.get(signer.getDigestAlgOID());
      if (name == null) {
        judgement.failed(
            "weak-algorithm", "CRYPTO_CONSTRAINTS_FAILURE", "digest " + signer.getDigestAlgOID());
        return Optional.empty();
      }
      var digest = digest(name, range, file);
      if (!java.util.Arrays.equals(digest, attribute(signer))) {
        judgement.failed("content-changed", "HASH_FAILURE", "the message digest differs");
        return Optional.empty();
      }
      var known = Revocations.certificates(data.getCertificates());
      var certificate = signingCertificate(signer, known);
      if (certificate.isEmpty()) {
        judgement.failed(
            "signature-malformed", "NO_SIGNING_CERTIFICATE_FOUND", "signing-certificate-v2");
        return Optional.empty();
      }
      return checked(new Cms(signer, certificate.get(), known), judgement, name, digest, range);
    } catch (CMSException
        | GeneralSecurityException
        | OperatorCreationException
        | RuntimeException broken) {
      judgement.failed(
          "signature-malformed", "FORMAT_FAILURE", String.valueOf(broken.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<Cms> checked(
      Cms cms, Judgement judgement, String digestName, byte[] digest, SignedRange range)
      throws CMSException, OperatorCreationException, GeneralSecurityException {
    if (cms.certificate().getPublicKey() instanceof RSAKey rsa
        && rsa.getModulus().bitLength() < 2048) {
      judgement.failed("weak-algorithm", "CRYPTO_CONSTRAINTS_FAILURE", "RSA under 2,048 bits");
      return Optional.empty();
    }
    var usage = cms.certificate().getKeyUsage();
    if (usage != null && !usage[0] && !usage[1]) {
      judgement.failed("signature-malformed", "CHAIN_CONSTRAINTS_FAILURE", "key usage");
      return Optional.empty();
    }
    // Parsed again with the digest at hand, so that no library hashes the file a second time.
    var data = new CMSSignedData(Map.of(oid(digestName), digest), range.der());
    var signer = data.getSignerInfos().iterator().next();
    var verifier = new JcaSimpleSignerInfoVerifierBuilder().build(cms.certificate().getPublicKey());
    if (!signer.verify(verifier)) {
      judgement.failed("signature-broken", "SIG_CRYPTO_FAILURE", "the signature value is wrong");
      return Optional.empty();
    }
    return Optional.of(new Cms(signer, cms.certificate(), cms.known()));
  }

  private static String oid(String digestName) {
    return DIGESTS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(digestName))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private static byte[] digest(String name, SignedRange range, byte[] file)
      throws GeneralSecurityException {
    var digest = MessageDigest.getInstance(name);
    digest.update(file, 0, range.firstEnd());
    digest.update(file, range.secondStart(), range.end() - range.secondStart());
    return digest.digest();
  }

  private static byte @Nullable [] attribute(SignerInformation signer) {
    var attributes = signer.getSignedAttributes();
    var attribute = attributes == null ? null : attributes.get(CMSAttributes.messageDigest);
    return attribute == null || attribute.getAttrValues().size() != 1
        ? null
        : ASN1OctetString.getInstance(attribute.getAttrValues().getObjectAt(0)).getOctets();
  }

  private static Optional<X509Certificate> signingCertificate(
      SignerInformation signer, Collection<X509Certificate> known) throws GeneralSecurityException {
    var attribute =
        signer.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
    if (attribute == null) {
      return Optional.empty();
    }
    var id =
        SigningCertificateV2.getInstance(attribute.getAttrValues().getObjectAt(0)).getCerts()[0];
    var name = DIGESTS.get(id.getHashAlgorithm().getAlgorithm().getId());
    if (name == null) {
      return Optional.empty();
    }
    for (var certificate : known) {
      var hash = MessageDigest.getInstance(name).digest(certificate.getEncoded());
      if (java.util.Arrays.equals(hash, id.getCertHash())
          && signer.getSID().getSerialNumber() != null
          && signer.getSID().getSerialNumber().equals(certificate.getSerialNumber())) {
        return Optional.of(certificate);
      }
    }
    return Optional.empty();
  }

  /** The signature timestamp, if there is one. */
  Optional<ASN1Primitive> timestamp() {
    var attributes = signer.getUnsignedAttributes();
    var attribute =
        attributes == null
            ? null
            : attributes.get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
    return attribute == null || attribute.getAttrValues().size() != 1
        ? Optional.empty()
        : Optional.of(attribute.getAttrValues().getObjectAt(0).toASN1Primitive());
  }
}
