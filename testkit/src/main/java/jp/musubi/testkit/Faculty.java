package jp.musubi.testkit;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * 窓口 — One thing a {@link PkiServer} does: counts its calls, and fails when told to.
 *
 * @param <F> the faults it knows
 */
public final class Faculty<F extends Fault> {

  private record Plan<F>(F fault, int calls) {}

  private final AtomicReference<Optional<Plan<F>>> plan = new AtomicReference<>(Optional.empty());
  private final LongAdder calls = new LongAdder();

  Faculty() {}

  /** Fails on every call until {@link #heal()}. */
  public void fail(F fault) {
    fail(fault, Integer.MAX_VALUE);
  }

  /** Fails on the next {@code times} calls, then is well again. */
  public void fail(F fault, int times) {
    if (times < 1) {
      throw new IllegalArgumentException("A fault happens at least once");
    }
    plan.set(Optional.of(new Plan<>(fault, times)));
  }

  /** Is well from the next call on. */
  public void heal() {
    plan.set(Optional.empty());
  }

  /** How many requests have come, failed ones included. */
  public long calls() {
    return calls.sum();
  }

  /** Counts a call and tells how it shall fail, if at all. */
  Optional<F> next() {
    calls.increment();
    return plan.getAndUpdate(
            now -> now.filter(p -> p.calls() > 1).map(p -> new Plan<>(p.fault(), p.calls() - 1)))
        .map(Plan::fault);
  }
}
