package jp.musubi.verifier;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import jp.musubi.seal.renewal.MalformedEvidence;
import jp.musubi.seal.validation.ReportJson;
import jp.musubi.seal.validation.ReportText;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.Validator;

/** Verifies files one after the other; an unreadable one does not stop the others. */
final class VerifyCommand {
  private final PrintStream out;
  private final PrintStream err;

  VerifyCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  int run(Request.Verify request) throws Request.Unusable {
    var invalid = false;
    var undecided = false;
    var unreadable = false;
    var ours = request.ours().isPresent() ? read(request.ours().get()) : Set.<X509Certificate>of();
    for (var file : request.files()) {
      try {
        var policy =
            new ValidationPolicy(anchors(request.trust(), file), request.at()).withOurs(ours);
        var report = Validator.validate(file, policy);
        out.println(
            request.json()
                ? ReportJson.of(file.toString(), report)
                : ReportText.of(file.toString(), report));
        switch (report.verdict()) {
          case VALID, VALID_WITH_WARNINGS -> {}
          case INVALID -> invalid = true;
          case INDETERMINATE, NO_SIGNATURE -> undecided = true;
        }
      } catch (IOException problem) {
        err.println(Words.of("unreadable", file));
        unreadable = true;
      }
    }
    if (request.evidence().isPresent()) {
      try {
        var record = request.evidence().get();
        var report = EvidenceCheck.of(record, request, anchors(request.trust(), record));
        out.println(
            request.json()
                ? Json.of(record.toString(), report)
                : EvidenceCheck.text(record, report));
        switch (report.verdict()) {
          case VALID, VALID_WITH_WARNINGS -> {}
          case INVALID -> invalid = true;
          case INDETERMINATE, NO_SIGNATURE -> undecided = true;
        }
      } catch (IOException | MalformedEvidence problem) {
        err.println(Words.of("unreadable-evidence", request.evidence().get()));
        unreadable = true;
      }
    }
    if (unreadable) {
      return 2;
    }
    return invalid ? 1 : undecided ? 3 : 0;
  }

  private static Set<X509Certificate> anchors(Optional<Path> named, Path file)
      throws Request.Unusable {
    var beside = file.toAbsolutePath().resolveSibling("trust.pem");
    if (named.isEmpty() && !Files.exists(beside)) {
      return Set.of();
    }
    return read(named.orElse(beside));
  }

  private static Set<X509Certificate> read(Path pem) throws Request.Unusable {
    try (var in = Files.newInputStream(pem)) {
      var anchors = new LinkedHashSet<X509Certificate>();
      for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        anchors.add((X509Certificate) each);
      }
      if (anchors.isEmpty()) {
        throw new Request.Unusable(Words.of("bad-trust", pem));
      }
      return anchors;
    } catch (IOException | CertificateException unreadable) {
      throw new Request.Unusable(Words.of("bad-trust", pem));
    }
  }
}
