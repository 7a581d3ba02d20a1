package jp.musubi.download;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The current body's ファイル名の決まり. */
@Service
@Transactional
class FileNameRules {
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  FileNameRules(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** What holds now. */
  @Transactional(readOnly = true)
  public FileNameRule current() {
    return jdbc.sql("select parts, joint from file_name_rule")
        .query((row, _) -> rule(row))
        .optional()
        .orElse(FileNameRule.DEFAULT);
  }

  /** From now on files are named like this. */
  public void change(FileNameRule rule, Actor by, @Nullable String clientIp) {
    var before = current();
    jdbc.sql(
            """
            insert into file_name_rule (parts, joint, changed_at)
            values (string_to_array(:parts, ','), :joint, :now)
            on conflict (tenant_id) do update
               set parts = excluded.parts, joint = excluded.joint, changed_at = excluded.changed_at
            """)
        .param("parts", written(rule, ","))
        .param("joint", rule.joint())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        by,
        "settings.file-names-changed",
        null,
        clientIp,
        Map.of("rule", written(before, before.joint()) + " → " + written(rule, rule.joint())));
  }

  private static String written(FileNameRule rule, String between) {
    return rule.parts().stream().map(Enum::name).collect(Collectors.joining(between));
  }

  private static FileNameRule rule(ResultSet row) throws SQLException {
    var parts = (String[]) row.getArray("parts").getArray();
    return new FileNameRule(
        Arrays.stream(parts).map(FileNameRule.Part::valueOf).toList(), row.getString("joint"));
  }
}
