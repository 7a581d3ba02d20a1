package jp.musubi.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One run of the auditor by the service itself.
 *
 * @param violations how many there were
 * @param findings them, or as many as are written down
 */
record AuditRun(
    UUID id,
    Extent extent,
    Instant startedAt,
    Instant endedAt,
    int bodies,
    int contracts,
    int objects,
    int violations,
    List<Violation> findings) {
  private static final Duration BETWEEN_WHOLE_ONES = Duration.ofDays(6).plusHours(12);

  /** Transactions that began before a run and committed during it are looked at by the next one. */
  private static final Duration OVERLAP = Duration.ofHours(1);

  /** How much a run looked at. */
  enum Extent {
    /** Every row and every file. */
    WHOLE,
    /** Every row, and the files that came since the last clean run. */
    CHANGED
  }

  /** Keeps its own copy. */
  AuditRun {
    findings = List.copyOf(findings);
  }

  boolean isClean() {
    return violations == 0;
  }

  /**
   * How much the next run looks at. A whole run comes every week, and again for as long as the last
   * one was not clean: what is found must not fall out of sight before it is mended.
   *
   * @param newestFirst the runs before
   */
  static AuditScope next(List<AuditRun> newestFirst, Instant now) {
    var whole = newestFirst.stream().filter(run -> run.extent() == Extent.WHOLE).findFirst();
    if (whole.isEmpty()
        || !whole.get().isClean()
        || whole.get().startedAt().isBefore(now.minus(BETWEEN_WHOLE_ONES))) {
      return AuditScope.whole();
    }
    return newestFirst.stream()
        .filter(AuditRun::isClean)
        .findFirst()
        .map(run -> AuditScope.since(run.startedAt().minus(OVERLAP)))
        .orElse(AuditScope.whole());
  }
}
