package jp.musubi.dss;

import eu.europa.esig.dss.enumerations.CertificationPermission;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.service.crl.OnlineCRLSource;
import eu.europa.esig.dss.service.ocsp.OnlineOCSPSource;
import eu.europa.esig.dss.service.tsp.OnlineTSPSource;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import jp.musubi.testkit.Identity;
import jp.musubi.testkit.TestPki;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/**
 * A contract as two parties seal it: fields first, P=2 on the first signature, B-LTA at the end.
 */
final class SealedPdf {

  private final TestPki pki;
  private final Clock clock;
  private final PAdESService service;

  SealedPdf(TestPki pki, Clock clock) {
    this.pki = pki;
    this.clock = clock;
    var anchors = new CommonTrustedCertificateSource();
    anchors.addCertificate(new CertificateToken(pki.root()));
    var verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(anchors);
    verifier.setOcspSource(new OnlineOCSPSource());
    verifier.setCrlSource(new OnlineCRLSource());
    service = new PAdESService(verifier);
    service.setTspSource(new OnlineTSPSource(pki.tsaUrl().toString()));
  }

  /** Signed by both parties, not yet augmented: B-T. */
  Path signed(Path file, Identity first, Identity second) throws Exception {
    var one = parameters(first);
    one.setPermission(CertificationPermission.MINIMAL_CHANGES_PERMITTED);
    one.setReason("電子契約への同意");
    var document = sign(blank(file), one, first);
    return write(sign(document, parameters(second), second), file);
  }

  /** With the revocation data of all chains and a document timestamp: B-LTA. */
  Path sealed(Path file) throws Exception {
    var parameters = parameters(pki.seal());
    parameters.setSignatureLevel(SignatureLevel.PAdES_BASELINE_LTA);
    return write(service.extendDocument(new FileDocument(file.toFile()), parameters), file);
  }

  private PAdESSignatureParameters parameters(Identity signer) {
    var parameters = new PAdESSignatureParameters();
    parameters.setSignatureLevel(SignatureLevel.PAdES_BASELINE_T);
    parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
    parameters.setSigningCertificate(new CertificateToken(signer.certificate()));
    for (X509Certificate certificate : signer.chain()) {
      parameters.getCertificateChain().add(new CertificateToken(certificate));
    }
    parameters.bLevel().setSigningDate(Date.from(clock.instant()));
    return parameters;
  }

  private DSSDocument sign(DSSDocument document, PAdESSignatureParameters with, Identity signer)
      throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer.key());
    signature.update(service.getDataToSign(document, with).getBytes());
    var value = new SignatureValue(SignatureAlgorithm.ECDSA_SHA256, signature.sign());
    return service.signDocument(document, with, value);
  }

  private static DSSDocument blank(Path file) throws IOException {
    try (var document = new PDDocument()) {
      document.addPage(new PDPage());
      document.save(file.toFile(), CompressParameters.NO_COMPRESSION);
    }
    return new InMemoryDocument(Files.readAllBytes(file));
  }

  private static Path write(DSSDocument document, Path file) throws IOException {
    try (var in = document.openStream()) {
      return Files.write(file, in.readAllBytes());
    }
  }
}
