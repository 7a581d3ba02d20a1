package jp.musubi.bench.dss;

import eu.europa.esig.dss.crl.CRLBinary;
import eu.europa.esig.dss.crl.CRLUtils;
import eu.europa.esig.dss.enumerations.RevocationOrigin;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.x509.revocation.crl.CRLSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.CRLToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import jp.musubi.bench.parts.Parts;
import org.jspecify.annotations.Nullable;

/** 失効情報 (CRL) — The root's list as DSS asks for it. */
final class InProcessCrl implements CRLSource {
  private static final long serialVersionUID = 1;

  private final transient Parts parts;

  InProcessCrl(Parts parts) {
    this.parts = parts;
  }

  @Override
  public @Nullable CRLToken getRevocationToken(
      CertificateToken certificate, CertificateToken issuer) {
    if (!issuer.getCertificate().equals(parts.root())) {
      return null;
    }
    try {
      var list = CRLUtils.buildCRLValidity(new CRLBinary(parts.rootList()), issuer);
      var token = new CRLToken(certificate, list);
      token.setExternalOrigin(RevocationOrigin.EXTERNAL);
      return token;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
