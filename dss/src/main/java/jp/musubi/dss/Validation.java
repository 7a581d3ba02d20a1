package jp.musubi.dss;

import eu.europa.esig.dss.diagnostic.AbstractSignatureWrapper;
import eu.europa.esig.dss.diagnostic.EvidenceRecordWrapper;
import eu.europa.esig.dss.diagnostic.PDFRevisionWrapper;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.DSSException;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.policy.ValidationPolicy;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.validation.PAdESSignature;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.pades.validation.timestamp.PdfTimestampToken;
import eu.europa.esig.dss.pdf.modifications.DefaultPdfDifferencesFinder;
import eu.europa.esig.dss.pdf.modifications.DefaultPdfObjectModificationsFinder;
import eu.europa.esig.dss.pdf.pdfbox.PdfBoxDefaultObjectFactory;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.tsp.TimestampToken;
import eu.europa.esig.dss.validation.policy.ValidationPolicyLoader;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.jspecify.annotations.Nullable;

/**
 * 検証 — Judges one PDF after another by EU DSS, offline, under our own policy.
 *
 * <p>Every call makes its own validator and verifier: DSS keeps state in both.
 */
final class Validation {

  private static final byte[] PDF_HEADER = {'%', 'P', 'D', 'F', '-'};
  private static final int HEADER_WITHIN = 1024;

  /** How deep changed objects are followed; a contract's page is some ten objects deep. */
  private static final int DEEPEST = 500;

  private final Clock clock;
  private final int comparedPages;

  /**
   * @param comparedPages documents of more pages are not compared as pictures; the answer then says
   *     so
   */
  Validation(Clock clock, int comparedPages) {
    this.clock = clock;
    this.comparedPages = comparedPages;
  }

  Answer judge(Request request) {
    if (!Files.isRegularFile(request.pdf())) {
      return new Answer.Refused(request.id(), "missing-file", request.pdf().toString());
    }
    CommonTrustedCertificateSource anchors;
    try {
      for (var beside : request.evidence()) {
        if (!Files.isRegularFile(beside)) {
          return new Answer.Refused(request.id(), "missing-file", beside.toString());
        }
      }
      for (var beside : request.revocation()) {
        if (!Files.isRegularFile(beside)) {
          return new Answer.Refused(request.id(), "missing-file", beside.toString());
        }
      }
      if (!isPdf(request.pdf())) {
        return new Answer.Refused(request.id(), "not-a-pdf", request.pdf().toString());
      }
      anchors = anchors(request.trust());
    } catch (CertificateException e) {
      return new Answer.Refused(request.id(), "unreadable-trust", e.toString());
    } catch (IOException e) {
      return new Answer.Refused(request.id(), "missing-file", e.toString());
    }
    try {
      var at = Objects.requireNonNullElseGet(request.at(), clock::instant);
      var pages = pages(request.pdf());
      var validator = validator(request, anchors, at);
      var reports = validator.validateDocument(policy());
      if (!isCompared(validator)) {
        return new Answer.Refused(
            request.id(), "unreadable-changes", "What changed after a signature cannot be told");
      }
      return answer(request, reports, pages);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // A broken or hostile file must cost its own answer, never the next one's.
      return new Answer.Refused(request.id(), "unreadable-pdf", e.toString());
    }
  }

  private PDFDocumentValidator validator(
      Request request, CommonTrustedCertificateSource anchors, Instant at) {
    var differences = new DefaultPdfDifferencesFinder();
    differences.setMaximalPagesAmountForVisualComparison(comparedPages);
    var modifications = new DefaultPdfObjectModificationsFinder();
    modifications.setMaximumObjectVerificationDeepness(DEEPEST);
    var pdfBox = new PdfBoxDefaultObjectFactory();
    pdfBox.setPdfDifferencesFinder(differences);
    pdfBox.setPdfObjectModificationsFinder(modifications);

    var verifier = new CommonCertificateVerifier();
    verifier.setAIASource(null);
    KnownRevocation.of(request.revocation()).offerTo(verifier);
    verifier.setTrustedCertSources(anchors);

    var validator = new PDFDocumentValidator(new FileDocument(request.pdf().toFile()));
    validator.setPdfObjFactory(pdfBox);
    validator.setCertificateVerifier(verifier);
    validator.setValidationTime(Date.from(at));
    validator.setLocale(Locale.ENGLISH);
    validator.setEnableEtsiValidationReport(false);
    validator.setDetachedEvidenceRecordDocuments(
        request.evidence().stream()
            .<DSSDocument>map(record -> new FileDocument(record.toFile()))
            .toList());
    return validator;
  }

  /**
   * Whether DSS compared every signed revision with the final one.
   *
   * <p>When the comparison throws, as over an annotation without /Rect, DSS 6.4 logs a warning and
   * goes on as if nothing had changed: a hostile update could hide behind its own defect.
   */
  private static boolean isCompared(PDFDocumentValidator validator) {
    for (var signature : validator.getSignatures()) {
      if (!(signature instanceof PAdESSignature pades)
          || pades.getPdfRevision().getModificationDetection() == null
          || !signature.getAllTimestamps().stream().allMatch(Validation::isCompared)) {
        return false;
      }
    }
    return validator.getDetachedTimestamps().stream().allMatch(Validation::isCompared);
  }

  private static boolean isCompared(TimestampToken timestamp) {
    return !(timestamp instanceof PdfTimestampToken ofDocument)
        || ofDocument.getPdfRevision().getModificationDetection() != null;
  }

  private Answer answer(Request request, Reports reports, int pages) {
    var report = reports.getSimpleReport();
    var errors = new ArrayList<Answer.Remark>();
    var warnings = new ArrayList<Answer.Remark>();
    if (pages > comparedPages) {
      warnings.add(
          new Answer.Remark(
              "document",
              "MUSUBI_NOT_COMPARED",
              "%d pages are more than the %d that are compared as pictures"
                  .formatted(pages, comparedPages)));
    }
    var signatures = new ArrayList<Answer.Signature>();
    for (var signature : reports.getDiagnosticData().getSignatures()) {
      signatures.add(signature(signature, report));
      remark(signature, report, errors, warnings);
    }
    var timestamps = new ArrayList<Answer.Timestamp>();
    for (var timestamp : reports.getDiagnosticData().getTimestampList()) {
      timestamps.add(timestamp(timestamp, report));
      remark(timestamp, report, errors, warnings);
    }
    var evidence = new ArrayList<Answer.EvidenceRecord>();
    for (var record : reports.getDiagnosticData().getEvidenceRecords()) {
      evidence.add(evidence(record, report));
      for (Message message : report.getAdESValidationErrors(record.getId())) {
        errors.add(new Answer.Remark("evidence", message.getKey(), message.getValue()));
      }
      for (Message message : report.getAdESValidationWarnings(record.getId())) {
        warnings.add(new Answer.Remark("evidence", message.getKey(), message.getValue()));
      }
    }
    return new Answer.Judged(request.id(), signatures, timestamps, evidence, errors, warnings);
  }

  private static Answer.Signature signature(SignatureWrapper signature, SimpleReport report) {
    var id = signature.getId();
    var revision = Optional.ofNullable(signature.getPDFRevision());
    return new Answer.Signature(
        field(revision),
        report.getSignedBy(id),
        report.getIndication(id).name(),
        name(report.getSubIndication(id)),
        signature.getSignatureFormat().toString(),
        revision.map(PDFRevisionWrapper::getReason).orElse(null),
        instant(signature.getClaimedSigningTime()),
        instant(report.getBestSignatureTime(id)));
  }

  private static Answer.Timestamp timestamp(TimestampWrapper timestamp, SimpleReport report) {
    var id = timestamp.getId();
    return new Answer.Timestamp(
        timestamp.getType().name(),
        field(Optional.ofNullable(timestamp.getPDFRevision())),
        report.getProducedBy(id),
        report.getIndication(id).name(),
        name(report.getSubIndication(id)),
        instant(timestamp.getProductionTime()));
  }

  private static Answer.EvidenceRecord evidence(EvidenceRecordWrapper record, SimpleReport report) {
    var id = record.getId();
    return new Answer.EvidenceRecord(
        report.getIndication(id).name(),
        name(report.getSubIndication(id)),
        record.getTimestampList().size(),
        instant(report.getEvidenceRecordPOE(id)));
  }

  private static void remark(
      AbstractSignatureWrapper token,
      SimpleReport report,
      List<Answer.Remark> errors,
      List<Answer.Remark> warnings) {
    var about = about(token);
    for (Message message : report.getAdESValidationErrors(token.getId())) {
      errors.add(new Answer.Remark(about, message.getKey(), message.getValue()));
    }
    for (Message message : report.getAdESValidationWarnings(token.getId())) {
      warnings.add(new Answer.Remark(about, message.getKey(), message.getValue()));
    }
  }

  private static String about(AbstractSignatureWrapper token) {
    var field =
        switch (token) {
          case SignatureWrapper signature -> field(Optional.ofNullable(signature.getPDFRevision()));
          case TimestampWrapper timestamp -> timestamp.getType().name();
          case AbstractSignatureWrapper other -> other.getId();
        };
    return Objects.requireNonNullElse(field, token.getId());
  }

  private static @Nullable String field(Optional<PDFRevisionWrapper> revision) {
    return revision.map(PDFRevisionWrapper::getFirstFieldName).orElse(null);
  }

  private static @Nullable String name(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }

  private static boolean isPdf(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var start = in.readNBytes(HEADER_WITHIN);
      for (var at = 0; at + PDF_HEADER.length <= start.length; at++) {
        if (Arrays.equals(start, at, at + PDF_HEADER.length, PDF_HEADER, 0, PDF_HEADER.length)) {
          return true;
        }
      }
      return false;
    }
  }

  private static int pages(Path pdf) throws IOException {
    try (var document = Loader.loadPDF(pdf.toFile())) {
      return document.getNumberOfPages();
    }
  }

  private static CommonTrustedCertificateSource anchors(List<Path> files)
      throws IOException, CertificateException {
    var anchors = new CommonTrustedCertificateSource();
    var factory = CertificateFactory.getInstance("X.509");
    for (var file : files) {
      try (var in = Files.newInputStream(file)) {
        for (var certificate : factory.generateCertificates(in)) {
          anchors.addCertificate(new CertificateToken((X509Certificate) certificate));
        }
      }
    }
    if (anchors.getCertificates().isEmpty()) {
      throw new CertificateException("No trust anchor is given");
    }
    return anchors;
  }

  private static ValidationPolicy policy() {
    var in =
        Objects.requireNonNull(
            Validation.class.getResourceAsStream("constraint.xml"), "constraint.xml");
    try (in) {
      return ValidationPolicyLoader.fromValidationPolicy(in).create();
    } catch (IOException e) {
      throw new DSSException(e);
    }
  }
}
