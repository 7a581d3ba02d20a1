package jp.musubi.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which refusals go on record: the first from a network, and after a while the next with the number
 * of those between. Somebody who knocks without end must not fill the record.
 */
final class RefusalWindow {
  static final Duration LENGTH = Duration.ofMinutes(10);
  static final int MOST_OF_A_BODY = 60;
  private static final int MOST_KEPT = 10_000;

  private record Count(Instant since, int refusals) {}

  private final Map<String, Count> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /**
   * Notes a refusal.
   *
   * @return how many it stands for, if it goes on record
   */
  synchronized OptionalInt note(String body, String network, Instant now) {
    var key = body + " " + network;
    var before = counts.get(key);
    if (before != null && now.isBefore(before.since().plus(LENGTH))) {
      counts.put(key, new Count(before.since(), before.refusals() + 1));
      return OptionalInt.empty();
    }
    var standing = counts.get(body);
    var ofTheBody =
        standing != null && now.isBefore(standing.since().plus(LENGTH))
            ? standing
            : new Count(now, 0);
    if (ofTheBody.refusals() >= MOST_OF_A_BODY) {
      return OptionalInt.empty();
    }
    counts.put(body, new Count(ofTheBody.since(), ofTheBody.refusals() + 1));
    counts.put(key, new Count(now, 0));
    return OptionalInt.of(before == null ? 1 : before.refusals() + 1);
  }
}
