package jp.musubi.deadline;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The current body's 督促の決まり. */
@Service
@Transactional
class ReminderRegister {
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  ReminderRegister(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** What holds now. */
  @Transactional(readOnly = true)
  public ReminderRules current() {
    return jdbc.sql(
            """
            select automatic, first_after, every, most, days_left, notice_before, ending_before,
                   date_tolerance
              from reminder_rules
            """)
        .query((row, _) ->
            new ReminderRules(
                row.getBoolean("automatic"),
                row.getInt("first_after"),
                row.getInt("every"),
                row.getInt("most"),
                row.getInt("days_left"),
                row.getInt("notice_before"),
                row.getInt("ending_before"),
                row.getInt("date_tolerance")))
        .optional()
        .orElse(ReminderRules.DEFAULT);
  }

  /** From now on this holds, also for what is on its way. */
  public void change(ReminderRules rules, Actor by, @Nullable String clientIp) {
    var before = told(current());
    jdbc.sql(
            """
            insert into reminder_rules (automatic, first_after, every, most, days_left,
                                        notice_before, ending_before, date_tolerance, changed_at)
            values (:automatic, :first, :every, :most, :left, :notice, :ending, :tolerance, :now)
            on conflict (tenant_id) do update
               set automatic = excluded.automatic, first_after = excluded.first_after,
                   every = excluded.every, most = excluded.most, days_left = excluded.days_left,
                   notice_before = excluded.notice_before,
                   ending_before = excluded.ending_before,
                   date_tolerance = excluded.date_tolerance, changed_at = excluded.changed_at
            """)
        .param("automatic", rules.automatic())
        .param("first", rules.firstAfter())
        .param("every", rules.every())
        .param("most", rules.most())
        .param("left", rules.daysLeft())
        .param("notice", rules.noticeBefore())
        .param("ending", rules.endingBefore())
        .param("tolerance", rules.dateTolerance())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    var changes = told(rules);
    changes.replaceAll((key, now) -> before.get(key) + " → " + now);
    audit.record(by, "settings.reminders-changed", null, clientIp, changes);
  }

  private static Map<String, String> told(ReminderRules rules) {
    var told = new LinkedHashMap<String, String>();
    told.put("automatic", String.valueOf(rules.automatic()));
    told.put("firstAfter", String.valueOf(rules.firstAfter()));
    told.put("every", String.valueOf(rules.every()));
    told.put("most", String.valueOf(rules.most()));
    told.put("daysLeft", String.valueOf(rules.daysLeft()));
    told.put("noticeBefore", String.valueOf(rules.noticeBefore()));
    told.put("endingBefore", String.valueOf(rules.endingBefore()));
    told.put("dateTolerance", String.valueOf(rules.dateTolerance()));
    return told;
  }
}
