package jp.musubi;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jp.musubi.platform.FaultPoints;

/** Breaks the work off at chosen fault points, as a crash there would. */
public final class Faults implements FaultPoints {
  private final Map<String, Runnable> plans = new ConcurrentHashMap<>();

  /** The work broke off here. */
  public static final class Broken extends RuntimeException {
    Broken(String point) {
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

  @Override
  public void reached(String point) {
    var plan = plans.remove(point);
    if (plan != null) {
      plan.run();
    }
  }
}
