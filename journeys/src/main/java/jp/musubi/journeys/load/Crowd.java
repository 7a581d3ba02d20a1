package jp.musubi.journeys.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Many people, each of whom does one thing. */
public final class Crowd {
  private Crowd() {}

  /** What one of them does. */
  public interface Deed<T> {
    /** Does it. */
    T done() throws Exception;
  }

  /**
   * What came of one.
   *
   * @param after from the moment of coming until it was done
   */
  public record Waited<T>(T made, Duration after) {}

  /**
   * Everybody comes at their moment, whether those before are done or not, and waits from then on:
   * a service that is late makes nobody come later (no coordinated omission).
   *
   * @param perSecond how many come a second
   * @return in the order of coming
   */
  public static <T> List<Waited<T>> come(List<? extends Deed<T>> deeds, double perSecond)
      throws InterruptedException, ExecutionException {
    var began = System.nanoTime();
    var apart = (long) (1_000_000_000L / perSecond);
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var waits = new ArrayList<java.util.concurrent.Future<Waited<T>>>();
      for (var i = 0; i < deeds.size(); i++) {
        var moment = began + i * apart;
        var deed = deeds.get(i);
        waits.add(
            people.submit(() -> {
              // People come by the clock; an open load is nothing else.
              Thread.sleep(Duration.ofNanos(Math.max(0, moment - System.nanoTime())));
              var made = deed.done();
              return new Waited<>(made, Duration.ofNanos(System.nanoTime() - moment));
            }));
      }
      var measured = new ArrayList<Waited<T>>();
      for (var wait : waits) {
        measured.add(wait.get());
      }
      return measured;
    }
  }

  /** A few at a time, each when another is done; what they made, in the order of the deeds. */
  static <T> List<T> work(List<? extends Deed<T>> deeds, int atOnce)
      throws InterruptedException, ExecutionException {
    try (var people = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
      var made = new ArrayList<java.util.concurrent.Future<T>>();
      for (var deed : deeds) {
        made.add(people.submit(deed::done));
      }
      var all = new ArrayList<T>();
      for (var each : made) {
        all.add(each.get());
      }
      return all;
    }
  }
}
