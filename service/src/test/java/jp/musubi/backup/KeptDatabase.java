package jp.musubi.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import jp.musubi.trial.EmbeddedDatabase;

/** A running PostgreSQL whose log is kept, as {@code ./musubi start} runs one. */
final class KeptDatabase implements AutoCloseable {
  final Path home;
  final BackupParts parts;
  // The log is copied by the database's own process, which waits its turn on a busy machine.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final EmbeddedDatabase database;

  private KeptDatabase(Path home, EmbeddedDatabase database, BackupParts parts) {
    this.home = home;
    this.database = database;
    this.parts = parts;
  }

  static KeptDatabase start(Path home) throws IOException {
    var secrets = Files.createDirectories(home.resolve("secrets"));
    var key =
        Files.createFile(
            secrets.resolve("backup-key"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(key, new SecureRandom().generateSeed(32));
    var tray = home.resolve("wal-tray");
    var database = EmbeddedDatabase.start(home.resolve("database"), tray);
    var source =
        new Source(
            String.valueOf(database.settings().get("spring.datasource.url")), "postgres", "");
    var parts = BackupParts.of(source, home.resolve("backup"), tray, key);
    return new KeptDatabase(home, database, parts);
  }

  EmbeddedDatabase database() {
    return database;
  }

  BackupManifest backUp() throws IOException, SQLException {
    var manifest = backup().take().manifest();
    keepLog();
    return manifest;
  }

  /** What was committed until now is on the shelf when this returns. */
  void keepLog() throws IOException, SQLException {
    String segment;
    try (var session = parts.source().connect();
        var statement = session.createStatement();
        var row = statement.executeQuery("select pg_walfile_name(pg_current_wal_insert_lsn())")) {
      row.next();
      segment = row.getString(1);
    }
    backup().endSegment();
    if (!parts.shelf().await(segment, PATIENCE)) {
      throw new IllegalStateException("the log did not come to the shelf: " + segment);
    }
  }

  BaseBackup backup() {
    // Names are times: the clock of the database's machine, not of a test.
    return new BaseBackup(parts.source(), parts.folder(), parts.key(), Clock.systemUTC());
  }

  /** Runs statements as the superuser, each for itself. */
  void run(String... statements) throws SQLException {
    try (var session = parts.source().connect();
        var statement = session.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  Instant now() throws SQLException {
    try (var session = parts.source().connect();
        var statement = session.createStatement();
        var row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  RecoveredDatabase recover(BackupManifest manifest, Optional<Instant> at, Path folder)
      throws IOException, SQLException {
    return RecoveredDatabase.recover(
        RecoveryPlan.of(manifest, parts.shelf().segments(), at),
        parts.folder(),
        parts.shelf(),
        parts.key(),
        folder.resolve("database"),
        folder.resolve("work"),
        "musubi");
  }

  @Override
  public void close() {
    database.close();
  }
}
