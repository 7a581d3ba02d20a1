package jp.musubi.seal;

import java.util.Optional;
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

  /** The indication of ETSI EN 319 102-1, 5.1.3 that goes with {@link #subIndication}. */
  public Optional<String> indication() {
    return switch (this) {
      case CertificateRevoked _, CertificateUnfit _, RevocationUnavailable _ ->
          Optional.of("INDETERMINATE");
      case UnsealablePdf _ -> Optional.of("TOTAL-FAILED");
      case KeyUnavailable _, TimestampUnavailable _, SignatureTooLarge _ -> Optional.empty();
    };
  }

  /** The sub-indication of ETSI EN 319 102-1, 5.1.3 that says the same, where there is one. */
  public Optional<String> subIndication() {
    return switch (this) {
      case CertificateRevoked _ -> Optional.of("REVOKED_NO_POE");
      case CertificateUnfit _ -> Optional.of("OUT_OF_BOUNDS_NOT_REVOKED");
      case RevocationUnavailable _ -> Optional.of("TRY_LATER");
      case UnsealablePdf _ -> Optional.of("FORMAT_FAILURE");
      case KeyUnavailable _, TimestampUnavailable _, SignatureTooLarge _ -> Optional.empty();
    };
  }
}
