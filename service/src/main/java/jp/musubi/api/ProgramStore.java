package jp.musubi.api;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.AddressRange;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The programs of the current body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ProgramStore {
  /** For how long calls are counted together. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final String ROW =
      """
      select p.id, p.name, p.responsible_id, p.section_id, p.handles, p.ranges, p.expires_at,
             p.created_at, p.ended_at, p.last_used_at, p.last_used_from
      """;

  private final JdbcClient jdbc;

  ProgramStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A key that is known, and until when it is good. */
  record Known(Program program, Optional<Instant> until) {}

  /**
   * How much was asked.
   *
   * @param calls within the window, this one too
   * @param windowEnds when the next begins
   */
  record Count(int calls, Instant windowEnds) {}

  void insert(Program program) {
    jdbc.sql(
            """
            insert into program (id, name, responsible_id, section_id, handles, ranges, expires_at,
                                 created_at)
            values (:id, :name, :responsible, :section, :handles, :ranges, :expires, :now)
            """)
        .param("id", program.id())
        .param("name", program.name())
        .param("responsible", program.responsible())
        .param("section", program.section(), Types.OTHER)
        .param("handles", program.handles())
        .param("ranges", program.ranges().stream().map(AddressRange::text).toArray(String[]::new))
        .param("expires", program.expiresAt().map(Timestamp::from).orElse(null), Types.TIMESTAMP)
        .param("now", Timestamp.from(program.createdAt()))
        .update();
  }

  /** The newest first. */
  List<Program> all() {
    return jdbc.sql(ROW + " from program p order by p.created_at desc, p.id")
        .query((row, _) -> program(row))
        .list();
  }

  Optional<Program> find(UUID id) {
    return jdbc.sql(ROW + " from program p where p.id = :id")
        .param("id", id)
        .query((row, _) -> program(row))
        .optional();
  }

  /** The same, and nobody else changes it until the transaction ends. */
  Optional<Program> lock(UUID id) {
    return jdbc.sql(ROW + " from program p where p.id = :id for update")
        .param("id", id)
        .query((row, _) -> program(row))
        .optional();
  }

  Optional<Known> known(Sha256 digest) {
    return jdbc.sql(
            ROW
                + """
                  , k.until from program_key k
                  join program p on p.tenant_id = k.tenant_id and p.id = k.program_id
                 where k.digest = :digest
                """)
        .param("digest", digest.hex())
        .query((row, _) -> new Known(program(row), instant(row, "until")))
        .optional();
  }

  void insertKey(UUID program, Sha256 digest, Instant now) {
    jdbc.sql("insert into program_key (digest, program_id, created_at) values (:digest, :id, :now)")
        .param("digest", digest.hex())
        .param("id", program)
        .param("now", Timestamp.from(now))
        .update();
  }

  /** Lets a program's keys end then; those that end before stay as they are. */
  void endKeys(UUID program, Instant at) {
    jdbc.sql(
            """
            update program_key set until = :at
             where program_id = :id and (until is null or until > :at)
            """)
        .param("at", Timestamp.from(at))
        .param("id", program)
        .update();
  }

  void end(UUID program, Instant now) {
    jdbc.sql("update program set ended_at = :now where id = :id and ended_at is null")
        .param("now", Timestamp.from(now))
        .param("id", program)
        .update();
  }

  /** Counts a call and notes when and from where it came. */
  Count count(UUID program, String from, Instant now) {
    return jdbc.sql(
            """
            update program
               set minute_calls =
                     case when minute_began > cast(:limit as timestamptz) then minute_calls + 1
                          else 1 end,
                   minute_began =
                     case when minute_began > cast(:limit as timestamptz) then minute_began
                          else cast(:now as timestamptz) end,
                   last_used_at = :now, last_used_from = :from
             where id = :id
            returning minute_calls, minute_began
            """)
        .param("limit", Timestamp.from(now.minus(WINDOW)))
        .param("now", Timestamp.from(now))
        .param("from", from)
        .param("id", program)
        .query((row, _) ->
            new Count(
                row.getInt("minute_calls"),
                row.getTimestamp("minute_began").toInstant().plus(WINDOW)))
        .single();
  }

  private static Program program(ResultSet row) throws SQLException {
    return new Program(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getObject("responsible_id", UUID.class),
        row.getObject("section_id", UUID.class),
        row.getBoolean("handles"),
        ranges(row.getArray("ranges")),
        instant(row, "expires_at"),
        row.getTimestamp("created_at").toInstant(),
        instant(row, "ended_at"),
        instant(row, "last_used_at"),
        Optional.ofNullable(row.getString("last_used_from")));
  }

  private static List<AddressRange> ranges(Array array) throws SQLException {
    return Arrays.stream((String[]) array.getArray())
        .map(text ->
            AddressRange.parse(text)
                .orElseThrow(() -> new IllegalStateException("not a range: " + text)))
        .toList();
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
