package jp.musubi.journeys.load;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * How long each of many took.
 *
 * @param sorted the shortest first; never empty
 */
public record Durations(List<Duration> sorted) {

  /** Of at least one. */
  public static Durations of(Collection<Duration> measured) {
    if (measured.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    return new Durations(measured.stream().sorted().toList());
  }

  /** The least that this share of all did not exceed (nearest rank). */
  public Duration percentile(double share) {
    var rank = (int) Math.ceil(share / 100 * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }

  /** Median, 99th percentile and longest, for people. */
  public String words() {
    return "p50 %s、p99 %s、最長 %s（%d件）"
        .formatted(
            words(percentile(50)), words(percentile(99)), words(sorted.getLast()), sorted.size());
  }

  /** One of them, for people. */
  public static String words(Duration duration) {
    return duration.compareTo(Duration.ofSeconds(1)) < 0
        ? duration.toMillis() + "ミリ秒"
        : "%.1f秒".formatted(duration.toMillis() / 1000.0);
  }
}
