package jp.musubi.journeys.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of the drill's own, durable as in production, run from the programs that the
 * trial brings. Root, whom PostgreSQL does not serve, becomes somebody else by a user namespace.
 */
final class Postgres implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path programs;
  private final Path data;
  private final int port = Platform.freePort();
  private @Nullable Child child;

  private Postgres(Path programs, Path data) throws IOException {
    this.programs = programs;
    this.data = data;
  }

  /** The programs that the parts' own database runs from. */
  static Path programs(Platform platform) throws IOException {
    var pid =
        Files.readAllLines(platform.home().resolve("database").resolve("postmaster.pid"))
            .getFirst();
    var server = Path.of("/proc", pid.strip(), "exe").toRealPath();
    var folder = server.getParent();
    if (folder == null) {
      throw new IOException("no folder of " + server);
    }
    return folder;
  }

  /** A new server with the roles and the database that the service needs; it runs. */
  static Postgres create(Path programs, Path data)
      throws IOException, InterruptedException, SQLException {
    var server = new Postgres(programs, data);
    Child.run(
        unprivileged(
            programs.resolve("initdb").toString(),
            "-D",
            data.toString(),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8"));
    server.configure(
        """
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        max_connections = 60
        shared_buffers = 64MB
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        """);
    server.start();
    try (var admin = server.superuser("postgres");
        var statement = admin.createStatement()) {
      statement.execute("create role musubi_owner login nosuperuser nobypassrls");
      statement.execute("create role musubi_app login nosuperuser nobypassrls");
      statement.execute("create database musubi owner musubi_owner");
    }
    return server;
  }

  /**
   * Makes a standby, to which this primary commits synchronously: it is stopped, copied whole, and
   * both begin. (The programs at hand have no pg_basebackup; a standby of a database that serves is
   * made by that.)
   */
  Postgres standby(Path copy) throws IOException, InterruptedException, SQLException {
    stop();
    Child.run(List.of("cp", "-a", data.toString(), copy.toString()));
    var standby = new Postgres(programs, copy);
    standby.configure(
        "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres application_name=standby'\n"
            .formatted(port));
    Files.createFile(copy.resolve("standby.signal"));
    configure("synchronous_standby_names = 'standby'\n");
    start();
    standby.start();
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!"sync".equals(ask("select max(sync_state) from pg_stat_replication"))) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("the standby does not follow");
      }
      Thread.sleep(100); // Nothing tells that it has caught up.
    }
    return standby;
  }

  void configure(String lines) throws IOException {
    Files.writeString(
        data.resolve("postgresql.conf"),
        "\n" + lines,
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
  }

  /** Starts the server and waits until it answers. */
  void start() throws IOException, InterruptedException {
    child =
        Child.start(
            data.resolveSibling(data.getFileName() + ".log"),
            unprivileged(
                programs.resolve("postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                String.valueOf(port)),
            Map.of());
    if (!answersWithin(PATIENCE)) {
      throw new IllegalStateException(
          "PostgreSQL does not start: " + Files.readString(child().log()));
    }
  }

  /** Whether it answers in time, as after a crash, when it first goes through its log. */
  boolean answersWithin(Duration patience) throws InterruptedException {
    var until = System.nanoTime() + patience.toNanos();
    while (!answers()) {
      if (System.nanoTime() > until || !child().process().isAlive()) {
        return false;
      }
      Thread.sleep(100); // It says so nowhere but in its log, in its own words.
    }
    return true;
  }

  private static List<String> unprivileged(String... command) {
    var all = new ArrayList<String>();
    if ("root".equals(System.getProperty("user.name"))) {
      all.addAll(List.of("unshare", "-U"));
    }
    all.addAll(List.of(command));
    return all;
  }

  Child child() {
    var now = child;
    if (now == null) {
      throw new IllegalStateException("PostgreSQL in " + data + " was not started");
    }
    return now;
  }

  boolean answers() {
    try {
      return ask("select 1").equals("1");
    } catch (SQLException e) {
      return false;
    }
  }

  /** Makes a standby a primary; from now on it waits for nobody. */
  void promote() throws SQLException {
    ask("select pg_promote(true, 60)");
  }

  String ask(String question) throws SQLException {
    try (var connection = superuser("postgres");
        var row = connection.createStatement().executeQuery(question)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  private Connection superuser(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s/%s?user=postgres&connectTimeout=2&loginTimeout=2&socketTimeout=70"
            .formatted(address(), database));
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** The settings that point the nodes at these servers, whichever of them is the primary. */
  static Map<String, String> settings(Postgres... servers) {
    var addresses =
        String.join(",", java.util.Arrays.stream(servers).map(Postgres::address).toList());
    var url =
        "jdbc:postgresql://%s/musubi?targetServerType=primary&connectTimeout=2&socketTimeout=30&tcpKeepAlive=true"
            .formatted(addresses);
    return Map.of(
        "spring.datasource.url", url,
        "spring.flyway.url", url);
  }

  void stop() throws IOException, InterruptedException {
    // Fast: connections are ended, nothing is lost.
    child().signal("INT");
    child().process().waitFor();
  }

  @Override
  public void close() {
    var now = child;
    if (now == null || !now.process().isAlive()) {
      return;
    }
    try {
      now.signal("INT");
      if (!now.process().waitFor(20, java.util.concurrent.TimeUnit.SECONDS)) {
        now.kill();
      }
    } catch (IOException e) {
      now.process().destroyForcibly();
    } catch (InterruptedException e) {
      now.process().destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
