package jp.musubi.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jp.musubi.backup.BackupRefused.Reason;

/**
 * Reads the {@link DatabaseState}. On a running server it asks for a moment in which nobody writes:
 * a lock that waits for writers, held while a snapshot and a time are taken, which then stand for
 * each other exactly; the reading itself holds nobody up.
 */
final class StateReader {
  private static final int ATTEMPTS = 120;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String DEADLOCK = "40P01";

  private final Source source;

  StateReader(Source source) {
    this.source = source;
  }

  /**
   * The state of a database that others write to.
   *
   * @throws BackupRefused if for a minute there was always a transaction under way
   */
  DatabaseState atAQuietMoment() throws SQLException {
    try (var gate = source.connect();
        var view = source.connect()) {
      insistOnSeeingAll(view);
      view.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      view.setReadOnly(true);
      view.setAutoCommit(false);
      gate.setAutoCommit(false);
      for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (lock(gate)) {
          var at = momentOf(view);
          gate.rollback();
          return read(view, at);
        }
        gate.rollback();
        pause();
      }
      throw new BackupRefused(Reason.NO_QUIET_MOMENT);
    }
  }

  /** The state of a database that nobody else knows of yet. */
  DatabaseState asItIs() throws SQLException {
    try (var view = source.connect()) {
      insistOnSeeingAll(view);
      view.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      view.setAutoCommit(false);
      return read(view, momentOf(view));
    }
  }

  /**
   * Without this right row-level security would show an empty database, and all would look well.
   */
  private static void insistOnSeeingAll(Connection view) throws SQLException {
    try (var statement = view.createStatement();
        var row =
            statement.executeQuery(
                "select rolsuper or rolbypassrls from pg_roles where rolname = current_user")) {
      if (!row.next() || !row.getBoolean(1)) {
        throw new BackupRefused(Reason.NOT_ALLOWED);
      }
    }
  }

  private static boolean lock(Connection gate) throws SQLException {
    try (var statement = gate.createStatement()) {
      // Shorter than PostgreSQL's deadlock_timeout: rather we give way than the service.
      statement.execute("set local lock_timeout = '200ms'");
      var names = tables(gate).stream().map(StateReader::quoted).collect(Collectors.joining(", "));
      statement.execute("lock table " + names + " in share mode");
      return true;
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || DEADLOCK.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /** The first query of a transaction fixes what it sees. */
  private static Instant momentOf(Connection view) throws SQLException {
    try (var statement = view.createStatement();
        var row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  private static DatabaseState read(Connection view, Instant at) throws SQLException {
    var states = new ArrayList<DatabaseState.Table>();
    for (var table : tables(view)) {
      states.add(state(view, table));
    }
    return new DatabaseState(at, states, heads(view));
  }

  private static DatabaseState.Table state(Connection view, String table) throws SQLException {
    try (var statement = view.createStatement();
        var row =
            statement.executeQuery(
                """
                select count(*),
                       coalesce(sum(('x' || left(h, 16))::bit(64)::bigint::numeric), 0) || ' '
                       || coalesce(sum(('x' || right(h, 16))::bit(64)::bigint::numeric), 0)
                  from (select encode(sha256(convert_to(every_column::text, 'UTF8')), 'hex') as h
                          from %s every_column) hashed
                """
                    .formatted(quoted(table)))) {
      row.next();
      return new DatabaseState.Table(table, row.getLong(1), row.getString(2));
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select relname from pg_class
                 where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname
                """)) {
      var names = new ArrayList<String>();
      while (row.next()) {
        names.add(row.getString(1));
      }
      if (names.isEmpty()) {
        throw new BackupRefused(Reason.NO_DATABASE);
      }
      return names;
    }
  }

  private static List<DatabaseState.Head> heads(Connection view) throws SQLException {
    if (!tables(view).contains("audit_head")) {
      return List.of();
    }
    try (var statement = view.createStatement();
        var row =
            statement.executeQuery("select tenant_id, seq, hash from audit_head order by 1")) {
      var heads = new ArrayList<DatabaseState.Head>();
      while (row.next()) {
        heads.add(new DatabaseState.Head(row.getString(1), row.getLong(2), row.getString(3)));
      }
      return heads;
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static void pause() {
    try {
      // Whoever holds the lock against us is let through before the next try.
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a quiet moment", e);
    }
  }
}
