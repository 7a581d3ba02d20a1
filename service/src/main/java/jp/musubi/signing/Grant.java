package jp.musubi.signing;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a session was let in with: one link, for as long as both live.
 *
 * @param since when the link's secret was shown
 * @param codeSince when all that is asked for beside it was shown, if it was
 * @param permitSince when the access code was given by which something may be registered
 * @param means which registered one was shown, if one was: it opens no longer than it lives
 */
record Grant(
    Instant since, @Nullable Instant codeSince, @Nullable Instant permitSince, @Nullable UUID means)
    implements Serializable {
  /** How old a factor may be when somebody agrees (WEB-M 4). */
  private static final Duration FRESH = Duration.ofMinutes(30);

  static Grant of(Instant now) {
    return new Grant(now, null, null, null);
  }

  Grant withCode(Instant now) {
    return new Grant(since, now, null, null);
  }

  /** Something that is registered was shown. */
  Grant with(UUID shown, Instant now) {
    return new Grant(since, now, null, shown);
  }

  /** Something may be registered. */
  Grant permitted(Instant now) {
    return new Grant(since, null, now, null);
  }

  /** The same, entered by the link again at another moment. */
  Grant enteredAgain(Instant now) {
    return new Grant(now, codeSince, permitSince, means);
  }

  /** Whether the access code was given just now. */
  boolean permits(Instant now) {
    return permitSince != null && isFresh(permitSince, now);
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
