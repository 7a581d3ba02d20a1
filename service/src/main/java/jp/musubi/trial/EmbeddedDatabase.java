package jp.musubi.trial;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real PostgreSQL 18 kept in a folder: durable ({@code fsync} and {@code synchronous_commit} on,
 * which is checked), reachable on the loopback interface only, with the two roles the service
 * needs. Works as root and as a normal user.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

  /** So that what was committed is kept within a minute, also when little is written. */
  private static final String ARCHIVE_WITHIN = "45s";

  private final EmbeddedPostgres postgres;

  private EmbeddedDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** Starts on {@code folder}, making the database there if there is none yet. */
  public static EmbeddedDatabase start(Path folder) {
    return start(folder, Optional.empty());
  }

  /**
   * Starts on {@code folder}, and puts finished segments of the write-ahead log into a tray, from
   * where a backup takes them.
   */
  public static EmbeddedDatabase start(Path folder, Path tray) {
    return start(folder, Optional.of(tray));
  }

  private static EmbeddedDatabase start(Path folder, Optional<Path> tray) {
    try {
      stopLeftover(folder);
      var builder =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder)
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPGStartupWait(Duration.ofSeconds(60))
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("max_connections", "60")
              .setServerConfig("shared_buffers", "128MB")
              .setServerConfig("log_min_messages", "warning")
              .setServerConfig("archive_mode", tray.isPresent() ? "on" : "off");
      if (!Files.exists(folder.resolve("PG_VERSION"))) {
        // Trigrams of kanji are empty under the plain C locale.
        builder.setLocaleConfig("locale", "C.UTF-8");
      }
      var database = new EmbeddedDatabase(builder.start());
      database.prepare();
      if (tray.isPresent()) {
        database.archiveInto(tray.get());
      }
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded PostgreSQL did not start in " + folder, e);
    }
  }

  /** Where the database of the service is. */
  public String url() {
    return postgres.getJdbcUrl("musubi_owner", "musubi");
  }

  /** The settings that point the service at this database. */
  public Map<String, String> settings() {
    var url = "jdbc:postgresql://127.0.0.1:%d/musubi".formatted(postgres.getPort());
    return Map.of(
        "spring.datasource.url", url,
        "spring.datasource.username", "musubi_app",
        "spring.datasource.password", "",
        "spring.flyway.url", url,
        "spring.flyway.user", "musubi_owner",
        "spring.flyway.password", "");
  }

  /** A connection as the owner of the schema, for tests that look behind row security. */
  public Connection superuser() throws SQLException {
    return DriverManager.getConnection(postgres.getJdbcUrl("postgres", "musubi"));
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void prepare() {
    try (var admin = DriverManager.getConnection(postgres.getJdbcUrl("postgres", "postgres"));
        var statement = admin.createStatement()) {
      for (var setting : List.of("fsync", "synchronous_commit")) {
        try (var row = statement.executeQuery("show " + setting)) {
          if (!row.next() || !row.getString(1).equals("on")) {
            throw new IllegalStateException("PostgreSQL runs without " + setting);
          }
        }
      }
      try (var row = statement.executeQuery("select 1 from pg_database where datname = 'musubi'")) {
        if (row.next()) {
          return;
        }
      }
      statement.execute("create role musubi_owner login nosuperuser nobypassrls");
      statement.execute("create role musubi_app login nosuperuser nobypassrls");
      statement.execute("create database musubi owner musubi_owner");
    } catch (SQLException e) {
      throw new IllegalStateException("the embedded PostgreSQL could not be prepared", e);
    }
  }

  /**
   * Durable when it says so, and never over another file (PostgreSQL 18, 25.3.1). A segment that is
   * given again after a crash is welcome if it is the same.
   */
  private void archiveInto(Path tray) throws IOException {
    var folder = Files.createDirectories(tray).toRealPath().toString().replace("%", "%%");
    var command =
        """
        f="%1$s/%%f"; if [ -f "$f" ]; then cmp -s "%%p" "$f"; \
        else cp "%%p" "$f.part" && sync "$f.part" && ln "$f.part" "$f" && rm "$f.part" && sync "%1$s"; fi\
        """
            .formatted(folder);
    try (var admin = DriverManager.getConnection(postgres.getJdbcUrl("postgres", "postgres"));
        var statement = admin.createStatement()) {
      statement.execute("alter system set archive_command = '" + command.replace("'", "''") + "'");
      statement.execute("alter system set archive_timeout = '" + ARCHIVE_WITHIN + "'");
      statement.execute("select pg_reload_conf()");
    } catch (SQLException e) {
      throw new IllegalStateException("the embedded PostgreSQL could not be told to archive", e);
    }
  }

  /**
   * Stops the server that a killed service left behind. Without this the next start on the same
   * folder would silently talk to the old one.
   */
  private static void stopLeftover(Path folder) throws IOException {
    var pidFile = folder.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    var leftover =
        ProcessHandle.of(pid)
            .filter(p -> p.info().command().map(c -> c.endsWith("postgres")).orElse(false));
    if (leftover.isEmpty()) {
      return;
    }
    var process = leftover.get();
    process.destroy();
    try {
      process.onExit().get(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      // PostgreSQL recovers from this as from a power cut.
      process.destroyForcibly();
      process.onExit().join();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("the old PostgreSQL in " + folder + " did not stop", e);
    }
  }
}
