package jp.musubi.platform;

import java.time.Duration;

/** A part the service stands on does not answer (503); nothing was acknowledged. */
public final class Unavailable extends RuntimeException {
  private final Duration retryAfter;

  /** Names the part and when to try again. */
  public Unavailable(String what, Duration retryAfter, Throwable cause) {
    super(what, cause);
    this.retryAfter = retryAfter;
  }

  /** When another try is worth it. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
