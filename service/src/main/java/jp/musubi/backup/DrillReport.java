package jp.musubi.backup;

import java.time.Instant;
import java.util.List;
import jp.musubi.operations.Violation;

/**
 * 復元訓練の結果.
 *
 * @param restoredTo the moment that was asked for; the state of the manifest is of it
 * @param ageSeconds from the end of a transaction until the log that has it was kept
 * @param restoreSeconds from the files of the backup to a database that answers
 * @param checkSeconds comparing it, and auditing it with every stored file
 * @param differences tables that came back otherwise than they were
 * @param violations what the auditor found in what came back
 */
record DrillReport(
    String backup,
    Instant backedUpAt,
    long bytes,
    Instant beganAt,
    Instant restoredTo,
    long backupSeconds,
    long ageSeconds,
    long restoreSeconds,
    long checkSeconds,
    int tables,
    long rows,
    int bodies,
    int contracts,
    int objects,
    List<DatabaseState.Difference> differences,
    List<Violation> violations) {
  static final long MOST_MINUTES = 10;
  static final long MOST_AGE = 60;

  DrillReport {
    differences = List.copyOf(differences);
    violations = List.copyOf(violations);
  }

  /** How much is wrong. */
  int wrong() {
    return differences.size() + violations.size();
  }

  /** Whether all came back as it was. */
  boolean isClean() {
    return wrong() == 0;
  }

  /** How long the restoring took, with the checks after which people may be let in. */
  long restoredWithinSeconds() {
    return restoreSeconds + checkSeconds;
  }
}
