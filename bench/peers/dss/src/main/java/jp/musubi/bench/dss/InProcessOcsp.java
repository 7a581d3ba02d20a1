package jp.musubi.bench.dss;

import eu.europa.esig.dss.enumerations.RevocationOrigin;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.DSSRevocationUtils;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.OCSPSource;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.OCSPToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import jp.musubi.bench.parts.Statuses;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.jspecify.annotations.Nullable;

/** 失効情報 (OCSP) — The run's responders as DSS asks for them. */
final class InProcessOcsp implements OCSPSource {
  private static final long serialVersionUID = 1;

  private final transient Statuses statuses;

  InProcessOcsp(Statuses statuses) {
    this.statuses = statuses;
  }

  @Override
  public @Nullable OCSPToken getRevocationToken(
      CertificateToken certificate, CertificateToken issuer) {
    if (!statuses.knows(certificate.getCertificate())) {
      return null;
    }
    try {
      var response = new OCSPResp(statuses.answer(certificate.getCertificate()));
      var basic = (BasicOCSPResp) response.getResponseObject();
      var latest = DSSRevocationUtils.getLatestSingleResponse(basic, certificate, issuer);
      var token = new OCSPToken(basic, latest, certificate, issuer);
      token.setExternalOrigin(RevocationOrigin.EXTERNAL);
      return token;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OCSPException e) {
      throw new IllegalStateException("An answer just made cannot be read", e);
    }
  }
}
