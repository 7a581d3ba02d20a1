package jp.musubi.seal.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A remote part did not answer, or not as it should. */
final class RemoteFailure extends IOException {
  private final @Nullable Duration pause;

  RemoteFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.pause = null;
  }

  /** It said when to come again. */
  RemoteFailure(String message, Duration pause) {
    super(message);
    this.pause = pause;
  }

  /** Retry-After, when the part said so. */
  Optional<Duration> pause() {
    return Optional.ofNullable(pause);
  }
}
