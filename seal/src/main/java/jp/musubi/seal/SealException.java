package jp.musubi.seal;

import org.jspecify.annotations.Nullable;

/** Why a document could not be sealed. Nothing has been written when one is thrown. */
public abstract sealed class SealException extends RuntimeException
    permits KeyUnavailable,
        TimestampUnavailable,
        RevocationUnavailable,
        CertificateRevoked,
        CertificateUnfit,
        SignatureTooLarge,
        UnsealablePdf {
  private final Port port;

  SealException(Port port, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.port = port;
  }

  /** Where it failed. */
  public Port port() {
    return port;
  }
}
