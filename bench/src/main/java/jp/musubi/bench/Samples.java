package jp.musubi.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jp.musubi.bench.engine.Reply;

/** 計測値 — All rounds of one engine at one piece of work, and what is said of them. */
final class Samples {
  private static final double NANOS_A_MILLI = 1e6;

  private final List<Long> nanos = new ArrayList<>();
  private final List<Long> partsNanos = new ArrayList<>();
  private long bytes;
  private int keyOperations;

  void add(Reply.Done done) {
    nanos.addAll(done.nanos());
    partsNanos.addAll(done.partsNanos());
    bytes = done.bytes();
    keyOperations = done.keyOperations();
  }

  int rounds() {
    return nanos.size();
  }

  /** Milliseconds; half of the rounds took no longer. */
  double medianMillis() {
    return median(nanos) / NANOS_A_MILLI;
  }

  /** Milliseconds inside keys, timestamps and revocation data, of the median round. */
  double partsMillis() {
    return median(partsNanos) / NANOS_A_MILLI;
  }

  /** Milliseconds; by the nearest rank, so below a hundred rounds it is the slowest. */
  double p99Millis() {
    return percentile(nanos, 99) / NANOS_A_MILLI;
  }

  /** How many a second, one after another, on the one core. */
  double perSecond() {
    return rounds() * 1e9 / total();
  }

  double total() {
    return nanos.stream().mapToLong(Long::longValue).sum();
  }

  /** Of the target. */
  long bytes() {
    return bytes;
  }

  int keyOperations() {
    return keyOperations;
  }

  /** The middle value, or the mean of the two in the middle. */
  static double median(List<Long> values) {
    var sorted = sorted(values);
    var middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
  }

  /** The nearest-rank percentile: the smallest value that so many percent do not exceed. */
  static long percentile(List<Long> values, int percent) {
    var sorted = sorted(values);
    var rank = (sorted.size() * percent + 99) / 100;
    return sorted.get(Math.max(rank, 1) - 1);
  }

  private static List<Long> sorted(List<Long> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no rounds (expected: at least one)");
    }
    var sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted;
  }
}
