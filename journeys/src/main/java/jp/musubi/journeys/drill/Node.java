package jp.musubi.journeys.drill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the two: the packaged service in a process that can be killed, stopped and started anew.
 */
final class Node implements AutoCloseable {
  /** Longer than HAProxy takes to notice: two looks, a second apart. */
  private static final String DRAIN = "4s";

  private final Path root;
  private final Path folder;
  private final String name;
  private final int port = Platform.freePort();
  private final int readinessPort = Platform.freePort();
  private @Nullable Child child;
  private int starts;
  private Map<String, String> environment = Map.of();

  Node(Path root, Path folder, String name) throws IOException {
    this.root = root;
    this.folder = folder;
    this.name = name;
  }

  /** What it finds in its environment from its next start on. */
  void environment(Map<String, String> variables) {
    environment = Map.copyOf(variables);
  }

  int port() {
    return port;
  }

  int readinessPort() {
    return readinessPort;
  }

  /** Starts it, with more settings if there are any, and waits until it serves. */
  void start(String... more) throws IOException, InterruptedException {
    var command = new ArrayList<>(Platform.java("-Xmx700m"));
    command.addAll(
        List.of(
            "-jar",
            jp.musubi.journeys.ServiceProcess.serviceJar(root).toString(),
            "start",
            "--parts-of",
            folder.resolve("home").toString(),
            "--port",
            String.valueOf(port),
            "--management.server.port=" + readinessPort,
            "--musubi.drain-period=" + DRAIN,
            "--musubi.proxies=127.0.0.1",
            "--musubi.inspection.workers=1",
            "--musubi.second-validator.jar=" + root.resolve("dss/target/dss-exec.jar"),
            "--musubi.inspection.jar=" + root.resolve("verifier/target/verifier-exec.jar")));
    command.addAll(List.of(more));
    starts++;
    child = Child.start(logFile(), command, environment).await("Musubi is ready: ");
  }

  private Path logFile() {
    return folder.resolve("node-%s-%d.log".formatted(name, starts));
  }

  /** The process that runs now. */
  Child child() {
    var now = child;
    if (now == null) {
      throw new IllegalStateException("node " + name + " was not started");
    }
    return now;
  }

  String log() throws IOException {
    return Files.readString(logFile());
  }

  /** What it says of being ready: the status and the words; empty words when it does not answer. */
  Readiness readiness() throws InterruptedException {
    try (var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:%d/actuator/health/readiness".formatted(readinessPort)))
                  .timeout(Duration.ofSeconds(2))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return new Readiness(answer.statusCode(), answer.body());
    } catch (IOException e) {
      return new Readiness(0, "");
    }
  }

  /**
   * What a node answers a load balancer.
   *
   * @param status 0 when it answers nothing
   */
  record Readiness(int status, String words) {}

  @Override
  public void close() {
    var now = child;
    if (now != null && now.process().isAlive()) {
      // It may have been stopped by a signal; then it hears no other.
      try {
        now.signal("CONT");
        now.kill();
      } catch (IOException e) {
        now.process().destroyForcibly();
      } catch (InterruptedException e) {
        now.process().destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
