package jp.musubi.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.musubi.bench.engine.Reply;
import jp.musubi.bench.engine.Request;

/**
 * 計測の一走 — The same work by several engines in turns (A B C A B C …), so that a machine that drifts
 * drifts for all. Each turn is a fifth of a second or one round, each engine measured for as long.
 */
final class Race {
  private static final double TURN_NANOS = 2e8;

  private Race() {}

  /**
   * Who runs and what it is asked.
   *
   * @param engine its name
   */
  record Entry(String engine, EngineProcess process, Request request) {}

  /**
   * How long, for each engine.
   *
   * @param warmUp before anything counts; one round at least
   * @param measured rounds are added until they have taken this long together
   * @param fewest rounds, however long they take
   * @param most rounds, however short they are
   */
  record Budget(Duration warmUp, Duration measured, int fewest, int most) {}

  /** Runs; an engine that cannot or fails is told of in {@code notes} and has no samples. */
  static Map<String, Samples> run(List<Entry> entries, Budget budget, List<String> notes)
      throws IOException {
    var samples = new LinkedHashMap<String, Samples>();
    List<Entry> warm = new ArrayList<>();
    for (var entry : entries) {
      if (warmUp(entry, budget, notes)) {
        warm.add(entry);
        samples.put(entry.engine(), new Samples());
      }
    }
    while (!warm.isEmpty()) {
      for (var entry : warm) {
        var sample = samples.get(entry.engine());
        if (sample == null || !turn(entry, sample, budget, notes)) {
          samples.remove(entry.engine());
        }
      }
      warm = unfinished(warm, samples, budget);
    }
    return samples;
  }

  private static boolean warmUp(Entry entry, Budget budget, List<String> notes) throws IOException {
    var spent = 0L;
    do {
      switch (entry.process().ask(entry.request().times(1))) {
        case Reply.Done done -> spent += done.nanos().getFirst();
        case Reply.Cannot _ -> {
          return false;
        }
        case Reply.Failed(var why) -> {
          notes.add(entry.engine() + ": " + why);
          return false;
        }
      }
    } while (spent < budget.warmUp().toNanos());
    return true;
  }

  private static boolean turn(Entry entry, Samples sample, Budget budget, List<String> notes)
      throws IOException {
    var usual = sample.rounds() == 0 ? TURN_NANOS : sample.total() / sample.rounds();
    var rounds = Math.clamp((long) (TURN_NANOS / usual), 1, budget.most());
    return switch (entry.process().ask(entry.request().times(rounds))) {
      case Reply.Done done -> {
        sample.add(done);
        yield true;
      }
      case Reply.Cannot(var why) -> {
        notes.add(entry.engine() + ": " + why);
        yield false;
      }
      case Reply.Failed(var why) -> {
        notes.add(entry.engine() + ": " + why);
        yield false;
      }
    };
  }

  private static List<Entry> unfinished(
      List<Entry> running, Map<String, Samples> samples, Budget budget) {
    var rest = new ArrayList<Entry>();
    for (var entry : running) {
      var sample = samples.get(entry.engine());
      if (sample != null
          && sample.rounds() < budget.most()
          && (sample.rounds() < budget.fewest() || sample.total() < budget.measured().toNanos())) {
        rest.add(entry);
      }
    }
    return rest;
  }
}
