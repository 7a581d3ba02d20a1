package jp.musubi.seal;

import org.jspecify.annotations.Nullable;

/**
 * Nothing that may be relied on says whether a certificate is revoked (ETSI EN 319 102-1:
 * INDETERMINATE, TRY_LATER).
 */
public final class RevocationUnavailable extends SealException {

  /** Says what was expected and what came. */
  public RevocationUnavailable(String message, @Nullable Throwable cause) {
    super(Port.REVOCATION, message, cause);
  }
}
