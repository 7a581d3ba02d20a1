package jp.musubi.seal.renewal;

import org.jspecify.annotations.Nullable;

/** Bytes that are no evidence record, or none that can be judged. */
public final class MalformedEvidence extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedEvidence(@Nullable String message, Throwable cause) {
    super(message, cause);
  }
}
