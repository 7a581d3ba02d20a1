package jp.musubi.seal.remote;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * 時刻認証局の具合 — how an authority has been lately, by real tokens alone.
 *
 * @param lastToken when it last gave a token that passed all checks
 * @param lastFailure when it last did not
 * @param failure what was wrong then
 * @param shutUntil until when it is not asked; empty when it is asked
 * @param pathEnd when the first certificate of its path ends
 */
public record AuthorityHealth(
    URI authority,
    Optional<Instant> lastToken,
    Optional<Instant> lastFailure,
    Optional<String> failure,
    Optional<Instant> shutUntil,
    Optional<Instant> pathEnd) {

  /** Whether the last thing heard from it was a token. */
  public boolean isWell() {
    return lastToken
        .filter(token -> lastFailure.isEmpty() || lastFailure.get().isBefore(token))
        .isPresent();
  }
}
