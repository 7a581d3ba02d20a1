package jp.musubi.backup;

import java.time.Instant;
import java.util.List;

/**
 * バックアップの目録. Holds no personal data: names of files, sizes, digests and numbers.
 *
 * @param name by which it is called, its time in UTC
 * @param endedAt the earliest moment it can be restored to
 * @param firstLog the segment of the log with which restoring begins
 * @param lastLog the segment without which it is not consistent
 * @param schema the newest migration
 * @param key which backup key encrypted it
 * @param files every file of the data directory, as it was copied
 * @param state what the database held a moment after the backup ended
 */
record BackupManifest(
    String name,
    Instant beganAt,
    Instant endedAt,
    String startLsn,
    String stopLsn,
    String firstLog,
    String lastLog,
    long segmentBytes,
    String postgres,
    String system,
    String schema,
    String key,
    List<FileEntry> files,
    DatabaseState state) {

  BackupManifest {
    files = List.copyOf(files);
  }

  /** A file below the data directory; the digest is SHA-256, in hexadecimal. */
  record FileEntry(String path, long bytes, String sha256) {}
}
