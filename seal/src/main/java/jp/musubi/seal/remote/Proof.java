package jp.musubi.seal.remote;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import jp.musubi.seal.Revocation;
import org.jspecify.annotations.Nullable;

/**
 * A checked proof and how long it may be used again.
 *
 * @param askedAt when it was asked for
 * @param thisUpdate as of when it speaks
 * @param until until when it may be used again: nextUpdate
 */
record Proof(Revocation revocation, Instant askedAt, Instant thisUpdate, Instant until) {
  static final Duration SKEW = Duration.ofSeconds(60);

  /** An answer that names no end must not be replayed for ever. */
  private static final Duration LONGEST_AGE = Duration.ofDays(1);

  static Proof of(
      Revocation revocation, Date thisUpdate, @Nullable Date nextUpdate, Instant askedAt)
      throws IOException {
    var from = thisUpdate.toInstant();
    var end = nextUpdate == null ? from.plus(LONGEST_AGE) : nextUpdate.toInstant();
    if (from.isAfter(askedAt.plus(SKEW)) || end.isBefore(askedAt.minus(SKEW))) {
      throw new IOException("the answer was for %s to %s (now: %s)".formatted(from, end, askedAt));
    }
    // Without nextUpdate there is always something newer to be had (RFC 6960, 4.2.2.1).
    return new Proof(revocation, askedAt, from, nextUpdate == null ? askedAt : end);
  }

  /**
   * Whether it answers a question of now that wants news from after {@code freshAfter}. A source
   * that was asked after that and knew nothing newer has given what it can.
   */
  boolean answers(Instant freshAfter, Instant now) {
    return now.isBefore(until)
        && (!thisUpdate.isBefore(freshAfter) || !askedAt.isBefore(freshAfter));
  }
}
