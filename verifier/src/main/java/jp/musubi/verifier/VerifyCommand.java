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
import jp.musubi.seal.validation.Verdict;

/**
 * Verifies files, and folders or ZIPs of them, one after the other; an unreadable one does not stop
 * the others.
 */
final class VerifyCommand {
  private final PrintStream out;
  private final PrintStream err;
  private boolean invalid;
  private boolean undecided;
  private boolean unreadable;

  VerifyCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  int run(Request.Verify request) throws Request.Unusable {
    var ours = request.ours().isPresent() ? read(request.ours().get()) : Set.<X509Certificate>of();
    for (var file : request.files()) {
      try {
        if (Collection.is(file)) {
          collection(file, request, ours);
        } else {
          one(file.toString(), file, anchors(request.trust(), file), request, ours);
        }
      } catch (IOException problem) {
        err.println(Words.of(Collection.is(file) ? "unreadable-collection" : "unreadable", file));
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
        count(report.verdict());
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

  private void one(
      String name,
      Path file,
      Set<X509Certificate> anchors,
      Request.Verify request,
      Set<X509Certificate> ours)
      throws IOException {
    var report =
        Validator.validate(file, new ValidationPolicy(anchors, request.at()).withOurs(ours));
    out.println(request.json() ? ReportJson.of(name, report) : ReportText.of(name, report));
    count(report.verdict());
  }

  /** Its PDFs one by one; trusted is what was named, or lies beside it, and nothing within it. */
  private void collection(Path path, Request.Verify request, Set<X509Certificate> ours)
      throws IOException, Request.Unusable {
    var anchors = anchors(request.trust(), path);
    try (var files = Collection.open(path)) {
      var outcome =
          CollectionCheck.of(
              files,
              (name, file) -> {
                if (name.endsWith(".pdf") && !CollectionCheck.isReferredTo(name)) {
                  one(name, file, anchors, request, ours);
                }
              });
      out.println(
          request.json()
              ? CollectionCheck.json(path, outcome)
              : CollectionCheck.text(path, outcome));
      invalid |= outcome.isBroken();
      undecided |= !outcome.unlisted().isEmpty();
    }
  }

  private void count(Verdict verdict) {
    switch (verdict) {
      case VALID, VALID_WITH_WARNINGS -> {}
      case INVALID -> invalid = true;
      case INDETERMINATE, NO_SIGNATURE -> undecided = true;
    }
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
