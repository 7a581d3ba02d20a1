package jp.musubi.seal.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * 呼び出しの枠 — a token bucket: how often a remote part may be asked. Pure.
 *
 * @param burst how many calls may come at once
 * @param interval after which one more call may come
 * @param left calls left at {@code at}
 * @param at when {@code left} was counted
 */
record Quota(int burst, Duration interval, int left, Instant at) {
  Quota {
    if (burst < 1 || interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("a quota lets at least one call through, now and then");
    }
  }

  static Quota full(int burst, Duration interval, Instant now) {
    return new Quota(burst, interval, burst, now);
  }

  /** The quota after one call; empty when there is none left. */
  Optional<Quota> take(Instant now) {
    var filled = filled(now);
    return filled.left == 0
        ? Optional.empty()
        : Optional.of(new Quota(burst, interval, filled.left - 1, filled.at));
  }

  /** When the next call may come, at the earliest {@code now}. */
  Instant next(Instant now) {
    var filled = filled(now);
    return filled.left > 0 ? now : filled.at.plus(interval);
  }

  private Quota filled(Instant now) {
    // A clock that is set back fills nothing and empties nothing.
    var passed = now.isAfter(at) ? Duration.between(at, now) : Duration.ZERO;
    var more = passed.dividedBy(interval);
    return more >= burst - left
        ? new Quota(burst, interval, burst, now.isAfter(at) && more > 0 ? now : at)
        : new Quota(burst, interval, left + (int) more, at.plus(interval.multipliedBy(more)));
  }
}
