package jp.musubi.seal.renewal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.validation.Reason;
import jp.musubi.seal.validation.ValidationReport;
import jp.musubi.seal.validation.Verdict;

/**
 * 証拠記録の検証結果.
 *
 * @param verdict of the record over the object; never NO_SIGNATURE
 * @param reasons why it is not simply valid; the gravest first
 * @param provenSince since when the object is proven to exist; empty unless valid
 * @param newest what a {@link RenewalPlan} is made from; empty unless valid
 * @param timestamps the oldest first
 */
public record EvidenceReport(
    Verdict verdict,
    List<Reason> reasons,
    Optional<Instant> provenSince,
    Optional<TimestampLife> newest,
    List<Link> timestamps) {
  public EvidenceReport {
    reasons = List.copyOf(reasons);
    timestamps = List.copyOf(timestamps);
  }

  /** Whether the object is proven, be it with warnings. */
  public boolean proves() {
    return provenSince.isPresent();
  }

  /**
   * One timestamp of the record.
   *
   * @param chain which chain it stands in, from 1
   */
  public record Link(int chain, HashAlgorithm algorithm, ValidationReport.Timestamp timestamp) {}
}
