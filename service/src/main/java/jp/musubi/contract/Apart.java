package jp.musubi.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Unavailable;
import jp.musubi.seal.isolation.WorkerLost;
import jp.musubi.seal.isolation.WorkersUnavailable;

/** What it means to a caller when a process that opens files does not answer. */
public final class Apart {
  private static final Duration SOON = Duration.ofSeconds(30);

  private Apart() {}

  /** Work in another process. */
  public interface Work<T> {
    /** Does it. */
    T done() throws IOException, WorkerLost, WorkersUnavailable;
  }

  /**
   * The result of the work.
   *
   * @throws NotFound when there is no such page
   * @throws Unavailable when no process is free, or the one that worked is gone
   */
  public static <T> T from(Work<T> work) {
    try {
      return work.done();
    } catch (IndexOutOfBoundsException e) {
      throw new NotFound(String.valueOf(e.getMessage()));
    } catch (WorkerLost | WorkersUnavailable e) {
      throw new Unavailable("page rendering", SOON, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
