package jp.musubi.harness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.harness.Power.Point;
import jp.musubi.operations.Auditor;
import org.springframework.context.ApplicationContext;

/**
 * Plays a scenario once to learn its points, then again and again until the power has failed at
 * each of them: in one playing at a few points of each unit of work, one a try.
 */
final class Enumeration {
  private static final int AT_ONCE = 3;
  private static final int TRIES = 6;

  /** As many playings as it takes. */
  static final int ALL = Integer.MAX_VALUE;

  private final Auditor auditor;
  private final Queue queue;
  private final int most;

  /**
   * Plays on the running service.
   *
   * @param most playings of a scenario's first round: fewer than it takes leave points out
   */
  Enumeration(ApplicationContext context, int most) {
    this.most = most;
    this.auditor = context.getBean(Auditor.class);
    this.queue = new Queue(context);
  }

  /**
   * What came of a scenario.
   *
   * @param points all it has
   * @param met at which the power failed
   * @param wrong what did not hold afterwards, with the points of that playing
   * @param playings how often it was played
   */
  record Result(String title, Set<Point> points, Set<Point> met, List<String> wrong, int playings) {
    boolean isWhole() {
      return wrong.isEmpty() && met.equals(points);
    }

    /** At which the power never failed. */
    Set<Point> open() {
      var open = new LinkedHashSet<>(points);
      open.removeAll(met);
      return open;
    }
  }

  private record Playing(Power power, List<String> wrong) {}

  Result of(Scenario scenario) {
    var first = play(scenario, Map.of());
    var points = new LinkedHashSet<>(first.power().passed());
    var wrong = new ArrayList<>(first.wrong());
    var met = new LinkedHashSet<Point>();
    var playings = 1;
    for (var rounds = 0;
        rounds < (most == ALL ? 3 : 1) && !met.equals(points) && wrong.isEmpty();
        rounds++) {
      var open = new LinkedHashSet<>(points);
      open.removeAll(met);
      // What a second try does not reach any more is cut in a first one.
      for (var playing : playAll(scenario, plans(open, rounds == 0 ? TRIES : 1))) {
        playings++;
        met.addAll(playing.power().cuts());
        playing
            .wrong()
            .forEach(what -> wrong.add("%s, cut at %s".formatted(what, playing.power().cuts())));
      }
      met.retainAll(points);
    }
    return new Result(scenario.title(), points, met, wrong, playings);
  }

  /** Plans that have every point; those of one unit and plan lie far apart. */
  private List<Map<String, List<String>>> plans(Set<Point> points, int tries) {
    Map<String, List<String>> units = new LinkedHashMap<>();
    points.forEach(
        point -> units.computeIfAbsent(point.unit(), _ -> new ArrayList<>()).add(point.name()));
    var plans = new TreeMap<Integer, Map<String, List<String>>>();
    units.forEach((unit, names) -> {
      var count = (names.size() + tries - 1) / tries;
      for (var i = 0; i < names.size(); i++) {
        plans
            .computeIfAbsent(i % count, _ -> new HashMap<>())
            .computeIfAbsent(unit, _ -> new ArrayList<>())
            .add(names.get(i));
      }
    });
    var all = List.copyOf(plans.values());
    return all.size() <= most
        ? all
        : IntStream.range(0, most).mapToObj(i -> all.get(i * all.size() / most)).toList();
  }

  private List<Playing> playAll(Scenario scenario, List<Map<String, List<String>>> plans) {
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var all = new ArrayList<Future<Playing>>();
      plans.forEach(plan -> all.add(threads.submit(() -> play(scenario, plan))));
      var played = new ArrayList<Playing>();
      for (var one : all) {
        played.add(one.get());
      }
      return played;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private Playing play(Scenario scenario, Map<String, List<String>> plan) {
    var body = TestBody.create("x");
    var power = new Power(plan);
    var each = new Case(body, power, queue);
    var wrong = new ArrayList<String>();
    try {
      scenario.play(each);
    } catch (Exception | AssertionError e) {
      // Whatever stops a playing is a finding of it, and the other playings go on.
      wrong.add("not ended: " + e);
    } finally {
      ServiceTest.RealParts.faults().leave(body.id());
    }
    wrong.addAll(each.wrong(auditor));
    return new Playing(power, wrong);
  }
}
