package jp.musubi;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import jp.musubi.platform.FaultPoints;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;

/**
 * Breaks the work for a body off at chosen fault points, as a crash there would. What goes on for
 * other bodies in the same JVM passes the points unharmed.
 */
public final class Faults implements FaultPoints {
  private final Map<Plan, Runnable> plans = new ConcurrentHashMap<>();
  private final Map<TenantId, Consumer<String>> watchers = new ConcurrentHashMap<>();

  private record Plan(TenantId tenant, String point) {}

  /** The work broke off here. */
  public static final class Broken extends RuntimeException {
    /** At this point. */
    public Broken(String point) {
      super(point);
    }
  }

  /** Breaks off the next time work for {@code tenant} reaches {@code point}, once. */
  public void breakOnceAt(TenantId tenant, String point) {
    onceAt(
        tenant,
        point,
        () -> {
          throw new Broken(point);
        });
  }

  /** Does something the next time work for {@code tenant} reaches {@code point}, once. */
  public void onceAt(TenantId tenant, String point, Runnable action) {
    plans.put(new Plan(tenant, point), action);
  }

  /** Whether every planned fault was met. */
  public boolean areAllMet() {
    return plans.isEmpty();
  }

  /** Tells of every point that work for a body passes. */
  public void watch(TenantId tenant, Consumer<String> watcher) {
    watchers.put(tenant, watcher);
  }

  /** Tells no more of it. */
  public void leave(TenantId tenant) {
    watchers.remove(tenant);
  }

  @Override
  public void reached(String point) {
    var tenant = Tenancy.current();
    tenant.map(body -> plans.remove(new Plan(body, point))).ifPresent(Runnable::run);
    tenant.map(watchers::get).ifPresent(watcher -> watcher.accept(point));
  }
}
