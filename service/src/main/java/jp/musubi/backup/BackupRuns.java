package jp.musubi.backup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** バックアップの記録: what was taken and restored, when, and with which result. */
final class BackupRuns {
  private static final int MOST_DETAIL = 2000;

  private final JdbcClient jdbc;

  BackupRuns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What a run was for. */
  enum Kind {
    BACKUP,
    DRILL
  }

  /** How it ended. */
  enum Outcome {
    /** All came back as it was. */
    DONE,
    /** It came back, but not as it was. */
    VIOLATED,
    /** It did not come back, or was not taken. */
    FAILED
  }

  /** A run; empty fields were not come to. */
  record Run(
      Kind kind,
      Instant beganAt,
      Optional<Outcome> outcome,
      Optional<String> backup,
      Optional<Instant> backedUpAt,
      long bytes,
      OptionalInt restoreSeconds,
      OptionalInt ageSeconds,
      OptionalInt violations,
      String detail) {}

  UUID begin(Kind kind, Instant now) {
    var id = UUID.randomUUID();
    jdbc.sql("insert into backup_run (id, kind, began_at) values (:id, :kind, :now)")
        .param("id", id)
        .param("kind", kind.name())
        .param("now", Timestamp.from(now))
        .update();
    return id;
  }

  void restored(UUID id, DrillReport report, Instant now) {
    jdbc.sql(
            """
            update backup_run
               set ended_at = :now, outcome = :outcome, backup = :backup, backed_up_at = :taken,
                   bytes = :bytes, restore_seconds = :restore, age_seconds = :age,
                   violations = :violations
             where id = :id
            """)
        .param("now", Timestamp.from(now))
        .param("outcome", (report.isClean() ? Outcome.DONE : Outcome.VIOLATED).name())
        .param("backup", report.backup())
        .param("taken", Timestamp.from(report.backedUpAt()))
        .param("bytes", report.bytes())
        .param("restore", report.restoredWithinSeconds())
        .param("age", report.ageSeconds())
        .param("violations", report.wrong())
        .param("id", id)
        .update();
  }

  void taken(UUID id, BackupManifest manifest, long bytes, Instant now) {
    jdbc.sql(
            """
            update backup_run set ended_at = :now, outcome = 'DONE', backup = :backup,
                   backed_up_at = :taken, bytes = :bytes
             where id = :id
            """)
        .param("now", Timestamp.from(now))
        .param("backup", manifest.name())
        .param("taken", Timestamp.from(manifest.endedAt()))
        .param("bytes", bytes)
        .param("id", id)
        .update();
  }

  void failed(UUID id, @Nullable String why, Instant now) {
    var detail = String.valueOf(why);
    jdbc.sql(
            "update backup_run set ended_at = :now, outcome = 'FAILED', detail = :why where id = :id")
        .param("now", Timestamp.from(now))
        .param("why", detail.substring(0, Math.min(detail.length(), MOST_DETAIL)), Types.VARCHAR)
        .param("id", id)
        .update();
  }

  /** The newest runs, the newest first. */
  List<Run> newest(int most) {
    return jdbc.sql("select * from backup_run order by began_at desc limit :most")
        .param("most", most)
        .query((row, _) -> run(row))
        .list();
  }

  /** When the newest backup was complete that a drill restored without a violation. */
  Optional<Instant> newestRestored() {
    return jdbc.sql(
            """
            select backed_up_at from backup_run
             where kind = 'DRILL' and outcome = 'DONE' order by backed_up_at desc limit 1
            """)
        .query(Timestamp.class)
        .optional()
        .map(Timestamp::toInstant);
  }

  /** The names of the backups that drills have restored. */
  Set<String> restored() {
    return Set.copyOf(
        jdbc.sql("select distinct backup from backup_run where kind = 'DRILL' and outcome = 'DONE'")
            .query((row, _) -> row.getString("backup"))
            .list());
  }

  /** When the service began to keep anything. */
  Optional<Instant> since() {
    return jdbc.sql("select created_at from body order by created_at limit 1")
        .query(Timestamp.class)
        .optional()
        .map(Timestamp::toInstant);
  }

  private static Run run(ResultSet row) throws SQLException {
    return new Run(
        Kind.valueOf(row.getString("kind")),
        row.getTimestamp("began_at").toInstant(),
        Optional.ofNullable(row.getString("outcome")).map(Outcome::valueOf),
        Optional.ofNullable(row.getString("backup")),
        Optional.ofNullable(row.getTimestamp("backed_up_at")).map(Timestamp::toInstant),
        row.getLong("bytes"),
        number(row, "restore_seconds"),
        number(row, "age_seconds"),
        number(row, "violations"),
        Optional.ofNullable(row.getString("detail")).orElse(""));
  }

  private static OptionalInt number(ResultSet row, String column) throws SQLException {
    var value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
