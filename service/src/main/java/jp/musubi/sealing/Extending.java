package jp.musubi.sealing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import jp.musubi.seal.SealEngine;
import jp.musubi.seal.validation.Examined;
import jp.musubi.seal.validation.NewestTimestamp;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.ValidationReport;
import jp.musubi.seal.validation.Validator;
import jp.musubi.seal.validation.Verdict;

/**
 * 有効期間の延長 — judges a stored file as of now, and adds the next document timestamp to it (ETSI EN 319
 * 142-1, 5.5). No seal is made and no byte of before changes.
 */
public final class Extending {
  private static final String LTA = "PAdES-BASELINE-LTA";
  private static final Set<Verdict> HOLDS = Set.of(Verdict.VALID, Verdict.VALID_WITH_WARNINGS);

  private final SealEngine engine;
  private final SecondValidator second;
  private final Set<X509Certificate> trustAnchors;
  private final Clock clock;

  Extending(
      SealEngine engine,
      SecondValidator second,
      Collection<X509Certificate> trustAnchors,
      Clock clock) {
    this.engine = engine;
    this.second = second;
    this.trustAnchors = Set.copyOf(trustAnchors);
    this.clock = clock;
  }

  /**
   * Judges a file by our own validator.
   *
   * @throws NotValid if it cannot be read
   */
  public Examined examine(Path file) {
    try {
      return Validator.examine(file, new ValidationPolicy(trustAnchors, clock.instant()));
    } catch (IOException e) {
      throw new NotValid("the file cannot be read", e);
    }
  }

  /**
   * Writes the file with one more document timestamp; it is valid when this returns, by both
   * validators.
   *
   * @return the timestamp that carries it from now on
   * @throws jp.musubi.seal.SealException when a part does not answer
   * @throws NotValid if the file does not hold before or after; nothing is timestamped over what
   *     does not
   */
  public NewestTimestamp extend(Path source, Path target) {
    var before = examine(source).report();
    insist(before);
    engine.renew(source, target);
    var examined = examine(target);
    if (!HOLDS.contains(examined.report().verdict())) {
      // The authority came with a certificate of which the engine had to hear first, so that the
      // file lacks its proofs of non-revocation. Now it knows.
      engine.renew(source, target);
      examined = examine(target);
    }
    var after = examined.report();
    insist(after);
    if (!fields(after).equals(fields(before))
        || after.documentTimestamps().size() != before.documentTimestamps().size() + 1) {
      throw new NotValid("more or less than a timestamp was added: " + after);
    }
    second.insistOnLta(target, after.signatures().size());
    return examined.newest().orElseThrow(() -> new NotValid("no timestamp: " + after));
  }

  private static void insist(ValidationReport report) {
    if (!HOLDS.contains(report.verdict())) {
      throw new NotValid("the file does not hold: " + report.reasons());
    }
    for (var signature : report.signatures()) {
      if (!signature.level().equals(LTA)) {
        throw new NotValid("a seal misses the level: " + signature);
      }
    }
  }

  private static List<String> fields(ValidationReport report) {
    return report.signatures().stream().map(ValidationReport.Signature::field).toList();
  }
}
