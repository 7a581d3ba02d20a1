package jp.musubi.contract;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The current body's 長期保存の形式の決まり. */
@Service
@Transactional
public class ArchivalRegister {
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  ArchivalRegister(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** What holds now. */
  @Transactional(readOnly = true)
  public ArchivalRule current() {
    return jdbc.sql("select demand, beyond_years from archival_rule")
        .query((row, _) ->
            new ArchivalRule(
                ArchivalRule.Demand.valueOf(row.getString("demand")), row.getInt("beyond_years")))
        .optional()
        .orElse(ArchivalRule.DEFAULT);
  }

  /** From now on this holds for all that is not sent yet; what was sent stays as it was sent. */
  public void change(ArchivalRule rule, Actor by, @Nullable String clientIp) {
    var before = current();
    jdbc.sql(
            """
            insert into archival_rule (demand, beyond_years, changed_at)
            values (:demand, :years, :now)
            on conflict (tenant_id) do update
               set demand = excluded.demand, beyond_years = excluded.beyond_years,
                   changed_at = excluded.changed_at
            """)
        .param("demand", rule.demand().name())
        .param("years", rule.beyondYears())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        by,
        "settings.archival-changed",
        null,
        clientIp,
        Map.of(
            "demand",
            before.demand() + " → " + rule.demand(),
            "beyondYears",
            before.beyondYears() + " → " + rule.beyondYears()));
  }
}
