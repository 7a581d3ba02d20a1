package jp.musubi.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.evidence.Anchor;
import jp.musubi.seal.renewal.EvidencePolicy;
import jp.musubi.seal.renewal.EvidenceRecord;
import jp.musubi.seal.renewal.EvidenceValidator;
import jp.musubi.seal.renewal.Evidenced;
import jp.musubi.seal.renewal.MalformedEvidence;

/** I8: the anchors of a chain are timestamped as they say, and were not taken away. */
final class AnchorChecks {
  /**
   * A chain that went on has a newer anchor than this, unless the job stands or somebody took it.
   */
  private static final Duration PATIENCE = Duration.ofDays(2);

  private final List<Anchor.Kept> anchors;
  private final Set<X509Certificate> trustAnchors;
  private final Instant now;
  private final Findings findings;

  AnchorChecks(
      List<Anchor.Kept> anchors,
      Set<X509Certificate> trustAnchors,
      Instant now,
      Findings findings) {
    this.anchors = List.copyOf(anchors);
    this.trustAnchors = Set.copyOf(trustAnchors);
    this.now = now;
    this.findings = findings;
  }

  void run(Optional<Snapshot.EntryTime> newest) {
    anchors.forEach(
        kept -> kept.evidence().ifPresent(record -> proves(kept.anchor(), kept.file(), record)));
    var last = anchors.isEmpty() ? 0 : anchors.getLast().anchor().seq();
    newest
        .filter(entry -> entry.seq() > last && entry.at().isBefore(now.minus(PATIENCE)))
        .ifPresent(
            entry -> findings.add("I8", "not-anchored", "seq " + entry.seq(), "anchor " + last));
  }

  private void proves(Anchor anchor, Path file, Path record) {
    try {
      var report =
          EvidenceValidator.validate(
              EvidenceRecord.parse(Files.readAllBytes(record)),
              new Evidenced(List.of(file)),
              new EvidencePolicy(trustAnchors, now));
      if (!report.proves()) {
        refuse(anchor, report.reasons().toString());
      }
    } catch (IOException | MalformedEvidence e) {
      refuse(anchor, String.valueOf(e.getMessage()));
    }
  }

  private void refuse(Anchor anchor, String why) {
    findings.add("I8", "anchor-not-proven", "seq " + anchor.seq(), why);
  }
}
