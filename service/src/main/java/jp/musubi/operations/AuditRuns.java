package jp.musubi.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of {@code nightly_audit}; in the transaction and body of the caller. */
final class AuditRuns {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_FINDINGS = 200;
  private static final int SHOWN = 60;

  private final JdbcClient jdbc;

  AuditRuns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<AuditRun> newestFirst() {
    return jdbc.sql("select * from nightly_audit order by started_at desc limit :most")
        .param("most", SHOWN)
        .query((row, _) -> run(row))
        .list();
  }

  /** When the last run ended; while there was none, when the operators came. */
  Instant lastEnd() {
    return jdbc.sql(
            """
            select coalesce((select max(ended_at) from nightly_audit), created_at)
              from body where id = current_tenant()
            """)
        .query((row, _) -> row.getTimestamp(1).toInstant())
        .single();
  }

  void add(AuditRun run) {
    jdbc.sql(
            """
            insert into nightly_audit
              (id, extent, started_at, ended_at, bodies, contracts, objects, violations, findings)
            values (:id, :extent, :started, :ended, :bodies, :contracts, :objects, :violations,
                    cast(:findings as jsonb))
            """)
        .param("id", run.id())
        .param("extent", run.extent().name())
        .param("started", Timestamp.from(run.startedAt()))
        .param("ended", Timestamp.from(run.endedAt()))
        .param("bodies", run.bodies())
        .param("contracts", run.contracts())
        .param("objects", run.objects())
        .param("violations", run.violations())
        .param(
            "findings",
            JSON.writeValueAsString(run.findings().stream().limit(MOST_FINDINGS).toList()))
        .update();
  }

  private static AuditRun run(ResultSet row) throws SQLException {
    return new AuditRun(
        row.getObject("id", UUID.class),
        AuditRun.Extent.valueOf(row.getString("extent")),
        row.getTimestamp("started_at").toInstant(),
        row.getTimestamp("ended_at").toInstant(),
        row.getInt("bodies"),
        row.getInt("contracts"),
        row.getInt("objects"),
        row.getInt("violations"),
        JSON.readValue(row.getString("findings"), new TypeReference<List<Violation>>() {}));
  }
}
