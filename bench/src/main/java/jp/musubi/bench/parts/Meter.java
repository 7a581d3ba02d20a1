package jp.musubi.bench.parts;

import java.util.function.Supplier;

/**
 * 計量 — Counts the private-key operations and the time that the parts take, so that an engine's own
 * time can be told from theirs. For one thread.
 */
public final class Meter {
  private int keyOperations;
  private long nanos;

  Meter() {}

  /** Starts at nought. */
  public void reset() {
    keyOperations = 0;
    nanos = 0;
  }

  /** Private-key operations since the last reset. */
  public int keyOperations() {
    return keyOperations;
  }

  /** Nanoseconds inside the parts since the last reset. */
  public long nanos() {
    return nanos;
  }

  void countKeyOperation() {
    keyOperations++;
  }

  <T> T during(Supplier<T> work) {
    var from = System.nanoTime();
    try {
      return work.get();
    } finally {
      nanos += System.nanoTime() - from;
    }
  }
}
