package jp.musubi.journeys.drill;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Stands for Patroni, and is not it: looks at the primary every second, and after three looks in
 * vain promotes the standby. There is no vote and no lock, as two servers on one machine need none;
 * what is drilled is what the service and its clients make of a promotion.
 */
final class StandsForPatroni {
  private static final int LOOKS = 3;

  private StandsForPatroni() {}

  /** Watches until it has promoted; how long that took from the first look in vain. */
  static CompletableFuture<Duration> watch(Postgres primary, Postgres standby) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        var vain = 0;
        var first = 0L;
        while (vain < LOOKS) {
          // How often it looks, as Patroni does at its own pace.
          Thread.sleep(1000);
          if (primary.answers()) {
            vain = 0;
          } else if (vain++ == 0) {
            first = System.nanoTime();
          }
        }
        standby.promote();
        return Duration.ofNanos(System.nanoTime() - first);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      } catch (SQLException e) {
        throw new IllegalStateException("the standby was not promoted", e);
      }
    });
  }
}
