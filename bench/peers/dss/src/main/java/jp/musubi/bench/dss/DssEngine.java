package jp.musubi.bench.dss;

import eu.europa.esig.dss.enumerations.CertificationPermission;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.PAdESTimestampParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Date;
import java.util.EnumSet;
import java.util.Set;
import jp.musubi.bench.engine.Engine;
import jp.musubi.bench.engine.EngineServer;
import jp.musubi.bench.engine.Level;
import jp.musubi.bench.parts.Parts;

/**
 * EU DSS 6.4 with PDFBox. One service and one verifier a seal, as they keep state; SHA-256 for the
 * timestamps, as everybody here; everything else is its default.
 */
public final class DssEngine implements Engine {
  private final Parts parts;
  private final CertificateToken certificate;
  private final CommonTrustedCertificateSource anchors = new CommonTrustedCertificateSource();

  DssEngine(Parts parts) {
    this.parts = parts;
    certificate = new CertificateToken(parts.seal().identity().certificate());
    anchors.addCertificate(new CertificateToken(parts.root()));
  }

  /** Serves EU DSS. */
  public static void main(String[] args) throws IOException {
    EngineServer.main(args, DssEngine::new);
  }

  @Override
  public Set<Level> levels() {
    return EnumSet.of(Level.B, Level.T, Level.LTA);
  }

  @Override
  public boolean validates() {
    return true;
  }

  @Override
  public void seal(Path source, Path target, Level level, String field, boolean first)
      throws IOException {
    var verifier = verifier();
    verifier.setOcspSource(new InProcessOcsp(parts.statuses()));
    verifier.setCrlSource(new InProcessCrl(parts));
    var service = new PAdESService(verifier);
    service.setTspSource(new InProcessTsp(parts.timestamping()));
    var parameters = parameters(level, field, first);
    var document = new FileDocument(source.toFile());
    var value = parts.seal().sign(service.getDataToSign(document, parameters).getBytes());
    var algorithm = SignatureAlgorithm.forJAVA(parts.seal().algorithm());
    service
        .signDocument(document, parameters, new SignatureValue(algorithm, value))
        .save(target.toString());
  }

  @Override
  public void validate(Path file) throws IOException {
    var validator = new PDFDocumentValidator(new FileDocument(file.toFile()));
    validator.setCertificateVerifier(verifier());
    var report = validator.validateDocument().getSimpleReport();
    for (var id : report.getSignatureIdList()) {
      if (report.getIndication(id) != Indication.TOTAL_PASSED) {
        throw new IOException(
            "judged %s %s: %s"
                .formatted(
                    report.getIndication(id),
                    report.getSubIndication(id),
                    report.getAdESValidationErrors(id)));
      }
    }
    if (report.getSignatureIdList().isEmpty()) {
      throw new IOException("no signature was found");
    }
  }

  private CommonCertificateVerifier verifier() {
    var verifier = new CommonCertificateVerifier();
    verifier.setAIASource(null);
    verifier.setTrustedCertSources(anchors);
    return verifier;
  }

  private PAdESSignatureParameters parameters(Level level, String field, boolean first) {
    var parameters = new PAdESSignatureParameters();
    parameters.setSignatureLevel(
        switch (level) {
          case HASH -> throw new IllegalArgumentException("DSS has no level without a signature");
          case B -> SignatureLevel.PAdES_BASELINE_B;
          case T -> SignatureLevel.PAdES_BASELINE_T;
          case LTA -> SignatureLevel.PAdES_BASELINE_LTA;
        });
    parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
    parameters.setSignatureTimestampParameters(
        new PAdESTimestampParameters(DigestAlgorithm.SHA256));
    parameters.setArchiveTimestampParameters(new PAdESTimestampParameters(DigestAlgorithm.SHA256));
    parameters.setSigningCertificate(certificate);
    for (var each : parts.seal().identity().chain()) {
      parameters.getCertificateChain().add(new CertificateToken(each));
    }
    parameters.bLevel().setSigningDate(Date.from(parts.clock().instant()));
    parameters.getImageParameters().getFieldParameters().setFieldId(field);
    if (first) {
      parameters.setPermission(CertificationPermission.MINIMAL_CHANGES_PERMITTED);
    }
    parameters.setReason("契約相手方として合意（認証：メールリンク＋アクセスコード）");
    parameters.setLocation("日本");
    parameters.setContactInfo("https://keiyaku.example/verify");
    return parameters;
  }
}
