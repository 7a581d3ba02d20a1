package jp.musubi.seal;

import org.jspecify.annotations.Nullable;

/** The key's keeper does not answer, or its signature does not verify. */
public final class KeyUnavailable extends SealException {

  /** Says what was expected and what came. */
  public KeyUnavailable(String message, @Nullable Throwable cause) {
    super(Port.KEY, message, cause);
  }
}
