package jp.musubi.signing;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a session was let in with: one link, for as long as both live.
 *
 * @param since when the link's secret was shown
 * @param codeSince when the access code was given, if it was
 */
record Grant(Instant since, @Nullable Instant codeSince) implements Serializable {
  /** How old a factor may be when somebody agrees (WEB-M 4). */
  private static final Duration FRESH = Duration.ofMinutes(30);

  static Grant of(Instant now) {
    return new Grant(now, null);
  }

  Grant withCode(Instant now) {
    return new Grant(since, now);
  }

  /** Whether everything that is asked for was shown. */
  boolean opens(boolean needsCode) {
    return !needsCode || codeSince != null;
  }

  /** Whether everything that is asked for was shown just now. */
  boolean isFresh(boolean needsCode, Instant now) {
    return isFresh(since, now) && (!needsCode || (codeSince != null && isFresh(codeSince, now)));
  }

  private static boolean isFresh(Instant factor, Instant now) {
    return now.isBefore(factor.plus(FRESH));
  }
}
