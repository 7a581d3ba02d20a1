package jp.musubi.mandate;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 委任についての決まり of the current body. */
@Service
@Transactional
class MandateRules {
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  MandateRules(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** What becomes of an agent without a 委任 that covers the contract. */
  enum Mode {
    /** Nothing: the body keeps its 委任状 elsewhere. */
    NONE,
    /** The sender is told. */
    WARN,
    /** The contract is not sent. */
    DEMAND
  }

  /**
   * What holds.
   *
   * @param noticeDays how many days before its end a 委任 is shown as ending; 0 for never
   */
  record Rules(Mode mode, int noticeDays) {
    /** Of a body that has said nothing. */
    static final Rules DEFAULT = new Rules(Mode.WARN, 60);
  }

  /** What holds now. */
  @Transactional(readOnly = true)
  public Rules current() {
    return jdbc.sql("select mode, notice_days from mandate_rule")
        .query(
            (row, _) -> new Rules(Mode.valueOf(row.getString("mode")), row.getInt("notice_days")))
        .optional()
        .orElse(Rules.DEFAULT);
  }

  /** From now on this holds. */
  public void change(Rules rules, Actor by, String clientIp) {
    var before = current();
    jdbc.sql(
            """
            insert into mandate_rule (mode, notice_days, changed_at) values (:mode, :days, :now)
            on conflict (tenant_id) do update
               set mode = excluded.mode, notice_days = excluded.notice_days,
                   changed_at = excluded.changed_at
            """)
        .param("mode", rules.mode().name())
        .param("days", rules.noticeDays())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        by,
        "settings.mandates-changed",
        null,
        clientIp,
        Map.of(
            "mode", before.mode() + " → " + rules.mode(),
            "noticeDays", before.noticeDays() + " → " + rules.noticeDays()));
  }
}
