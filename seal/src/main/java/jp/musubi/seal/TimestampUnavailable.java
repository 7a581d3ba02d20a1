package jp.musubi.seal;

import org.jspecify.annotations.Nullable;

/** No timestamp token that may be relied on could be had; another try may succeed. */
public final class TimestampUnavailable extends SealException {

  /** Says what was expected and what came. */
  public TimestampUnavailable(String message, @Nullable Throwable cause) {
    super(Port.TSA, message, cause);
  }
}
