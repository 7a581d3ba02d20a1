package jp.musubi;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import jp.musubi.platform.FaultPoints;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;

/** Breaks the work off at chosen fault points, as a crash there would. */
public final class Faults implements FaultPoints {
  private final Map<String, Runnable> plans = new ConcurrentHashMap<>();
  private final Map<TenantId, Consumer<String>> watchers = new ConcurrentHashMap<>();

  /** The work broke off here. */
  public static final class Broken extends RuntimeException {
    /** At this point. */
    public Broken(String point) {
      super(point);
    }
  }

  /** Breaks off the next time {@code point} is reached, once. */
  public void breakOnceAt(String point) {
    onceAt(
        point,
        () -> {
          throw new Broken(point);
        });
  }

  /** Does something the next time {@code point} is reached, once. */
  public void onceAt(String point, Runnable action) {
    plans.put(point, action);
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
    var plan = plans.remove(point);
    if (plan != null) {
      plan.run();
    }
    Tenancy.current().map(watchers::get).ifPresent(watcher -> watcher.accept(point));
  }
}
