package jp.musubi.sealing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import jp.musubi.contract.SignatureFields;
import jp.musubi.seal.validation.Indication;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.ValidationReport;
import jp.musubi.seal.validation.Validator;
import jp.musubi.seal.validation.Verdict;

/** Both validators: nothing is stored that one of them does not call valid. */
final class Validation {
  private static final String LTA = "PAdES-BASELINE-LTA";

  private final SecondValidator second;
  private final Set<X509Certificate> trustAnchors;
  private final Clock clock;

  Validation(SecondValidator second, Collection<X509Certificate> trustAnchors, Clock clock) {
    this.second = second;
    this.trustAnchors = Set.copyOf(trustAnchors);
    this.clock = clock;
  }

  /**
   * Insists on timestamped seals in these fields and no others, and on no other change; a party's
   * own signature may have a timestamp or none, and has its proofs already. Whether a certificate
   * was revoked nobody can say yet: that is asked after the last seal (SIG-9).
   *
   * @throws NotValid if the file is anything else
   */
  void insistOnSeals(Path file, List<String> fields) {
    var report = validate(file);
    insistOnFields(report, fields);
    for (var signature : report.signatures()) {
      var stamped = signature.timestamp().isPresent() || SignatureFields.isOwn(signature.field());
      if (signature.indication() == Indication.TOTAL_FAILED || !stamped) {
        throw new NotValid("a seal does not hold: " + signature);
      }
    }
    if (report.verdict() == Verdict.INVALID) {
      throw new NotValid("the file does not hold: " + report.reasons());
    }
  }

  /**
   * Insists on valid seals in these fields and no others, at PAdES-BASELINE-LTA, by both
   * validators.
   *
   * @throws NotValid if the file is anything else
   */
  void insistOnArchived(Path file, List<String> fields) {
    var report = validate(file);
    insistOnFields(report, fields);
    if (report.verdict() != Verdict.VALID) {
      throw new NotValid("the file is not valid: %s".formatted(report));
    }
    for (var signature : report.signatures()) {
      if (!signature.level().equals(LTA)) {
        throw new NotValid("a seal misses the level: " + signature);
      }
    }
    second.insistOnLta(file, fields.size());
  }

  private static void insistOnFields(ValidationReport report, List<String> fields) {
    var found = report.signatures().stream().map(ValidationReport.Signature::field).toList();
    if (!found.equals(fields)) {
      throw new NotValid("seals in fields %s (expected: %s)".formatted(found, fields));
    }
  }

  private ValidationReport validate(Path file) {
    try {
      return Validator.validate(file, new ValidationPolicy(trustAnchors, clock.instant()));
    } catch (IOException e) {
      throw new NotValid("the sealed file cannot be read", e);
    }
  }
}
