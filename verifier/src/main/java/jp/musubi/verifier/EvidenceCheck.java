package jp.musubi.verifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jp.musubi.seal.renewal.EvidencePolicy;
import jp.musubi.seal.renewal.EvidenceRecord;
import jp.musubi.seal.renewal.EvidenceReport;
import jp.musubi.seal.renewal.EvidenceValidator;
import jp.musubi.seal.renewal.Evidenced;
import jp.musubi.seal.renewal.MalformedEvidence;
import jp.musubi.seal.renewal.ValidationData;
import jp.musubi.seal.validation.AlgorithmSunset;
import jp.musubi.seal.validation.ReportText;
import jp.musubi.seal.validation.ValidationMessages;

/** Checks the evidence record that stands beside the files, over all of them together. */
final class EvidenceCheck {
  private static final String BESIDE = "evidence.p7c";

  private EvidenceCheck() {}

  static EvidenceReport of(Path record, Request.Verify request, Set<X509Certificate> trustAnchors)
      throws IOException, MalformedEvidence {
    return EvidenceValidator.validate(
        EvidenceRecord.parse(Files.readAllBytes(record)),
        new Evidenced(request.files()),
        new EvidencePolicy(
            trustAnchors,
            AlgorithmSunset.standard(),
            data(record, request.evidenceData()),
            request.at()));
  }

  private static Optional<ValidationData> data(Path record, Optional<Path> named)
      throws IOException, MalformedEvidence {
    var beside = record.toAbsolutePath().resolveSibling(BESIDE);
    if (named.isEmpty() && !Files.exists(beside)) {
      return Optional.empty();
    }
    return Optional.of(ValidationData.parse(Files.readAllBytes(named.orElse(beside))));
  }

  static String text(Path record, EvidenceReport report) {
    var text = new StringBuilder();
    line(text, "label.evidence", record.toString());
    line(
        text,
        "label.verdict",
        ValidationMessages.of(report.verdict(), report.reasons(), Locale.JAPAN));
    for (var reason : report.reasons()) {
      line(text, "label.reason", ReportText.of(reason));
    }
    report
        .provenSince()
        .ifPresent(since -> line(text, "label.proven-since", ReportText.time(since)));
    for (var link : report.timestamps()) {
      line(text, "label.archive", ReportText.of(link.timestamp()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String label, String value) {
    ReportText.line(text, Words.of(label), value);
  }
}
