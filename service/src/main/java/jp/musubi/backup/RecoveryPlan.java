package jp.musubi.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import jp.musubi.backup.BackupRefused.Reason;

/**
 * From which backup, with which segments of the log, to which moment.
 *
 * @param segments from the backup's first on, without a gap
 * @param missing the first that is not there although later ones are
 * @param at empty for all that was kept
 */
record RecoveryPlan(
    BackupManifest manifest,
    List<WalName> segments,
    Optional<WalName> missing,
    Optional<Instant> at) {
  RecoveryPlan {
    segments = List.copyOf(segments);
  }

  /**
   * Decides what is needed.
   *
   * @param shelved what is on the shelf
   * @throws BackupRefused if a segment lacks without which nothing comes back, or not all of it
   */
  static RecoveryPlan of(BackupManifest manifest, List<WalName> shelved, Optional<Instant> at) {
    var there = new TreeSet<>(shelved);
    var run = new ArrayList<WalName>();
    var next = WalName.of(manifest.firstLog());
    var timeline = next.timeline();
    while (there.contains(next)) {
      run.add(next);
      next = next.next(manifest.segmentBytes());
    }
    var later = there.tailSet(next).stream().anyMatch(segment -> segment.timeline() == timeline);
    var incomplete = !run.contains(WalName.of(manifest.lastLog()));
    if (incomplete || (later && at.isEmpty())) {
      throw new BackupRefused(Reason.LOG_MISSING, next.toString());
    }
    return new RecoveryPlan(manifest, run, later ? Optional.of(next) : Optional.empty(), at);
  }

  /** What to say when the log ended before the moment. */
  BackupRefused notReached() {
    return missing
        .map(segment -> new BackupRefused(Reason.LOG_MISSING, segment.toString()))
        .orElseGet(() ->
            new BackupRefused(
                Reason.NOT_REACHED, at.map(Instant::toString).orElse("-"), segments.getLast()));
  }
}
