package jp.musubi.sealing;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * EU DSS in a process of its own: what a hostile or huge file does to it does not happen to us. One
 * line of JSON asks, one answers. A process that is late or gone is replaced.
 */
final class SecondValidator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SecondValidator.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LTA = "PAdES-BASELINE-LTA";
  private static final Path NICE = Path.of("/usr/bin/nice");

  /** On a busy machine people who press a button come first (POSIX.1-2024, nice). */
  private static final List<String> BEHIND = List.of(NICE.toString(), "-n", "10");

  private final Path jar;
  private final List<Path> trustAnchors;
  private final Duration deadline;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable Worker worker;

  SecondValidator(Path jar, List<Path> trustAnchors, Duration deadline) {
    this.jar = jar.toAbsolutePath();
    this.trustAnchors = trustAnchors.stream().map(Path::toAbsolutePath).toList();
    this.deadline = deadline;
  }

  private record Worker(Process process, BufferedWriter in, BufferedReader out) {}

  /** Starts the process ahead of the first file. */
  void warmUp() {
    turn.lock();
    try {
      running();
    } catch (IOException e) {
      LOG.error("the second validator does not start; nothing can be concluded: {}", jar, e);
    } finally {
      turn.unlock();
    }
  }

  /**
   * Insists that every signature is TOTAL_PASSED and PAdES-BASELINE-LTA.
   *
   * @param signatures how many there have to be
   * @throws NotValid if one is not, or nobody answers within the deadline
   */
  void insistOnLta(Path pdf, int signatures) {
    var answer = ask(pdf);
    var found = answer.path("signatures");
    if (!answer.path("passed").asBoolean(false) || found.size() != signatures) {
      throw new NotValid("the second validator refuses the file: " + answer);
    }
    for (var signature : found) {
      if (!signature.path("level").asString("").equals(LTA)) {
        throw new NotValid("the second validator misses the level: " + signature);
      }
    }
  }

  private JsonNode ask(Path pdf) {
    turn.lock();
    try {
      var id = UUID.randomUUID().toString();
      var request =
          JSON.writeValueAsString(
              Map.of(
                  "id", id,
                  "pdf", pdf.toAbsolutePath().toString(),
                  "trust", trustAnchors.stream().map(Path::toString).toList()));
      var current = running();
      current.in().write(request + "\n");
      current.in().flush();
      var answer = JSON.readTree(readLine(current));
      if (!answer.path("id").asString("").equals(id)) {
        throw new IOException("the second validator answered another question");
      }
      return answer;
    } catch (IOException | TimeoutException | JacksonException e) {
      stop();
      throw new NotValid("the second validator does not answer", e);
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
      throw new NotValid("interrupted while the second validator worked", e);
    } finally {
      turn.unlock();
    }
  }

  private String readLine(Worker current)
      throws IOException, TimeoutException, InterruptedException {
    var answer = new CompletableFuture<String>();
    Thread.ofPlatform()
        .name("second-validator-answer")
        .daemon()
        .start(() -> {
          try {
            var line = current.out().readLine();
            if (line == null) {
              answer.completeExceptionally(new IOException("the second validator has ended"));
            } else {
              answer.complete(line);
            }
          } catch (IOException e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private Worker running() throws IOException {
    var current = worker;
    if (current != null && current.process().isAlive()) {
      return current;
    }
    if (!Files.isRegularFile(jar)) {
      throw new IOException("musubi.second-validator.jar is not there: " + jar);
    }
    var command = new ArrayList<>(Files.isExecutable(NICE) ? BEHIND : List.of());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Djava.awt.headless=true",
            "-jar",
            jar.toString()));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var fresh =
        new Worker(
            process,
            process.outputWriter(StandardCharsets.UTF_8),
            process.inputReader(StandardCharsets.UTF_8));
    worker = fresh;
    return fresh;
  }

  private void stop() {
    var current = worker;
    if (current != null) {
      current.process().destroyForcibly();
      worker = null;
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      stop();
    } finally {
      turn.unlock();
    }
  }
}
