package jp.musubi.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * 保存期間. Which backups and segments may go: those older than agreed, but never the newest that was
 * restored, nor anything that a backup that stays needs.
 */
record Retention(List<String> backups, List<WalName> segments) {
  Retention {
    backups = List.copyOf(backups);
    segments = List.copyOf(segments);
  }

  /**
   * Decides.
   *
   * @param all every finished backup
   * @param restored the names of those that a drill has restored
   * @param shelved every segment on the shelf
   */
  static Retention decide(
      List<BackupManifest> all,
      Set<String> restored,
      List<WalName> shelved,
      Duration keep,
      Instant now) {
    var byAge =
        all.stream().sorted(Comparator.comparing(BackupManifest::endedAt).reversed()).toList();
    var staying = new ArrayList<BackupManifest>();
    var proven = false;
    for (var backup : byAge) {
      var young = !backup.endedAt().isBefore(now.minus(keep));
      // While none of those that stay was ever restored, the next older one stays as well.
      if (young || staying.isEmpty() || !proven) {
        staying.add(backup);
        proven |= restored.contains(backup.name());
      }
    }
    if (staying.isEmpty()) {
      // Segments without a backup restore nothing, but a backup may be under way.
      return new Retention(List.of(), List.of());
    }
    var first =
        staying.stream()
            .map(backup -> WalName.of(backup.firstLog()))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return new Retention(
        all.stream().filter(backup -> !staying.contains(backup)).map(BackupManifest::name).toList(),
        shelved.stream().filter(segment -> isBefore(segment, first)).toList());
  }

  /** By place in the log alone: timelines share it. */
  private static boolean isBefore(WalName segment, WalName first) {
    return segment.log() < first.log()
        || (segment.log() == first.log() && segment.segment() < first.segment());
  }
}
