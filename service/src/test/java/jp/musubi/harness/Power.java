package jp.musubi.harness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The power of the node that works for one body. It may fail in each unit of work (a person's step,
 * a job), at points that were chosen before: one in the first try, another in the second, and so
 * on. From then on nothing of that unit has an effect any more: whatever it still tries passes a
 * fault point first, and finds the power gone.
 */
public final class Power implements Consumer<String> {
  /**
   * The threads of the running service's scheduler. What it does for all bodies every few seconds
   * is work of another node, which has power of its own; to count it would make the points of a
   * unit depend on how long it takes.
   */
  private static final String OTHERS = "db-scheduler";

  private final Map<String, List<String>> plan;
  private final Map<String, Integer> attempts = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final List<Point> passed = new ArrayList<>();
  private final Set<Point> cut = new HashSet<>();
  private String unit = "";
  private boolean off;

  /** A place in a unit of work: {@code Port.method:before#2} is the second passing of it. */
  public record Point(String unit, String name) {}

  /** The lights went out. An error, which nobody catches. */
  public static final class Cut extends Error {
    private static final long serialVersionUID = 1L;

    Cut(String point) {
      super(point);
    }
  }

  /** Power that fails as planned: the points of a unit, one in each try of it. */
  public Power(Map<String, List<String>> plan) {
    this.plan = Map.copyOf(plan);
  }

  /** A unit of work begins, on a node that has power. */
  synchronized void on(String next) {
    unit = next;
    off = false;
    counts.clear();
    attempts.merge(next, 1, Integer::sum);
  }

  /** No unit of work is under way; whether it had ended by losing its power. */
  synchronized boolean rest() {
    var failed = off;
    unit = "";
    off = false;
    return failed;
  }

  @Override
  public synchronized void accept(String name) {
    if (Thread.currentThread().getName().startsWith(OTHERS)) {
      return;
    }
    if (off) {
      throw new Cut("already off at " + name);
    }
    if (unit.isEmpty()) {
      return;
    }
    var point = new Point(unit, name + "#" + counts.merge(name, 1, Integer::sum));
    var attempt = attempts.getOrDefault(unit, 1);
    if (attempt == 1) {
      passed.add(point);
    }
    var cuts = plan.getOrDefault(unit, List.of());
    if (attempt <= cuts.size() && point.name().equals(cuts.get(attempt - 1))) {
      off = true;
      cut.add(point);
      throw new Cut(point.toString());
    }
  }

  /** Every point of first tries, in order. */
  public synchronized List<Point> passed() {
    return List.copyOf(passed);
  }

  /** Where it failed. */
  public synchronized Set<Point> cuts() {
    return Set.copyOf(cut);
  }
}
