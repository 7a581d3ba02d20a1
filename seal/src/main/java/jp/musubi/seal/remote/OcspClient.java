package jp.musubi.seal.remote;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.CertificateRevoked;
import jp.musubi.seal.Revocation;
import jp.musubi.seal.Verifiers;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/** Asks OCSP responders (RFC 6960) and believes only answers that are bound to the question. */
final class OcspClient {
  private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
  private static final int NONCE_BYTES = 16;

  private final Egress egress;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  OcspClient(Egress egress, Clock clock) {
    this.egress = egress;
    this.clock = clock;
  }

  /**
   * A proof that the certificate is good.
   *
   * @throws CertificateRevoked when it is not
   * @throws IOException when the responder does not answer, or not to be believed
   */
  Proof ask(URI responder, X509Certificate certificate, X509Certificate issuer) throws IOException {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var askedAt = clock.instant();
    try {
      var id = id(certificate, issuer);
      var der =
          egress.post(
              responder,
              "application/ocsp-request",
              request(id, nonce),
              "application/ocsp-response");
      return check(der, id, nonce, certificate, issuer, askedAt);
    } catch (OCSPException | GeneralSecurityException | OperatorCreationException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
      // Bouncy Castle reports malformed answers so.
      throw new IOException("not an OCSP response", e);
    }
  }

  private static CertificateID id(X509Certificate certificate, X509Certificate issuer)
      throws IOException, OCSPException, GeneralSecurityException, OperatorCreationException {
    // SHA-1 names the issuer here and protects nothing; many responders know no other (RFC 5019).
    return new CertificateID(
        new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
        new X509CertificateHolder(issuer.getEncoded()),
        certificate.getSerialNumber());
  }

  private static byte[] request(CertificateID id, byte[] nonce) throws IOException, OCSPException {
    return new OCSPReqBuilder()
        .addRequest(id)
        .setRequestExtensions(
            new Extensions(
                new Extension(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                    false,
                    new DEROctetString(nonce).getEncoded())))
        .build()
        .getEncoded();
  }

  private Proof check(
      byte[] der,
      CertificateID id,
      byte[] nonce,
      X509Certificate certificate,
      X509Certificate issuer,
      Instant askedAt)
      throws IOException, OCSPException, GeneralSecurityException, OperatorCreationException {
    var response = new OCSPResp(der);
    if (response.getStatus() != OCSPResp.SUCCESSFUL
        || !(response.getResponseObject() instanceof BasicOCSPResp basic)) {
      throw new IOException("OCSP status %d (expected: 0)".formatted(response.getStatus()));
    }
    requireNonce(basic, nonce);
    var single = singleFor(id, basic);
    var signer = signer(basic, issuer);
    requireGood(single.getCertStatus(), certificate);
    return Proof.of(
        new Revocation(Revocation.Kind.OCSP, der, signer.map(List::of).orElseGet(List::of)),
        single.getThisUpdate(),
        single.getNextUpdate(),
        askedAt);
  }

  /**
   * Responders that answer from a stock leave the nonce out (RFC 6960, 4.4.1); a wrong one is a
   * replay.
   */
  private static void requireNonce(BasicOCSPResp basic, byte[] nonce) throws IOException {
    var echoed = basic.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    if (echoed != null
        && !Arrays.equals(
            echoed.getExtnValue().getOctets(), new DEROctetString(nonce).getEncoded())) {
      throw new IOException("another nonce than was sent");
    }
  }

  /** The answer for this very certificate: serial number and both issuer hashes. */
  private static SingleResp singleFor(CertificateID id, BasicOCSPResp basic) throws IOException {
    for (var single : basic.getResponses()) {
      // Field by field: responders differ in how they write the parameters of SHA-1.
      var other = single.getCertID();
      if (other.getSerialNumber().equals(id.getSerialNumber())
          && other.getHashAlgOID().equals(id.getHashAlgOID())
          && Arrays.equals(other.getIssuerNameHash(), id.getIssuerNameHash())
          && Arrays.equals(other.getIssuerKeyHash(), id.getIssuerKeyHash())) {
        return single;
      }
    }
    throw new IOException("the answer is about another certificate");
  }

  /** Who signed: empty for the issuer itself, else a responder that the issuer delegated to. */
  private Optional<X509Certificate> signer(BasicOCSPResp basic, X509Certificate issuer)
      throws IOException, OCSPException, GeneralSecurityException, OperatorCreationException {
    if (isSignedBy(issuer, basic)) {
      return Optional.empty();
    }
    for (var holder : basic.getCerts()) {
      var responder = new JcaX509CertificateConverter().getCertificate(holder);
      if (!isSignedBy(responder, basic)) {
        continue;
      }
      responder.verify(issuer.getPublicKey());
      responder.checkValidity(Date.from(clock.instant()));
      var usages = responder.getExtendedKeyUsage();
      if (!responder.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
          || usages == null
          || !usages.contains(OCSP_SIGNING)) {
        throw new IOException("the responder may not sign OCSP answers");
      }
      return Optional.of(responder);
    }
    throw new IOException("nobody known signed the answer");
  }

  private static boolean isSignedBy(X509Certificate certificate, BasicOCSPResp basic) {
    try {
      return basic.isSignatureValid(Verifiers.of(basic.getSignatureAlgorithmID(), certificate));
    } catch (OCSPException | OperatorCreationException unfit) {
      // Such as an RSA authority whose responder has an elliptic curve: it is the other's answer.
      return false;
    }
  }

  private static void requireGood(@Nullable CertificateStatus status, X509Certificate certificate)
      throws IOException {
    // Null is how Bouncy Castle says good: CertificateStatus.GOOD.
    if (status == null) {
      return;
    }
    if (status instanceof RevokedStatus revoked) {
      throw new CertificateRevoked(
          "'%s' was revoked at %s"
              .formatted(
                  certificate.getSubjectX500Principal().getName(),
                  revoked.getRevocationTime().toInstant()),
          null);
    }
    throw new IOException("the responder does not know the certificate");
  }
}
