package jp.musubi.seal.isolation;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process with its own heap, its own folder and one file at a time. */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** The end of the process's answers. */
  private static final String END = "";

  private static final int EXIT_OUT_OF_MEMORY = 3;
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Process process;
  private final Path folder;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private Worker(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** Starts a process; it is ready when it answers its first question. */
  static Worker start(Path jar, WorkerLimits limits) throws IOException {
    var folder = Files.createTempDirectory("musubi-worker");
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + limits.heapMegabytes() + "m",
                "-Xms16m",
                "-Xss1m",
                "-XX:MaxMetaspaceSize=128m",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:MaxDirectMemorySize=32m",
                "-XX:+UseSerialGC",
                "-XX:ActiveProcessorCount=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + folder,
                "-Duser.home=" + folder,
                "-jar",
                jar.toString(),
                "worker")
            .directory(folder.toFile())
            .redirectError(folder.resolve("log").toFile());
    // What the service was told as a secret is no business of a file's process.
    builder.environment().keySet().retainAll(List.of("PATH", "LANG", "LC_ALL", "TZ"));
    var worker = new Worker(builder.start(), folder);
    Thread.ofPlatform().daemon().name("worker-answers").start(worker::listen);
    return worker;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** A folder that goes with the process. */
  Path folder() {
    return folder;
  }

  long pid() {
    return process.pid();
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws WorkerLost when there is none within the limits; the process is then gone
   */
  Wire.Answer ask(Wire.Question question, Duration cpu, Duration deadline)
      throws WorkerLost, InterruptedException {
    var began = System.nanoTime();
    var spent = cpuTime();
    try {
      var in = process.outputWriter(StandardCharsets.UTF_8);
      in.write(Wire.line(question));
      in.flush();
      while (true) {
        var line = lines.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (line != null) {
          return answer(line, question);
        }
        if (cpuTime().minus(spent).compareTo(cpu) > 0) {
          throw new WorkerLost(WorkerLost.Cause.CPU, "more than " + cpu + " of processor time");
        }
        if (System.nanoTime() - began > deadline.toNanos()) {
          throw new WorkerLost(WorkerLost.Cause.DEADLINE, "no answer within " + deadline);
        }
      }
    } catch (WorkerLost lost) {
      kill();
      throw lost;
    } catch (InterruptedException interrupted) {
      kill();
      throw interrupted;
    } catch (IOException closed) {
      kill();
      throw new WorkerLost(WorkerLost.Cause.ENDED, "it takes no question: " + closed.getMessage());
    }
  }

  private Wire.Answer answer(String line, Wire.Question question)
      throws WorkerLost, InterruptedException {
    if (line.equals(END) || !line.startsWith("{")) {
      // What the JVM says when it ends for want of memory is no answer either.
      var exit = process.waitFor(1, TimeUnit.SECONDS) ? process.exitValue() : Integer.MIN_VALUE;
      throw exit == EXIT_OUT_OF_MEMORY
          ? new WorkerLost(WorkerLost.Cause.MEMORY, "more memory than it has")
          : new WorkerLost(WorkerLost.Cause.ENDED, "it ended with " + exit);
    }
    var answer = Wire.answer(line);
    if (!answer.id().equals(question.id())) {
      throw new WorkerLost(WorkerLost.Cause.ENDED, "it answered another question");
    }
    return answer;
  }

  private Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void listen() {
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = line(out); !line.equals(END); line = line(out)) {
        lines.add(line);
      }
    } catch (IOException e) {
      LOG.debug("a worker's answers end", e);
    }
    lines.add(END);
  }

  /** A line that is too long ends the conversation, so that no process fills our memory. */
  private static String line(Reader out) throws IOException {
    var line = new StringBuilder();
    for (var c = out.read(); c >= 0 && c != '\n'; c = out.read()) {
      if (line.length() >= Wire.LONGEST_LINE) {
        return END;
      }
      line.append((char) c);
    }
    return line.toString();
  }

  /** Ends the process at once and removes what it has written. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (var files = Files.walk(folder)) {
      for (var each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("a worker's folder stays behind: {}", folder, e);
    }
  }
}
