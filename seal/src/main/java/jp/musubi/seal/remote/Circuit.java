package jp.musubi.seal.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * 遮断器 — whether a remote part is asked at all. Pure: the next state is a function of this one, of
 * what happened, and of when.
 *
 * <pre>
 *   Closed ──three failures in a row──▶ Open ──pause over, one call goes──▶ Probing
 *     ▲                                      ▲                                   │
 *     └──────────── success ─────────────────┼───────────────────────────────────┤
 *                                            └──── failure: twice the pause ─────┘
 * </pre>
 */
sealed interface Circuit {
  /** Failures in a row after which nobody is bothered. */
  int THRESHOLD = 3;

  /** The first pause; each further one is twice as long. */
  Duration FIRST_PAUSE = Duration.ofSeconds(5);

  /** The longest pause of our own making. */
  Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** How long an answer that is wrong, not late, keeps us away. */
  Duration QUARANTINE = Duration.ofMinutes(1);

  /** The longest pause that we let ourselves be told; an authority was seen to ban for a day. */
  Duration LONGEST_BAN = Duration.ofHours(24);

  /** A probe that nobody reported back on is given up after this. */
  Duration PROBE_PATIENCE = Duration.ofMinutes(1);

  /** All is well, or nearly. */
  record Closed(int failures) implements Circuit {}

  /**
   * Not to be asked.
   *
   * @param until exclusively
   * @param trips how many times in a row it came to this
   */
  record Open(Instant until, int trips) implements Circuit {}

  /** One call is on its way to see; nobody else goes meanwhile. */
  record Probing(Instant since, int trips) implements Circuit {}

  static Circuit wellAtFirst() {
    return new Closed(0);
  }

  /** The state in which a call may be made now; empty when none may. */
  default Optional<Circuit> admit(Instant now) {
    return switch (this) {
      case Closed closed -> Optional.of(closed);
      case Open(var until, var trips) ->
          now.isBefore(until) ? Optional.empty() : Optional.of(new Probing(now, trips));
      case Probing(var since, var trips) ->
          now.isBefore(since.plus(PROBE_PATIENCE))
              ? Optional.empty()
              : Optional.of(new Probing(now, trips));
    };
  }

  /** After an answer that was right. */
  default Circuit succeeded() {
    return wellAtFirst();
  }

  /** After no answer. */
  default Circuit failed(Instant now) {
    return switch (this) {
      case Closed(var failures) ->
          failures + 1 < THRESHOLD ? new Closed(failures + 1) : new Open(now.plus(pause(0)), 1);
      case Open open -> open;
      case Probing(_, var trips) -> new Open(now.plus(pause(trips)), trips + 1);
    };
  }

  /** After an answer that must not be relied on: one is enough. */
  default Circuit betrayed(Instant now) {
    return shut(now.plus(QUARANTINE));
  }

  /** After being told when to come again. */
  default Circuit toldToWait(Instant now, Duration pause) {
    return shut(now.plus(pause.compareTo(LONGEST_BAN) > 0 ? LONGEST_BAN : pause));
  }

  private Circuit shut(Instant until) {
    return switch (this) {
      case Closed _ -> new Open(until, 1);
      case Open(var before, var trips) -> new Open(before.isAfter(until) ? before : until, trips);
      case Probing(_, var trips) -> new Open(until, trips + 1);
    };
  }

  private static Duration pause(int trips) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(trips, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
