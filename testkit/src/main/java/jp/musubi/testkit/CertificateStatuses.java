package jp.musubi.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/** 試用失効情報 — Answers RFC 6960 requests from the ledger, rightly or with one fault. */
final class CertificateStatuses {

  private static final Duration ANSWER_LIFE = Duration.ofDays(1);
  private static final Duration LONG_AGO = Duration.ofDays(22);

  private final TestPki pki;

  CertificateStatuses(TestPki pki) {
    this.pki = pki;
  }

  byte[] answer(byte[] request, Optional<Fault.OfOcsp> fault) throws IOException {
    try {
      return respond(request, fault).getEncoded();
    } catch (OCSPException | OperatorCreationException e) {
      throw new IOException("No status could be given", e);
    }
  }

  private OCSPResp respond(byte[] bytes, Optional<Fault.OfOcsp> fault)
      throws OCSPException, OperatorCreationException {
    OCSPReq asked;
    try {
      asked = new OCSPReq(bytes);
    } catch (IOException _) {
      return unsigned(OCSPRespBuilder.MALFORMED_REQUEST);
    }
    if (fault.isPresent() && fault.get() instanceof Fault.TryLater) {
      return unsigned(OCSPRespBuilder.TRY_LATER);
    }
    var requests = asked.getRequestList();
    if (requests.length == 0) {
      return unsigned(OCSPRespBuilder.MALFORMED_REQUEST);
    }
    var authority = authorityOf(requests[0].getCertID());
    var responder = authority.flatMap(pki::responder);
    if (authority.isEmpty() || responder.isEmpty()) {
      return unsigned(OCSPRespBuilder.UNAUTHORIZED);
    }
    return sign(asked, authority.get(), responder.get(), fault);
  }

  private OCSPResp sign(
      OCSPReq asked, Authority authority, Identity responder, Optional<Fault.OfOcsp> fault)
      throws OCSPException, OperatorCreationException {
    var expired = fault.isPresent() && fault.get() instanceof Fault.Expired;
    var at = expired ? pki.clock().instant().minus(LONG_AGO) : pki.clock().instant();
    var signer = responder;
    if (fault.isPresent() && fault.get() instanceof Fault.UnauthorisedResponder) {
      signer = pki.seal();
    }
    var certificate = Authority.holder(signer.certificate());
    var builder = new BasicOCSPRespBuilder(new RespID(certificate.getSubject()));
    for (var request : asked.getRequestList()) {
      add(builder, request, authority, at, fault);
    }
    var nonce = asked.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    if (nonce != null) {
      builder.setResponseExtensions(new Extensions(nonce));
    }
    var answer =
        builder.build(
            Authority.signer(signer.key()),
            new X509CertificateHolder[] {certificate},
            Date.from(at));
    return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, answer);
  }

  private void add(
      BasicOCSPRespBuilder builder,
      Req request,
      Authority authority,
      Instant at,
      Optional<Fault.OfOcsp> fault)
      throws OCSPException, OperatorCreationException {
    var asked = request.getCertID();
    var said = asked;
    if (fault.isPresent() && fault.get() instanceof Fault.OtherCertificate) {
      said = CertificateID.deriveCertificateID(asked, asked.getSerialNumber().add(BigInteger.ONE));
    }
    builder.addResponse(
        said,
        status(asked, authority, fault),
        Date.from(at),
        Date.from(at.plus(ANSWER_LIFE)),
        (Extensions) null);
  }

  private @Nullable CertificateStatus status(
      CertificateID asked, Authority authority, Optional<Fault.OfOcsp> fault)
      throws OCSPException, OperatorCreationException {
    if (fault.isPresent() && fault.get() instanceof Fault.Unknown) {
      return new UnknownStatus();
    }
    if (fault.isPresent() && fault.get() instanceof Fault.Revoked) {
      return new RevokedStatus(Date.from(pki.clock().instant().minus(Duration.ofHours(1))), 1);
    }
    var serial = asked.getSerialNumber();
    if (!isOf(asked, authority) || !authority.ledger().knows(authority.name(), serial)) {
      return new UnknownStatus();
    }
    return authority
        .ledger()
        .revocation(authority.name(), serial)
        .<CertificateStatus>map(
            revoked -> new RevokedStatus(Date.from(revoked.at()), revoked.reason()))
        .orElse(CertificateStatus.GOOD);
  }

  private Optional<Authority> authorityOf(CertificateID id)
      throws OCSPException, OperatorCreationException {
    for (var authority : pki.authorities()) {
      if (isOf(id, authority)) {
        return Optional.of(authority);
      }
    }
    return Optional.empty();
  }

  private static boolean isOf(CertificateID id, Authority authority)
      throws OCSPException, OperatorCreationException {
    return id.matchesIssuer(
        Authority.holder(authority.identity().certificate()),
        new JcaDigestCalculatorProviderBuilder().build());
  }

  private static OCSPResp unsigned(int status) throws OCSPException {
    return new OCSPRespBuilder().build(status, null);
  }
}
