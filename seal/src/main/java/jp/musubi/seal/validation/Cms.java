package jp.musubi.seal.validation;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import jp.musubi.seal.Verifiers;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;

/** One detached CMS signature (RFC 5652, ETSI EN 319 122-1) against the bytes it covers. */
record Cms(
    SignerInformation signer, X509Certificate certificate, Collection<X509Certificate> known) {

  /** Empty, with the reason in {@code judgement}, when the signature does not hold. */
  static Optional<Cms> verified(SignedRange range, Digests digests, Judgement judgement) {
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
      var name = Algorithms.DIGESTS.get(signer.getDigestAlgOID());
      if (name == null) {
        judgement.failed(
            "weak-algorithm", "CRYPTO_CONSTRAINTS_FAILURE", "digest " + signer.getDigestAlgOID());
        return Optional.empty();
      }
      var digest = digests.of(range, name);
      if (!Arrays.equals(digest, attribute(signer))) {
        judgement.failed("content-changed", "HASH_FAILURE", "the message digest differs");
        return Optional.empty();
      }
      var known = Revocations.certificates(data.getCertificates());
      var certificate = signingCertificate(signer, known, judgement);
      return certificate.isEmpty()
          ? Optional.empty()
          : checked(new Cms(signer, certificate.get(), known), judgement, digest, range);
    } catch (OperatorCreationException unknown) {
      judgement.undecided(
          "weak-algorithm", "CRYPTO_CONSTRAINTS_FAILURE", String.valueOf(unknown.getMessage()));
      return Optional.empty();
    } catch (CMSException | GeneralSecurityException | RuntimeException broken) {
      judgement.failed(
          "signature-malformed", "FORMAT_FAILURE", String.valueOf(broken.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<Cms> checked(
      Cms cms, Judgement judgement, byte[] digest, SignedRange range)
      throws CMSException, OperatorCreationException {
    var usage = cms.certificate().getKeyUsage();
    if (usage != null && !usage[0] && !usage[1]) {
      judgement.failed("signature-malformed", "CHAIN_CONSTRAINTS_FAILURE", "key usage");
      return Optional.empty();
    }
    // Parsed again with the digest at hand, so that no library hashes the file a second time.
    var data = new CMSSignedData(Map.of(cms.signer().getDigestAlgOID(), digest), range.der());
    var signer = data.getSignerInfos().iterator().next();
    var verifier = Verifiers.of(signer, cms.certificate().getPublicKey());
    if (!verifies(signer, verifier)) {
      judgement.failed("signature-broken", "SIG_CRYPTO_FAILURE", "the signature value is wrong");
      return Optional.empty();
    }
    return Optional.of(new Cms(signer, cms.certificate(), cms.known()));
  }

  /** An algorithm that this Java does not know makes a signature unknown, not wrong. */
  private static boolean verifies(SignerInformation signer, SignerInformationVerifier verifier)
      throws CMSException, OperatorCreationException {
    try {
      return signer.verify(verifier);
    } catch (CMSException e) {
      if (e.getCause() instanceof OperatorCreationException unknown) {
        throw unknown;
      }
      throw e;
    }
  }

  private static byte @Nullable [] attribute(SignerInformation signer) {
    var attributes = signer.getSignedAttributes();
    var attribute = attributes == null ? null : attributes.get(CMSAttributes.messageDigest);
    return attribute == null || attribute.getAttrValues().size() != 1
        ? null
        : ASN1OctetString.getInstance(attribute.getAttrValues().getObjectAt(0)).getOctets();
  }

  /**
   * The certificate that signing-certificate-v2 names (ETSI EN 319 122-1, 5.2.2.3). Without that
   * attribute somebody may have put another certificate of the same key in its place: the signature
   * can then be found wrong, but never right.
   */
  private static Optional<X509Certificate> signingCertificate(
      SignerInformation signer, Collection<X509Certificate> known, Judgement judgement)
      throws GeneralSecurityException {
    var bySigner = known.stream().filter(each -> identifies(signer, each)).findFirst();
    if (bySigner.isEmpty()) {
      judgement.undecided(
          "signing-certificate-unknown",
          "NO_SIGNING_CERTIFICATE_FOUND",
          "the signature does not carry its certificate");
      return bySigner;
    }
    var attribute =
        signer.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
    if (attribute == null) {
      judgement.undecided(
          "signing-certificate-unknown",
          "NO_SIGNING_CERTIFICATE_FOUND",
          "no signing-certificate-v2");
      return bySigner;
    }
    var id =
        SigningCertificateV2.getInstance(attribute.getAttrValues().getObjectAt(0)).getCerts()[0];
    var name = Algorithms.DIGESTS.get(id.getHashAlgorithm().getAlgorithm().getId());
    if (name != null) {
      for (var certificate : known) {
        var hash = MessageDigest.getInstance(name).digest(certificate.getEncoded());
        if (Arrays.equals(hash, id.getCertHash()) && identifies(signer, certificate)) {
          return Optional.of(certificate);
        }
      }
    }
    judgement.failed(
        "signature-malformed",
        "NO_SIGNING_CERTIFICATE_FOUND",
        "signing-certificate-v2 names another certificate");
    return Optional.empty();
  }

  private static boolean identifies(SignerInformation signer, X509Certificate certificate) {
    try {
      return signer.getSID().match(new X509CertificateHolder(certificate.getEncoded()));
    } catch (CertificateEncodingException | java.io.IOException unreadable) {
      return false;
    }
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
