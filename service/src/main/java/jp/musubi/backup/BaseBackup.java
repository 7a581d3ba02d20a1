package jp.musubi.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.musubi.backup.BackupRefused.Reason;

/**
 * ベースバックアップ, by PostgreSQL's low-level interface (25.3.4): {@code pg_backup_start}, a copy of the
 * data directory while it is in use, {@code pg_backup_stop} in the same session. Afterwards it
 * notes what the database holds, and ends a transaction after that: a moment that can be restored
 * to.
 */
final class BaseBackup {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Source source;
  private final BackupFolder folder;
  private final BackupKey key;
  private final Clock clock;

  BaseBackup(Source source, BackupFolder folder, BackupKey key, Clock clock) {
    this.source = source;
    this.folder = folder;
    this.key = key;
    this.clock = clock;
  }

  /**
   * What was taken.
   *
   * @param coveredBy the segment of the log that must be kept for the noted state to be reached
   */
  record Taken(BackupManifest manifest, String coveredBy) {}

  /** What {@code pg_backup_stop} told. */
  private record Stopped(String lsn, String segment, Instant at, Map<String, byte[]> labels) {}

  /**
   * Takes one.
   *
   * @throws BackupRefused if the database does not lie on this machine, does not keep its log, or
   *     is never without a transaction under way
   */
  Taken take() throws IOException, SQLException {
    try (var _ = folder.alone();
        var session = source.connect()) {
      var data = dataDirectory(session);
      insistOnKeptLog(session);
      var began = clock.instant();
      var name = NAME.format(began);
      var taking = folder.begin(name);
      execute(session, "set statement_timeout = '10min'");
      // The second argument: a checkpoint at once, rather than spread over minutes.
      var startLsn = text(session, "select pg_backup_start('musubi " + name + "', true)");
      var stopped = new Stopped[1];
      var files =
          new DatabasePack(key)
              .write(
                  data,
                  taking.resolve(BackupFolder.PACK),
                  name,
                  () -> {
                    stopped[0] = stop(session);
                    return stopped[0].labels();
                  });
      var end = stopped[0];
      var state = new StateReader(source).atAQuietMoment();
      // A transaction that ends after the state: recovery stops before it, and proves that it
      // could.
      execute(session, "select pg_current_xact_id()");
      var covered = text(session, "select pg_walfile_name(pg_current_wal_insert_lsn())");
      var manifest =
          new BackupManifest(
              name,
              began,
              end.at(),
              startLsn,
              end.lsn(),
              firstLog(end.labels()),
              end.segment(),
              Long.parseLong(
                  text(session, "select setting from pg_settings where name = 'wal_segment_size'")),
              text(session, "show server_version"),
              text(session, "select system_identifier from pg_control_system()"),
              schema(session),
              key.id(),
              files,
              state);
      folder.finish(manifest);
      return new Taken(manifest, covered);
    }
  }

  /** Has PostgreSQL finish the segment that it writes, so that it comes to the shelf at once. */
  void endSegment() throws SQLException {
    try (var session = source.connect()) {
      text(session, "select pg_switch_wal()");
    }
  }

  private static Stopped stop(Connection session) throws SQLException {
    try (var statement = session.createStatement();
        var row =
            statement.executeQuery(
                """
                select lsn, pg_walfile_name(lsn) as segment, labelfile, spcmapfile
                  from pg_backup_stop(wait_for_archive => true)
                """)) {
      row.next();
      if (!row.getString("spcmapfile").isBlank()) {
        throw new BackupRefused(Reason.TABLESPACES);
      }
      var labels = new LinkedHashMap<String, byte[]>();
      labels.put("backup_label", row.getString("labelfile").getBytes(StandardCharsets.UTF_8));
      return new Stopped(row.getString("lsn"), row.getString("segment"), now(session), labels);
    }
  }

  /** {@code START WAL LOCATION: 0/2000028 (file 000000010000000000000002)}. */
  private static String firstLog(Map<String, byte[]> labels) {
    var label = new String(labels.get("backup_label"), StandardCharsets.UTF_8);
    var from = label.indexOf("(file ") + "(file ".length();
    return WalName.of(label.substring(from, label.indexOf(')', from))).toString();
  }

  /**
   * Where the data are, if they are here: the folder must hold the very system that answers, not
   * one that happens to lie at the same place.
   */
  private static Path dataDirectory(Connection session) throws SQLException, IOException {
    var folder = Path.of(text(session, "show data_directory"));
    var control = folder.resolve("global").resolve("pg_control");
    if (!Files.isReadable(control)) {
      throw new BackupRefused(Reason.NOT_THIS_HOST, folder);
    }
    var system = ByteBuffer.wrap(Files.readAllBytes(control)).order(ByteOrder.nativeOrder());
    var answering = text(session, "select system_identifier from pg_control_system()");
    if (!Long.toUnsignedString(system.getLong()).equals(answering)) {
      throw new BackupRefused(Reason.NOT_THIS_HOST, folder);
    }
    return folder;
  }

  private static void insistOnKeptLog(Connection session) throws SQLException {
    if (text(session, "show archive_mode").equals("off")
        || text(session, "select setting from pg_settings where name = 'archive_command'")
            .isBlank()) {
      throw new BackupRefused(Reason.LOG_NOT_KEPT);
    }
  }

  private static String schema(Connection session) throws SQLException {
    var there = text(session, "select to_regclass('flyway_schema_history')::text");
    return there.isEmpty()
        ? ""
        : text(
            session,
            "select version from flyway_schema_history where success and version is not null"
                + " order by installed_rank desc limit 1");
  }

  private static Instant now(Connection session) throws SQLException {
    try (var statement = session.createStatement();
        var row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return row.getObject(1, java.time.OffsetDateTime.class).toInstant();
    }
  }

  private static void execute(Connection session, String sql) throws SQLException {
    try (var statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one value that is asked for; empty where there is none. */
  private static String text(Connection session, String sql) throws SQLException {
    try (var statement = session.createStatement();
        var row = statement.executeQuery(sql)) {
      var value = row.next() ? row.getString(1) : null;
      return value == null ? "" : value;
    }
  }
}
