package jp.musubi.journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged service, running as a process of its own in trial mode. */
public final class ServiceProcess implements AutoCloseable {
  private static final String READY = "Musubi is ready: ";
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final Duration START_DEADLINE = Duration.ofMinutes(2);

  private final Process process;
  private final URI address;
  private final Path home;
  private final Duration startedIn;

  private ServiceProcess(Process process, URI address, Path home, Duration startedIn) {
    this.process = process;
    this.address = address;
    this.home = home;
    this.startedIn = startedIn;
  }

  /**
   * Starts the service that was built under {@code root} and waits until it is ready.
   *
   * @param home the folder of its data
   * @param port 0 takes a free one
   */
  public static ServiceProcess start(Path root, Path home, int port, String... more)
      throws IOException, InterruptedException {
    // It lives for minutes: compiling well would take longer than it saves.
    return start(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1"), root, home, port, more);
  }

  /**
   * Starts it with other options of the virtual machine.
   *
   * @see #start(Path, Path, int, String...)
   */
  public static ServiceProcess start(
      List<String> machine, Path root, Path home, int port, String... more)
      throws IOException, InterruptedException {
    Files.createDirectories(home);
    var log = home.resolve("service.log");
    var command = new ArrayList<String>();
    command.add(JAVA);
    command.addAll(machine);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + root.resolve("service/target/journeys.jsa"),
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off",
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            serviceJar(root).toString(),
            "start",
            "--home",
            home.toString(),
            "--port",
            String.valueOf(port),
            "--musubi.second-validator.jar=" + root.resolve("dss/target/dss-exec.jar"),
            "--musubi.inspection.jar=" + root.resolve("verifier/target/verifier-exec.jar")));
    command.addAll(List.of(more));
    var began = System.nanoTime();
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
            .start();
    while (process.isAlive() && System.nanoTime() - began < START_DEADLINE.toNanos()) {
      for (var line : Files.readAllLines(log)) {
        if (line.startsWith(READY)) {
          return new ServiceProcess(
              process,
              URI.create(line.substring(READY.length()).strip()),
              home,
              Duration.ofNanos(System.nanoTime() - began));
        }
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    process.destroyForcibly();
    throw new IllegalStateException("the service did not start:\n" + Files.readString(log));
  }

  /**
   * The service as {@code ./musubi start} runs it: its jars side by side, which start in half of
   * the time that jars within a jar take. Unpacked once after each build, by whoever is first.
   */
  public static synchronized Path serviceJar(Path root) throws IOException, InterruptedException {
    var packaged = packaged(root);
    var folder = root.resolve("service/target/journeys");
    var jar = folder.resolve(packaged.getFileName());
    try (var door =
            FileChannel.open(
                root.resolve("service/target/journeys.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        // Another process may start services, too, from the very jars that are unpacked here.
        var _ = door.lock()) {
      var unpacked = folder.resolve("unpacked");
      // When it was written; the time that it carries is the same in every build.
      var build = Files.getAttribute(packaged, "unix:ctime").toString();
      if (!Files.exists(unpacked) || !Files.readString(unpacked).equals(build)) {
        unpack(packaged, folder);
        Files.writeString(unpacked, build);
      }
    }
    return jar;
  }

  private static void unpack(Path packaged, Path folder) throws IOException, InterruptedException {
    var extract =
        new ProcessBuilder(
                JAVA,
                "-Djarmode=tools",
                "-jar",
                packaged.toString(),
                "extract",
                "--force",
                "--destination",
                folder.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(extract.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (extract.waitFor() != 0) {
      throw new IllegalStateException("the service was not unpacked: " + said);
    }
  }

  private static Path packaged(Path root) throws IOException {
    try (var files = Files.list(root.resolve("service/target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("service-.*-exec\\.jar"))
          .findFirst()
          .orElseThrow(
              () -> new IllegalStateException("the service is not built; run ./musubi start once"));
    }
  }

  /** The command by which the auditor looks at a home, as {@code ./musubi audit} does. */
  public static List<String> audit(Path root, Path home) throws IOException, InterruptedException {
    return List.of(
        JAVA,
        "-jar",
        serviceJar(root).toString(),
        "audit",
        "--home",
        home.toString(),
        "--musubi.second-validator.jar=" + root.resolve("dss/target/dss-exec.jar"));
  }

  /** Where it answers. */
  public URI address() {
    return address;
  }

  /** The folder of its data. */
  public Path home() {
    return home;
  }

  /** From the process's start to the line that says it is ready. */
  public Duration startedIn() {
    return startedIn;
  }

  /** What it has printed so far. */
  public String log() {
    try {
      return Files.readString(home.resolve("service.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process, for looking at what it uses. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Waits for its end; whether it came in time. */
  public boolean endsWithin(Duration most) throws InterruptedException {
    return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the process at once and unasked, as a power cut would: SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks the process to end, and waits. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
