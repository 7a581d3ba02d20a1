package jp.musubi.seal;

import org.jspecify.annotations.Nullable;

/**
 * A certificate of the seal or of a timestamp is revoked (ETSI EN 319 102-1: REVOKED); a person has
 * to act.
 */
public final class CertificateRevoked extends SealException {

  /** Says what was expected and what came. */
  public CertificateRevoked(String message, @Nullable Throwable cause) {
    super(Port.REVOCATION, message, cause);
  }
}
