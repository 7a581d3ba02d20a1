package jp.musubi.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 抽出. The contracts an auditor drew from the ledger, and for how long an administrator lets them
 * look into those (地方自治法199条). What was drawn never changes; the decisions are pure.
 *
 * @param auditor who drew it, and to whom alone it opens
 * @param conditions what the ledger was asked for, as an address asks it
 * @param candidates how many contracts fitted at that moment
 * @param seed of the lot; null for what was picked by hand
 * @param contracts how many there are
 * @param opening null until an administrator opens it
 * @param ending null until somebody ends or declines it
 */
record Sample(
    UUID id,
    UUID auditor,
    String auditorName,
    String purpose,
    String conditions,
    int candidates,
    @Nullable String seed,
    int contracts,
    Instant drawnAt,
    @Nullable Opening opening,
    @Nullable Ending ending) {
  /** The longest it may be open: an inspection ends, and a new one draws anew. */
  static final Duration LONGEST = Duration.ofDays(92);

  /** 閲覧の許可, until exclusively. */
  record Opening(String by, Instant at, Instant from, Instant until) {}

  /** 終わり. */
  record Ending(String by, Instant at) {}

  /** Where it stands. */
  enum State {
    /** 許可待ち. */
    WAITING,
    /** 開始前. */
    TO_COME,
    /** 閲覧中. */
    OPEN,
    /** 期間終了. */
    OVER,
    /** 見送り: ended before it was opened. */
    DECLINED,
    /** 途中で終了. */
    ENDED
  }

  /** Why it cannot be opened or ended. */
  enum Refusal {
    /** An auditor does not open their own. */
    OWN,
    /** It was opened before. */
    OPENED_ALREADY,
    /** It was declined or ended, or its time is over. */
    OVER,
    /** The end lies before the beginning, or behind us. */
    NO_TIME,
    /** Longer than {@link #LONGEST}. */
    TOO_LONG
  }

  State state(Instant now) {
    if (ending != null) {
      return opening == null ? State.DECLINED : State.ENDED;
    }
    if (opening == null) {
      return State.WAITING;
    }
    if (now.isBefore(opening.from())) {
      return State.TO_COME;
    }
    return now.isBefore(opening.until()) ? State.OPEN : State.OVER;
  }

  /** Whether {@code by} may not open it for this time. */
  Optional<Refusal> refusesOpening(UUID by, Instant from, Instant until, Instant now) {
    if (by.equals(auditor)) {
      return Optional.of(Refusal.OWN);
    }
    if (ending != null) {
      return Optional.of(Refusal.OVER);
    }
    if (opening != null) {
      return Optional.of(Refusal.OPENED_ALREADY);
    }
    if (!until.isAfter(from) || !until.isAfter(now)) {
      return Optional.of(Refusal.NO_TIME);
    }
    return Duration.between(from, until).compareTo(LONGEST) > 0
        ? Optional.of(Refusal.TOO_LONG)
        : Optional.empty();
  }

  /** Whether it cannot be declined or ended any more. */
  Optional<Refusal> refusesEnd(Instant now) {
    return switch (state(now)) {
      case WAITING, TO_COME, OPEN -> Optional.empty();
      case OVER, DECLINED, ENDED -> Optional.of(Refusal.OVER);
    };
  }
}
