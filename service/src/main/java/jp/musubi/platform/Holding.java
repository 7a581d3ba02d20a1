package jp.musubi.platform;

import java.util.Optional;
import jp.musubi.seal.Sha256;

/**
 * Whose 契約の控え the running code works for. Row-level security then shows, beside the rows of the
 * bound body, what lies on that shelf, whichever body it is of, to be read and never changed.
 */
public final class Holding {
  private static final ScopedValue<Sha256> CURRENT = ScopedValue.newInstance();

  private Holding() {}

  /**
   * Runs {@code work} for one holder. A transaction begun within sees that holder's shelf.
   *
   * @param address digest of the holder's mail address
   */
  public static <T extends @org.jspecify.annotations.Nullable Object, X extends Throwable> T in(
      Sha256 address, ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, address).call(work);
  }

  /** The holder the running code works for, if it works for one. */
  static Optional<Sha256> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }
}
