package jp.musubi.audit;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.evidence.KeepingFloor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The current body's 保存期間 of its record. It is a promise: nothing in the service erases entries.
 */
@Service
@Transactional
class KeepingRules {
  private final JdbcClient jdbc;
  private final List<KeepingFloor> floors;
  private final AuditTrail audit;
  private final Clock clock;

  KeepingRules(JdbcClient jdbc, List<KeepingFloor> floors, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.floors = List.copyOf(floors);
    this.audit = audit;
    this.clock = clock;
  }

  /** What holds now. */
  @Transactional(readOnly = true)
  public Keeping current() {
    var chosen =
        jdbc.sql("select years from record_keeping")
            .query(Integer.class)
            .optional()
            .orElse(Keeping.OTHERWISE);
    return new Keeping(chosen, floors.stream().mapToInt(KeepingFloor::years).max().orElse(0));
  }

  /**
   * Sets how long entries are kept at the least, those that exist included.
   *
   * @return false, and nothing changes, when contracts need more
   */
  public boolean change(int years, Actor by, @Nullable String clientIp) {
    var before = current();
    if (years < before.least()) {
      return false;
    }
    jdbc.sql(
            """
            insert into record_keeping (years, changed_at) values (:years, :now)
            on conflict (tenant_id) do update
               set years = excluded.years, changed_at = excluded.changed_at
            """)
        .param("years", years)
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        by,
        "settings.record-keeping-changed",
        null,
        clientIp,
        Map.of("years", before.years() + " → " + years));
    return true;
  }
}
