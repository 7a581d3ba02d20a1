package jp.musubi.seal;

import org.jspecify.annotations.Nullable;

/**
 * The sealing certificate is not valid now, or ends too soon (ETSI EN 319 102-1:
 * OUT_OF_BOUNDS_NOT_REVOKED).
 */
public final class CertificateUnfit extends SealException {

  /** Says what was expected and what came. */
  public CertificateUnfit(String message, @Nullable Throwable cause) {
    super(Port.KEY, message, cause);
  }
}
