package jp.musubi.seal.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.inspection.Inspection;
import jp.musubi.seal.inspection.Rebuilt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * 隔離した検査 — inspection, rebuild and page images in processes of their own. A file that a process
 * does not survive gets a finding (PDF-P15); the next file gets a fresh process, started ahead.
 */
public final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  /** A start is slow when the machine is busy; it says nothing of any file. */
  private static final Duration START = Duration.ofSeconds(60);

  /** After so many files a process is replaced, whatever its libraries have kept of them. */
  private static final int MOST_FILES = 500;

  private final Path jar;
  private final WorkerLimits limits;
  private final int size;
  private final Semaphore places;
  private final Deque<Seat> idle = new ArrayDeque<>();
  private volatile boolean closed;

  /** A process and how many files it has seen. */
  private record Seat(Worker worker, int files) {}

  /**
   * Starts nothing yet.
   *
   * @param jar an executable jar that runs {@link WorkerMain} when told {@code worker}
   * @param size how many processes at once
   */
  public Workers(Path jar, WorkerLimits limits, int size) {
    this.jar = jar.toAbsolutePath();
    this.limits = limits;
    this.size = size;
    this.places = new Semaphore(size, true);
  }

  /** Starts processes ahead of the files, and returns when they are ready. */
  public void warmUp() {
    for (var i = 0; i < size && !closed; i++) {
      keepOneMore();
    }
  }

  /**
   * Inspects a file (PDF-P01 to P17). Whatever the file does, the answer is an inspection.
   *
   * @throws WorkersUnavailable when no process can be had
   */
  public Inspection inspect(Path pdf) throws WorkersUnavailable {
    try {
      var answer = ask(new Order(Wire.Task.INSPECT, pdf, null, 0, 0));
      return answer.inspection() == null
          ? Inspection.notFinished(size(pdf), String.valueOf(answer.failure()))
          : answer.inspection();
    } catch (WorkerLost lost) {
      return Inspection.notFinished(size(pdf), String.valueOf(lost.getMessage()));
    }
  }

  /**
   * Inspects a file and, where it is acceptable, writes it anew (PDF-P16) and compares (PDF-P17).
   *
   * @param target where the new file goes; nothing is left there unless it was written
   * @throws WorkersUnavailable when no process can be had
   */
  public Rebuilt rebuild(Path source, Path target) throws WorkersUnavailable {
    try {
      var answer = ask(new Order(Wire.Task.REBUILD, source, target, 0, 0));
      var inspection = answer.inspection();
      if (inspection == null) {
        return refused(source, target, String.valueOf(answer.failure()));
      }
      return answer.sha256() == null
          ? new Rebuilt.Refused(inspection)
          : new Rebuilt.Written(Sha256.parse(answer.sha256()), answer.pages(), inspection);
    } catch (WorkerLost lost) {
      return refused(source, target, String.valueOf(lost.getMessage()));
    }
  }

  /**
   * Draws a page as a PNG.
   *
   * @param page from 1
   * @throws IndexOutOfBoundsException when there is no such page
   * @throws WorkerLost when the page cannot be drawn within the limits
   * @throws IOException when the file cannot be read
   */
  public byte[] image(Path pdf, int page, int widthPx)
      throws IOException, WorkerLost, WorkersUnavailable {
    var picture = Files.createTempFile("musubi-page", ".png");
    try {
      readable(ask(new Order(Wire.Task.IMAGE, pdf, picture, page, widthPx)));
      return Files.readAllBytes(picture);
    } finally {
      Files.deleteIfExists(picture);
    }
  }

  /**
   * The text of a page.
   *
   * @param page from 1
   * @throws IndexOutOfBoundsException when there is no such page
   * @throws WorkerLost when the page cannot be read within the limits
   * @throws IOException when the file cannot be read
   */
  public String text(Path pdf, int page) throws IOException, WorkerLost, WorkersUnavailable {
    var answer = readable(ask(new Order(Wire.Task.TEXT, pdf, null, page, 0)));
    return answer.text() == null ? "" : answer.text();
  }

  /** What is to be done. */
  private record Order(Wire.Task task, Path pdf, @Nullable Path target, int page, int width) {
    Wire.Question question() {
      return new Wire.Question(
          UUID.randomUUID().toString(),
          task,
          pdf.toAbsolutePath().toString(),
          target == null ? "" : target.toAbsolutePath().toString(),
          page,
          width);
    }
  }

  private Wire.Answer ask(Order order) throws WorkerLost, WorkersUnavailable {
    try {
      if (!places.tryAcquire(limits.queueing().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new WorkersUnavailable("all processes are busy for " + limits.queueing());
      }
      try {
        return askOne(order);
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkersUnavailable("interrupted while a process worked", e);
    }
  }

  private Wire.Answer askOne(Order order)
      throws WorkerLost, WorkersUnavailable, InterruptedException {
    var waiting = waiting();
    var seat = waiting.isPresent() ? waiting.get() : start();
    try {
      var answer = seat.worker().ask(order.question(), limits.cpu(), limits.deadline());
      if (answer.inspection() != null && answer.inspection().endless()) {
        seat.worker().kill();
      } else {
        giveBack(new Seat(seat.worker(), seat.files() + 1));
      }
      return answer;
    } catch (WorkerLost lost) {
      LOG.warn("a worker is gone over {} of a file: {}", order.task(), lost.getMessage());
      Thread.ofPlatform().daemon().name("worker-start").start(this::keepOneMore);
      throw lost;
    }
  }

  private Optional<Seat> waiting() {
    synchronized (idle) {
      while (!idle.isEmpty()) {
        var seat = idle.pop();
        if (seat.worker().isAlive()) {
          return Optional.of(seat);
        }
        seat.worker().kill();
      }
      return Optional.empty();
    }
  }

  private Seat start() throws WorkersUnavailable, InterruptedException {
    if (!Files.isRegularFile(jar)) {
      throw new WorkersUnavailable("there is no such jar: " + jar);
    }
    try {
      var worker = Worker.start(jar, limits);
      worker.ask(new Order(Wire.Task.GREET, jar, null, 0, 0).question(), START, START);
      return new Seat(worker, 0);
    } catch (IOException | WorkerLost e) {
      throw new WorkersUnavailable("no process starts from " + jar, e);
    }
  }

  private void giveBack(Seat seat) {
    synchronized (idle) {
      if (!closed && seat.files() < MOST_FILES && idle.size() < size) {
        idle.push(seat);
        return;
      }
    }
    seat.worker().kill();
  }

  private void keepOneMore() {
    try {
      giveBack(start());
    } catch (WorkersUnavailable e) {
      LOG.error("no file can be inspected", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Wire.Answer readable(Wire.Answer answer) throws IOException {
    if (answer.noSuchPage()) {
      throw new IndexOutOfBoundsException(answer.failure());
    }
    if (answer.failure() != null) {
      throw new IOException(answer.failure());
    }
    return answer;
  }

  private static Rebuilt refused(Path source, Path target, String why) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      LOG.warn("half a file stays behind: {}", target, e);
    }
    return new Rebuilt.Refused(Inspection.notFinished(size(source), why));
  }

  private static long size(Path pdf) {
    return pdf.toFile().length();
  }

  /** Processes that wait, for tests that stop one. */
  long[] pids() {
    synchronized (idle) {
      return idle.stream().mapToLong(seat -> seat.worker().pid()).toArray();
    }
  }

  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(seat -> seat.worker().kill());
      idle.clear();
    }
  }
}
