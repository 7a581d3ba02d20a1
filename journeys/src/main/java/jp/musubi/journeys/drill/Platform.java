package jp.musubi.journeys.drill;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import jp.musubi.journeys.ServiceProcess;
import org.jspecify.annotations.Nullable;

/**
 * 二つのノード. The packaged service twice, behind HAProxy with the configuration that docs/operations
 * has, on one database and one vault; timestamps, certification and mail are a process of their
 * own. Everything listens on the loopback interface, and everything ends with it.
 */
final class Platform implements AutoCloseable {
  static final Map<String, String> NOTHING = Map.of();
  private static final String RUNNING = "running.properties";

  private final Path root;
  private final Path folder;
  private final Child parts;
  private final Node a;
  private final Node b;
  private final int port;
  private @Nullable Child balancer;

  private Platform(Path root, Path folder, Child parts) throws IOException {
    this.root = root;
    this.folder = folder;
    this.parts = parts;
    this.port = freePort();
    this.a = new Node(root, folder, "a");
    this.b = new Node(root, folder, "b");
  }

  /** The parts alone; nodes come by {@link #open}. */
  static Platform prepare(Path root) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("musubi-drill");
    var command = new ArrayList<>(java("-Xmx256m"));
    command.addAll(
        List.of(
            "-jar",
            ServiceProcess.serviceJar(root).toString(),
            "start",
            "--parts-only",
            "--home",
            folder.resolve("home").toString()));
    var parts =
        Child.start(folder.resolve("parts.log"), command, NOTHING)
            .await("Musubi's parts are ready.");
    var platform = new Platform(root, folder, parts);
    platform.settle(Map.of("musubi.public-url", platform.address().toString()));
    return platform;
  }

  /** Both nodes and HAProxy, ready. */
  static Platform start(Path root) throws IOException, InterruptedException {
    var platform = prepare(root);
    try {
      platform.open();
      return platform;
    } catch (IOException | InterruptedException | RuntimeException e) {
      platform.close();
      throw e;
    }
  }

  /** Writes into the settings that nodes and auditor read. */
  void settle(Map<String, String> changes) throws IOException {
    var settings = settings();
    settings.putAll(changes);
    write(settings);
  }

  /** Takes settings away from what nodes and auditor read. */
  void forgetSettings(String... names) throws IOException {
    var settings = settings();
    List.of(names).forEach(settings::remove);
    write(settings);
  }

  private void write(Properties settings) throws IOException {
    try (var out = Files.newBufferedWriter(home().resolve(RUNNING))) {
      settings.store(out, null);
    }
  }

  Properties settings() throws IOException {
    var settings = new Properties();
    try (var in = Files.newBufferedReader(home().resolve(RUNNING))) {
      settings.load(in);
    }
    return settings;
  }

  /** Starts the nodes, one after the other since the first migrates, and what is before them. */
  void open() throws IOException, InterruptedException {
    a.start();
    b.start();
    balance();
  }

  /** Puts HAProxy before the nodes, and waits until it knows both. */
  void balance() throws IOException, InterruptedException {
    balancer =
        Child.start(
            folder.resolve("haproxy.log"),
            List.of("haproxy", "-db", "-f", root.resolve("docs/operations/haproxy.cfg").toString()),
            Map.of(
                "MUSUBI_BIND", "127.0.0.1:" + port,
                "MUSUBI_NODE_A", "127.0.0.1:" + a.port(),
                "MUSUBI_READINESS_A", String.valueOf(a.readinessPort()),
                "MUSUBI_NODE_B", "127.0.0.1:" + b.port(),
                "MUSUBI_READINESS_B", String.valueOf(b.readinessPort())));
    // HAProxy takes servers for well until its first look, which comes within a second.
    Thread.sleep(2500);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  Node a() {
    return a;
  }

  Node b() {
    return b;
  }

  Path folder() {
    return folder;
  }

  Path home() {
    return folder.resolve("home");
  }

  Path sample() {
    return home().resolve("sample.pdf");
  }

  /** What HAProxy wrote of every request and every change of a node. */
  String balancerLog() throws IOException {
    return Files.readString(folder.resolve("haproxy.log"));
  }

  /** Whether the auditor finds nothing in what the nodes made. */
  boolean audit() throws IOException, InterruptedException {
    var log = folder.resolve("audit.log");
    var process =
        new ProcessBuilder(ServiceProcess.audit(root, home()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var clean = process.waitFor() == 0;
    if (!clean) {
      System.err.println(Files.readString(log));
    }
    return clean;
  }

  static List<String> java(String... options) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    return command;
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    a.close();
    b.close();
    if (balancer != null) {
      balancer.close();
    }
    parts.close();
  }

  /** Takes everything away that it wrote; kept when something went wrong, for whoever looks. */
  void forget() throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
