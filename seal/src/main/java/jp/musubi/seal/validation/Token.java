package jp.musubi.seal.validation;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import jp.musubi.seal.Verifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * A timestamp token that holds in itself (RFC 3161, 5816): imprint, purpose, signer, signature.
 *
 * @param imprint object identifier of the digest that the token stamps
 */
record Token(
    Instant time,
    String tsa,
    X509Certificate certificate,
    Collection<X509Certificate> known,
    String imprint,
    SignerInformation signer) {
  private static final String CRITICAL_PURPOSE = "2.5.29.37";

  /** What the token stamps, hashed the way the token says. */
  interface Stamped {
    byte[] digest(String algorithm) throws GeneralSecurityException;
  }

  /** Empty, with the reason in {@code judgement}, when the token does not hold. */
  static Optional<Token> verified(byte[] der, Stamped stamped, Judgement judgement) {
    try {
      var token = new TimeStampToken(ContentInfo.getInstance(der));
      var info = token.getTimeStampInfo();
      var name = Algorithms.DIGESTS.get(info.getMessageImprintAlgOID().getId());
      if (name == null) {
        judgement.failed(
            "weak-algorithm",
            "CRYPTO_CONSTRAINTS_FAILURE",
            "imprint " + info.getMessageImprintAlgOID());
        return Optional.empty();
      }
      if (!Arrays.equals(stamped.digest(name), info.getMessageImprintDigest())) {
        judgement.failed("content-changed", "HASH_FAILURE", "the timestamp's imprint differs");
        return Optional.empty();
      }
      if (token.toCMSSignedData().getSignerInfos().size() != 1) {
        judgement.failed("timestamp-broken", "FORMAT_FAILURE", "a timestamp of several signers");
        return Optional.empty();
      }
      var holders =
          token.getCertificates().getMatches(null).stream().filter(token.getSID()::match).toList();
      if (holders.size() != 1) {
        judgement.failed(
            "timestamp-broken", "NO_SIGNING_CERTIFICATE_FOUND", "the timestamp's certificate");
        return Optional.empty();
      }
      var holder = holders.getFirst();
      var certificates = new ArrayList<>(Revocations.certificates(token.getCertificates()));
      var certificate =
          certificates.stream().filter(c -> isOf(c, holder)).findFirst().orElseThrow();
      // Checks the signature, the ESSCertID and the certificate's validity at the time it states.
      var signer = token.toCMSSignedData().getSignerInfos().iterator().next();
      token.validate(Verifiers.of(signer, certificate));
      var purposes = certificate.getExtendedKeyUsage();
      if (purposes == null
          || !purposes.equals(java.util.List.of(KeyPurposeId.id_kp_timeStamping.getId()))
          || !certificate.getCriticalExtensionOIDs().contains(CRITICAL_PURPOSE)) {
        judgement.failed(
            "timestamp-broken", "CHAIN_CONSTRAINTS_FAILURE", "not a certificate for timestamps");
        return Optional.empty();
      }
      return Optional.of(
          new Token(
              info.getGenTime().toInstant(),
              name(holder),
              certificate,
              certificates,
              info.getMessageImprintAlgOID().getId(),
              signer));
    } catch (GeneralSecurityException
        | IOException
        | TSPException
        | OperatorCreationException
        | RuntimeException broken) {
      judgement.failed(
          "timestamp-broken", "SIG_CRYPTO_FAILURE", String.valueOf(broken.getMessage()));
      return Optional.empty();
    }
  }

  private static boolean isOf(X509Certificate certificate, X509CertificateHolder holder) {
    try {
      return Arrays.equals(certificate.getEncoded(), holder.getEncoded());
    } catch (GeneralSecurityException | IOException unreadable) {
      return false;
    }
  }

  private static String name(X509CertificateHolder holder) {
    var names = holder.getSubject().getRDNs(BCStyle.CN);
    return names.length == 0
        ? holder.getSubject().toString()
        : IETFUtils.valueToString(names[0].getFirst().getValue());
  }

  ValidationReport.Timestamp report() {
    return new ValidationReport.Timestamp(time, tsa, certificate.getNotAfter().toInstant());
  }
}
