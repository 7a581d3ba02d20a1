package jp.musubi.dss;

import eu.europa.esig.dss.enumerations.RevocationOrigin;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.model.x509.revocation.Revocation;
import eu.europa.esig.dss.model.x509.revocation.crl.CRL;
import eu.europa.esig.dss.model.x509.revocation.ocsp.OCSP;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.revocation.RevocationToken;
import eu.europa.esig.dss.spi.x509.revocation.crl.OfflineCRLSource;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.OfflineOCSPSource;
import java.nio.file.Path;
import java.util.List;

/**
 * 失効情報 — What other files say of certificates, each in its document security store (ETSI EN 319
 * 142-1, 5.4.2).
 *
 * <p>A file that has seals but is not concluded yet has none of its own. A validator with a
 * connection would ask the authorities; this one has none, and takes what they answered for a
 * concluded file of the same service.
 */
final class KnownRevocation {
  private final Lists lists = new Lists();
  private final Answers answers = new Answers();

  private KnownRevocation() {}

  /** Reads the stores of the files. */
  static KnownRevocation of(List<Path> pdfs) {
    var known = new KnownRevocation();
    for (var pdf : pdfs) {
      var validator = new PDFDocumentValidator(new FileDocument(pdf.toFile()));
      validator.setCertificateVerifier(new CommonCertificateVerifier(true));
      for (var signature : validator.getSignatures()) {
        for (var list : signature.getCompleteCRLSource().getAllRevocationBinaries()) {
          known.lists.addBinary(list, RevocationOrigin.EXTERNAL);
        }
        for (var answer : signature.getCompleteOCSPSource().getAllRevocationBinaries()) {
          known.answers.addBinary(answer, RevocationOrigin.EXTERNAL);
        }
      }
    }
    return known;
  }

  void offerTo(CommonCertificateVerifier verifier) {
    verifier.setCrlSource(lists);
    verifier.setOcspSource(answers);
  }

  private static final class Lists extends OfflineCRLSource {
    private static final long serialVersionUID = 1;

    @Override
    public List<RevocationToken<CRL>> getRevocationTokens(
        CertificateToken certificate, CertificateToken issuer) {
      return fromOutside(super.getRevocationTokens(certificate, issuer));
    }
  }

  private static final class Answers extends OfflineOCSPSource {
    private static final long serialVersionUID = 1;

    @Override
    public List<RevocationToken<OCSP>> getRevocationTokens(
        CertificateToken certificate, CertificateToken issuer) {
      return fromOutside(super.getRevocationTokens(certificate, issuer));
    }
  }

  /** What does not come out of the file that is judged must say so, or DSS refuses it. */
  private static <R extends Revocation> List<RevocationToken<R>> fromOutside(
      List<RevocationToken<R>> tokens) {
    tokens.forEach(token -> token.setExternalOrigin(RevocationOrigin.EXTERNAL));
    return tokens;
  }
}
