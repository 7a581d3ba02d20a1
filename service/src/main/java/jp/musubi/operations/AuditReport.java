package jp.musubi.operations;

import java.time.Instant;
import java.util.List;

/**
 * 監査の結果.
 *
 * @param at when it was made
 * @param checked the invariants that data can show; the others are shown by tests
 * @param violations empty when all is well
 * @param secondStore whether there is a second store; without one no copies were looked at
 */
public record AuditReport(
    Instant at,
    List<String> checked,
    int bodies,
    int contracts,
    int objects,
    List<Violation> violations,
    boolean secondStore) {

  /** Whether every promise holds. */
  public boolean isClean() {
    return violations.isEmpty();
  }
}
