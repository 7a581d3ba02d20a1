package jp.musubi.vault;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.Unavailable;

/**
 * Puts a deadline on the store. A network file system that hangs must not hang the service: the
 * caller gets {@link Unavailable}, and the stuck thread is left to end when the system call does.
 */
final class StoreGate {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private final Duration deadline;

  StoreGate(Duration deadline) {
    this.deadline = deadline;
  }

  /**
   * The result of {@code work}.
   *
   * @throws Unavailable if it failed or took longer than the deadline
   */
  <T> T within(String what, Callable<T> work) {
    var tenant = Tenancy.current();
    var task =
        new FutureTask<>(
            () -> tenant.isPresent() ? Tenancy.in(tenant.get(), work::call) : work.call());
    Thread.ofPlatform().name("store-" + what).daemon().start(task);
    try {
      return task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new Unavailable("object store: " + what, RETRY_AFTER, e);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new Unavailable("object store: " + what, RETRY_AFTER, e);
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case IOException io -> new Unavailable("object store: " + what, RETRY_AFTER, io);
        case RuntimeException defect -> defect;
        case Error error -> throw error;
        case null, default -> new IllegalStateException(e);
      };
    }
  }
}
