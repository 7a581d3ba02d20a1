package jp.musubi.seal.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes themselves: so many at once, one file each, replaced when they are lost or old. */
final class WorkerPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

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

  WorkerPool(Path jar, WorkerLimits limits, int size) {
    this.jar = jar.toAbsolutePath();
    this.limits = limits;
    this.size = size;
    this.places = new Semaphore(size, true);
  }

  /** Starts processes ahead of the files, and returns when they are ready. */
  void warmUp() {
    for (var i = 0; i < size && !closed; i++) {
      keepOneMore();
    }
  }

  Wire.Answer ask(Wire.Question question) throws WorkerLost, WorkersUnavailable {
    try {
      if (!places.tryAcquire(limits.queueing().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new WorkersUnavailable("all processes are busy for " + limits.queueing());
      }
      try {
        return askOne(question);
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkersUnavailable("interrupted while a process worked", e);
    }
  }

  private Wire.Answer askOne(Wire.Question question)
      throws WorkerLost, WorkersUnavailable, InterruptedException {
    var waiting = waiting();
    var seat = waiting.isPresent() ? waiting.get() : start();
    try {
      var answer = seat.worker().ask(question, limits.cpu(), limits.deadline());
      if (answer.inspection() != null && answer.inspection().endless()) {
        seat.worker().kill();
      } else {
        giveBack(new Seat(seat.worker(), seat.files() + 1));
      }
      return answer;
    } catch (WorkerLost lost) {
      LOG.warn("a worker is gone over {} of a file: {}", question.task(), lost.getMessage());
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
      worker.ask(Wire.Question.of(Wire.Task.GREET, jar), START, START);
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
