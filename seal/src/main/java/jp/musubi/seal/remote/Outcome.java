package jp.musubi.seal.remote;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import jp.musubi.seal.CertificateRevoked;
import jp.musubi.seal.RevocationUnavailable;
import jp.musubi.seal.SealException;
import jp.musubi.seal.TimestampUnavailable;
import jp.musubi.seal.timestamp.TokenRefusal;
import jp.musubi.seal.timestamp.TokenVerdict;

/** What came of asking one timestamp authority. */
sealed interface Outcome {

  /** A token that may be relied on. */
  record Given(TokenVerdict.Verified verified) implements Outcome {}

  /** An answer that may not. */
  record Refused(TokenVerdict.Refused why, Optional<SealException> cause) implements Outcome {}

  /**
   * No answer.
   *
   * @param pause Retry-After, when the authority said so
   */
  record Silent(RemoteFailure failure, Optional<Duration> pause) implements Outcome {}

  /** What a caller of the port is told. */
  static SealException failure(URI address, Refused refused) {
    var message = "%s: %s, %s".formatted(address, refused.why().reason(), refused.why().detail());
    var cause = refused.cause().orElse(null);
    if (refused.why().reason() == TokenRefusal.REVOCATION_UNKNOWN) {
      return new RevocationUnavailable(message, cause);
    }
    return refused.why().reason() == TokenRefusal.REVOKED
        ? new CertificateRevoked(message, cause)
        : new TimestampUnavailable(message, cause);
  }

  /** What a caller of the port is told. */
  static SealException failure(URI address, Silent silent) {
    return new TimestampUnavailable(
        "%s: %s".formatted(address, silent.failure().getMessage()), silent.failure());
  }
}
