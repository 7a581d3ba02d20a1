package jp.musubi.backup;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a segment of PostgreSQL's write-ahead log: 24 hexadecimal digits, eight each for
 * timeline, log and segment.
 */
record WalName(long timeline, long log, long segment) implements Comparable<WalName> {
  private static final Pattern FORM = Pattern.compile("[0-9A-F]{24}");
  private static final long LOG_BYTES = 1L << 32;

  /** Empty for what lies beside segments: histories of timelines, marks of backups. */
  static Optional<WalName> parse(String name) {
    if (!FORM.matcher(name).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new WalName(
            Long.parseLong(name.substring(0, 8), 16),
            Long.parseLong(name.substring(8, 16), 16),
            Long.parseLong(name.substring(16), 16)));
  }

  static WalName of(String name) {
    return parse(name)
        .orElseThrow(() -> new IllegalArgumentException("not the name of a segment: " + name));
  }

  /** The one after it on its timeline. */
  WalName next(long segmentBytes) {
    return segment + 1 < LOG_BYTES / segmentBytes
        ? new WalName(timeline, log, segment + 1)
        : new WalName(timeline, log + 1, 0);
  }

  /** In the order of what was written; as pg_archivecleanup does, whatever the timeline. */
  @Override
  public int compareTo(WalName other) {
    return log != other.log
        ? Long.compare(log, other.log)
        : segment != other.segment
            ? Long.compare(segment, other.segment)
            : Long.compare(timeline, other.timeline);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%08X%08X%08X", timeline, log, segment);
  }
}
