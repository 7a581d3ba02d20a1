package jp.musubi.seal.validation;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.jcajce.JcaCertificateID;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/** An OCSP answer: right as it begins, then wrong in what a test changes. */
final class HandAnswer {
  private final Hand about;
  private Hand issuer = Hand.ISSUER;
  private Hand signer = Hand.RESPONDER;
  private List<Hand> carried = List.of(Hand.RESPONDER);
  private @Nullable CertificateStatus status = CertificateStatus.GOOD;
  private Instant from = Hand.NOW.minusSeconds(60);
  private @Nullable Instant until = Hand.NOW.plusSeconds(86_400);
  private Instant produced = Hand.NOW;
  private @Nullable Instant cutoff;
  private String algorithm = "SHA256withECDSA";
  private boolean byKey;

  private HandAnswer(Hand about) {
    this.about = about;
  }

  static HandAnswer about(Hand certificate) {
    return new HandAnswer(certificate);
  }

  HandAnswer issuedBy(Hand other) {
    issuer = other;
    return this;
  }

  HandAnswer signedBy(Hand other) {
    signer = other;
    carried = List.of(other);
    return this;
  }

  HandAnswer carrying(Hand... certificates) {
    carried = List.of(certificates);
    return this;
  }

  HandAnswer revoked(Instant since) {
    status = new RevokedStatus(Date.from(since), 1);
    return this;
  }

  HandAnswer unknown() {
    status = new UnknownStatus();
    return this;
  }

  HandAnswer from(Instant thisUpdate) {
    from = thisUpdate;
    return this;
  }

  HandAnswer until(@Nullable Instant nextUpdate) {
    until = nextUpdate;
    return this;
  }

  HandAnswer produced(Instant at) {
    produced = at;
    return this;
  }

  HandAnswer remembering(Instant since) {
    cutoff = since;
    return this;
  }

  HandAnswer by(String signature) {
    algorithm = signature;
    return this;
  }

  HandAnswer byKey() {
    byKey = true;
    return this;
  }

  BasicOCSPResp made() {
    try {
      var sha1 = new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
      var builder =
          byKey
              ? new JcaBasicOCSPRespBuilder(signer.certificate().getPublicKey(), sha1)
              : new JcaBasicOCSPRespBuilder(signer.certificate().getSubjectX500Principal());
      builder.addResponse(
          new JcaCertificateID(sha1, issuer.certificate(), about.certificate().getSerialNumber()),
          status,
          Date.from(from),
          until == null ? null : Date.from(until),
          extensions());
      var certificates = new ArrayList<X509CertificateHolder>();
      carried.forEach(each -> certificates.add(each.holder()));
      return builder.build(
          Hand.signer(signer.key(), algorithm),
          certificates.toArray(X509CertificateHolder[]::new),
          Date.from(produced));
    } catch (OCSPException
        | OperatorCreationException
        | IOException
        | java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] response() {
    try {
      return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, made()).getEncoded();
    } catch (OCSPException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable Extensions extensions() throws IOException {
    return cutoff == null
        ? null
        : new Extensions(
            new Extension(
                OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff,
                false,
                new DERGeneralizedTime(Date.from(cutoff)).getEncoded()));
  }
}
