package jp.musubi.seal.inspection;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Drawing that is given up when it takes too long (PDF-P15). What a picture costs its decoder does
 * not always show in its headers: a JBIG2 dictionary may tell how it goes on in runs of length zero
 * without end (T.88, 6.5.10). Such a thread cannot be stopped; it is left behind, and {@link
 * Inspection#endless} tells whoever runs the process to end it.
 */
final class TimedDrawing {
  /** Of processor time, so that a busy machine refuses nothing. No reader waits longer. */
  static final Duration LONGEST = Duration.ofSeconds(8);

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private TimedDrawing() {}

  /** Thrown when the drawing has not ended, and may never. */
  static final class Endless extends Exception {
    private static final long serialVersionUID = 1L;

    Endless() {
      super("more than " + LONGEST + " of processor time");
    }
  }

  /**
   * Runs {@code drawing} to its end or to its limit.
   *
   * @throws Endless when the limit came first
   * @throws IOException as the drawing does
   */
  static <T> T within(Callable<T> drawing) throws IOException, Endless {
    var task = new FutureTask<>(drawing);
    var thread = Thread.ofPlatform().daemon().name("drawing").start(task);
    while (true) {
      try {
        return task.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        if (THREADS.getThreadCpuTime(thread.threadId()) > LONGEST.toNanos()) {
          throw new Endless();
        }
      } catch (ExecutionException failed) {
        throw cause(failed);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while a page was drawn", e);
      }
    }
  }

  private static IOException cause(ExecutionException failed) throws IOException {
    return switch (failed.getCause()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case IOException e -> e;
      case null, default -> new IOException(failed.getCause());
    };
  }
}
