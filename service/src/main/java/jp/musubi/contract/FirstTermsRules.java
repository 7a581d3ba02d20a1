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

/** The current body's 契約情報の初期値. */
@Service
@Transactional
public class FirstTermsRules {
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  FirstTermsRules(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** What holds now. */
  @Transactional(readOnly = true)
  public FirstTerms current() {
    return jdbc.sql("select answer_days, reading_years from first_terms")
        .query((row, _) -> new FirstTerms(row.getInt("answer_days"), row.getInt("reading_years")))
        .optional()
        .orElse(FirstTerms.DEFAULT);
  }

  /** From now on new contracts begin like this; those that exist stay as they are. */
  public void change(FirstTerms terms, Actor by, @Nullable String clientIp) {
    var before = current();
    jdbc.sql(
            """
            insert into first_terms (answer_days, reading_years, changed_at)
            values (:days, :years, :now)
            on conflict (tenant_id) do update
               set answer_days = excluded.answer_days, reading_years = excluded.reading_years,
                   changed_at = excluded.changed_at
            """)
        .param("days", terms.answerDays())
        .param("years", terms.readingYears())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        by,
        "settings.first-terms-changed",
        null,
        clientIp,
        Map.of(
            "answerDays", before.answerDays() + " → " + terms.answerDays(),
            "readingYears", before.readingYears() + " → " + terms.readingYears()));
  }
}
