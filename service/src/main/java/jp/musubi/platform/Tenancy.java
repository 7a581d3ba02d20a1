package jp.musubi.platform;

import java.util.Optional;

/**
 * Which body the running code works for. Row-level security shows that body's rows and no others;
 * outside of {@link #in} a query sees no rows at all (WEB-7).
 */
public final class Tenancy {
  private static final ScopedValue<TenantId> CURRENT = ScopedValue.newInstance();

  private Tenancy() {}

  /** Runs {@code work} for one body. A transaction begun within sees that body's rows only. */
  public static <T extends @org.jspecify.annotations.Nullable Object, X extends Throwable> T in(
      TenantId tenant, ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, tenant).call(work);
  }

  /** The body the running code works for, if it works for one. */
  public static Optional<TenantId> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /**
   * The body the running code works for.
   *
   * @throws IllegalStateException outside of {@link #in}: a defect, never a user's error
   */
  public static TenantId required() {
    return current().orElseThrow(() -> new IllegalStateException("no body is bound"));
  }
}
