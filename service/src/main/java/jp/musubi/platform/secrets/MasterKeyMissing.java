package jp.musubi.platform.secrets;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** 主鍵がない. The master key cannot be opened, or is not the one that wrapped the bodies' keys. */
public final class MasterKeyMissing extends RuntimeException {

  MasterKeyMissing(String message) {
    super(message);
  }

  MasterKeyMissing(Throwable cause) {
    super(cause.getMessage(), cause);
  }

  /** Whether that is why a start failed. */
  public static Optional<MasterKeyMissing> in(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(MasterKeyMissing.class::isInstance)
        .map(MasterKeyMissing.class::cast)
        .findFirst();
  }
}
