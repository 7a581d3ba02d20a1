package jp.musubi.journeys.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of the drill's own, with its log; whatever it started ends with it.
 *
 * @param log all that it printed
 */
record Child(Process process, Path log) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  static Child start(Path log, List<String> command, Map<String, String> environment)
      throws IOException {
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return new Child(builder.start(), log);
  }

  /** Runs a command to its end; its output if it succeeded. */
  static String run(List<String> command) throws IOException, InterruptedException {
    return run(command, Map.of());
  }

  /** As {@link #run(List)}, with more in its environment. */
  static String run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var process = builder.start();
    var said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " failed: " + said);
    }
    return said;
  }

  /** Waits until it has printed a line. */
  Child await(String line) throws IOException, InterruptedException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until && process.isAlive()) {
      if (Files.readString(log).contains(line)) {
        return this;
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    close();
    throw new IllegalStateException("'%s' was not said: %s".formatted(line, Files.readString(log)));
  }

  /** SIGKILL, to it and to what it started, as when a machine loses power. */
  void kill() throws InterruptedException {
    var all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
    // What they shared, such as PostgreSQL's memory, is free when the last of them has gone.
    all.forEach(each -> each.onExit().completeOnTimeout(each, 20, TimeUnit.SECONDS).join());
  }

  /** Sends it a signal, such as STOP or CONT. */
  void signal(String name) throws IOException, InterruptedException {
    run(List.of("kill", "-" + name, String.valueOf(process.pid())));
  }

  /** Asks it to end and waits. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      kill();
    }
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
