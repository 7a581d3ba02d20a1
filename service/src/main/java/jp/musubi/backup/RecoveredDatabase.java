package jp.musubi.backup;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.musubi.backup.BackupRefused.Reason;

/**
 * A PostgreSQL on a data directory that came out of a backup, recovered to where it was asked to
 * and from then on a server of its own. Listens on the loopback interface, keeps no log, lets in
 * whoever is on this machine.
 */
final class RecoveredDatabase implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final Duration STOPS_WITHIN = Duration.ofMinutes(2);
  private static final String TOO_EARLY =
      "recovery ended before configured recovery target was reached";

  private final EmbeddedPostgres postgres;
  private final Path data;
  private final String database;

  private RecoveredDatabase(EmbeddedPostgres postgres, Path data, String database) {
    this.postgres = postgres;
    this.data = data;
    this.database = database;
  }

  /**
   * Unpacks and recovers.
   *
   * @param target an empty or missing folder that becomes the data directory
   * @param workspace a folder for what is needed meanwhile
   * @throws BackupRefused if a file is damaged, or the log does not reach the moment
   */
  static RecoveredDatabase recover(
      RecoveryPlan plan,
      BackupFolder folder,
      WalShelf shelf,
      BackupKey key,
      Path target,
      Path workspace,
      String database)
      throws IOException, SQLException {
    Files.createDirectories(workspace);
    Files.createDirectories(target);
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
    new DatabasePack(key)
        .unpack(folder.pack(plan.manifest().name()), plan.manifest(), target.toRealPath());
    var feed = workspace.resolve("wal");
    try (var feeder = WalFeeder.start(shelf, feed, plan.segments())) {
      prepare(target, feed, plan.at());
      var hba = workspace.resolve("pg_hba.conf");
      Files.writeString(hba, "host all all 127.0.0.1/32 trust\nhost all all ::1/128 trust\n");
      var log = workspace.resolve("postgresql.log");
      var recovered =
          new RecoveredDatabase(start(target, hba, log, plan, feeder), target, database);
      recovered.forgetRecovery();
      return recovered;
    }
  }

  /**
   * Settings of the server that was backed up, such as where it keeps its log, are not this one's.
   */
  private static void prepare(Path data, Path feed, Optional<Instant> at) throws IOException {
    var settings = new StringBuilder();
    settings
        .append("restore_command = ")
        .append(quoted(WalFeeder.restoreCommand(feed)))
        .append("\nrecovery_target_timeline = 'current'\nrecovery_target_action = 'promote'\n");
    at.ifPresent(moment ->
        settings.append("recovery_target_time = ").append(quoted(text(moment))).append('\n'));
    Files.writeString(data.resolve("postgresql.auto.conf"), settings);
    Files.writeString(data.resolve("recovery.signal"), "");
    for (var name : new String[] {"postgresql.conf", "pg_ident.conf"}) {
      // Some distributions keep these elsewhere.
      if (!Files.exists(data.resolve(name))) {
        Files.createFile(data.resolve(name));
      }
    }
  }

  /** PostgreSQL reads backslashes in its settings, too. */
  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static String text(Instant moment) {
    return moment.toString().replace('T', ' ').replace("Z", "+00");
  }

  private static EmbeddedPostgres start(
      Path data, Path hba, Path log, RecoveryPlan plan, WalFeeder feeder) throws IOException {
    var started = new CompletableFuture<EmbeddedPostgres>();
    var starter =
        Thread.ofVirtual()
            .start(() -> {
              try {
                started.complete(server(data, hba, log).start());
              } catch (IOException | RuntimeException e) {
                started.completeExceptionally(e);
              }
            });
    while (true) {
      try {
        return started.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        var said = Files.exists(log) ? Files.readString(log) : "";
        if (said.contains("database system is shut down")
            || said.contains("aborting startup due to startup process failure")) {
          starter.interrupt();
          throw failed(said, plan, feeder);
        }
      } catch (ExecutionException e) {
        throw new BackupRefused(e, Reason.NOT_RECOVERED, String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        starter.interrupt();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while recovering", e);
      }
    }
  }

  private static BackupRefused failed(String said, RecoveryPlan plan, WalFeeder feeder) {
    if (feeder.failure().isPresent()) {
      return feeder.failure().get() instanceof BackupRefused refused
          ? refused
          : new BackupRefused(
              feeder.failure().get(),
              Reason.NOT_RECOVERED,
              String.valueOf(feeder.failure().get().getMessage()));
    }
    if (said.contains(TOO_EARLY)) {
      return plan.notReached();
    }
    var fatal = said.lines().filter(line -> line.contains("FATAL:")).findFirst();
    return new BackupRefused(Reason.NOT_RECOVERED, fatal.orElse(said.strip()));
  }

  private static EmbeddedPostgres.Builder server(Path data, Path hba, Path log) {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(LONGEST)
        .setOutputRedirector(ProcessBuilder.Redirect.to(log.toFile()))
        .setErrorRedirector(ProcessBuilder.Redirect.to(log.toFile()))
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("hba_file", hba.toAbsolutePath().toString())
        // Until it is recovered nobody gets in, so that whoever gets in sees what came back.
        .setServerConfig("hot_standby", "off")
        .setServerConfig("archive_mode", "off")
        .setServerConfig("logging_collector", "off")
        .setServerConfig("log_destination", "stderr")
        .setServerConfig("lc_messages", "C")
        .setServerConfig("shared_buffers", "128MB")
        .setServerConfig("ssl", "off");
  }

  private void forgetRecovery() throws SQLException {
    try (var session = asSuperuser().connect();
        var statement = session.createStatement()) {
      statement.execute("alter system reset all");
    }
  }

  /** The recovered database, with every right. */
  Source asSuperuser() {
    return new Source(url(), "postgres", "");
  }

  /** The settings that point the service's parts at it. */
  Map<String, Object> settings() {
    return Map.of(
        "spring.datasource.url", url(),
        "spring.datasource.username", "musubi_app",
        "spring.datasource.password", "");
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.getPort(), database);
  }

  /** When the last transaction ended that came back; empty if none followed the backup. */
  Optional<Instant> lastCommit() throws SQLException {
    try (var session = asSuperuser().connect();
        var statement = session.createStatement();
        var row = statement.executeQuery("select pg_last_xact_replay_timestamp()")) {
      row.next();
      return Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
          .map(OffsetDateTime::toInstant);
    }
  }

  /** Stops the server and waits until it has. */
  @Override
  public void close() throws IOException {
    postgres.close();
    var end = System.nanoTime() + STOPS_WITHIN.toNanos();
    while (Files.exists(data.resolve("postmaster.pid"))) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("the recovered PostgreSQL did not stop: " + data);
      }
      try {
        // The lock file goes when the server has stopped; nothing announces it.
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    Files.deleteIfExists(data.resolve("epg-lock"));
  }
}
