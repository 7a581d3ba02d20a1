package jp.musubi.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How often a number is sent: a telephone must not ring all day because somebody has a link. */
final class CodePace {
  /** As far back as numbers are counted. */
  static final Duration SPAN = Duration.ofHours(1);

  private static final Duration BETWEEN = Duration.ofMinutes(1);
  private static final int MOST = 5;

  private CodePace() {}

  /**
   * When the next number may be sent, if not now.
   *
   * @param earlier when numbers were sent within {@link #SPAN}, the oldest first
   */
  static Optional<Instant> wait(List<Instant> earlier, Instant now) {
    if (earlier.isEmpty()) {
      return Optional.empty();
    }
    var next = earlier.getLast().plus(BETWEEN);
    if (earlier.size() >= MOST) {
      var freed = earlier.get(earlier.size() - MOST).plus(SPAN);
      next = freed.isAfter(next) ? freed : next;
    }
    return next.isAfter(now) ? Optional.of(next) : Optional.empty();
  }
}
