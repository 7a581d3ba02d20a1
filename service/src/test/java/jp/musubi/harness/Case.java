package jp.musubi.harness;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.operations.Auditor;
import jp.musubi.operations.Violation;

/**
 * One way through a scenario, for a body of its own. Keeps the ledger of the people outside: what
 * they were told has happened must have happened, whatever came after.
 */
public final class Case {
  private static final int MOST_TRIES = 12;
  private static final int MOST_JOBS = 300;

  private final TestBody body;
  private final Power power;
  private final Queue queue;
  private final Map<Queue.Job, String> units = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<Promise> ledger = new ArrayList<>();
  private Predicate<Violation> counts = _ -> true;
  private int lostEndings;

  /** Something that somebody was told, and whether the record knows it. */
  private record Promise(String step, BooleanSupplier kept) {}

  Case(TestBody body, Power power, Queue queue) {
    this.body = body;
    this.power = power;
    this.queue = queue;
    Queue.keep(body.id());
    ServiceTest.RealParts.faults().watch(body.id(), power);
  }

  /** For whom all of it is done. */
  public TestBody body() {
    return body;
  }

  /** Of a contract that was never really sealed not every violation means something. */
  public void countOnly(Predicate<Violation> those) {
    counts = those;
  }

  /**
   * A person's step. Whoever gets no answer looks whether it was taken, and repeats it if not.
   *
   * @param kept whether the record knows of it
   */
  public void step(String unit, Callable<?> action, BooleanSupplier kept) throws Exception {
    for (var tries = 0; tries < MOST_TRIES; tries++) {
      if (!isCut(unit, action)) {
        ledger.add(new Promise(unit, kept));
        return;
      }
      if (kept.getAsBoolean()) {
        return;
      }
    }
    throw new AssertionError(unit + " cannot be done");
  }

  /** A letter went out, and the record could not say so: it will go out once more. */
  void endingLost() {
    lostEndings++;
  }

  /** Somebody is told that it is done; by a service that keeps its word, only afterwards. */
  void tell(String what, BooleanSupplier kept) {
    ledger.add(new Promise(what, kept));
  }

  /** Begun once, and never repeated, whatever came of it. */
  void once(String unit, Callable<?> action) throws Exception {
    isCut(unit, action);
  }

  /** Work of a job that no person waits for, until it ends by itself. */
  public void work(String unit, Callable<?> action) throws Exception {
    for (var tries = 0; tries < MOST_TRIES; tries++) {
      if (!isCut(unit, action)) {
        return;
      }
    }
    throw new AssertionError(unit + " does not end");
  }

  /** All jobs of the body, the oldest first. */
  public void workOff() throws Exception {
    workOff(false, _ -> {});
  }

  /**
   * All jobs of the body.
   *
   * @param newestFirst as on another node, which was faster
   * @param cut what happens while the node is down
   */
  public void workOff(boolean newestFirst, Consumer<String> cut) throws Exception {
    for (var jobs = 0; jobs < MOST_JOBS; jobs++) {
      var next = Queue.next(body.id(), newestFirst);
      if (next.isEmpty()) {
        return;
      }
      var job = next.get();
      var unit = units.computeIfAbsent(job, this::named);
      var down =
          isCut(
              unit,
              () -> {
                var outcome = queue.run(job);
                power.accept("Queue.settle:before");
                Queue.settle(job, outcome, newestFirst);
                power.accept("Queue.settle:after");
                return true;
              });
      if (down) {
        cut.accept(unit);
      }
    }
    throw new AssertionError("the jobs do not come to an end");
  }

  /** Letters are told apart by their occasion: which of two goes first is left to chance. */
  private String named(Queue.Job job) {
    var kind = Queue.kind(job);
    return kind + " " + numbers.merge(kind, 1, Integer::sum);
  }

  /** Does it on a node with power; whether the node lost it over that. */
  private boolean isCut(String unit, Callable<?> action) throws Exception {
    power.on(unit);
    try {
      action.call();
      // Whoever renders errors made a page of it: nobody saw that page.
      return power.rest();
    } catch (Exception | Error e) {
      if (power.rest()) {
        return true;
      }
      throw e;
    }
  }

  /** What is wrong in the end; nothing, if every promise was kept. */
  List<String> wrong(Auditor auditor) {
    ServiceTest.RealParts.faults().leave(body.id());
    var wrong = new ArrayList<String>();
    auditor.audit(body.id(), body.code()).stream()
        .filter(counts)
        .forEach(violation -> wrong.add(violation.toString()));
    ledger.stream()
        .filter(promise -> !promise.kept().getAsBoolean())
        .forEach(promise -> wrong.add("I2: acknowledged and lost: " + promise.step()));
    try (var superuser = ServiceTest.RealParts.database().superuser()) {
      wrong.addAll(Fences.wrong(superuser, body.id()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    wrong.addAll(Letters.wrong(body, power.cuts().size() + lostEndings));
    return wrong;
  }
}
