package jp.musubi.counterparty;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The current body's rules about counterparties. */
@Service
@Transactional
public class CounterpartyRules {
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  CounterpartyRules(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What holds.
   *
   * @param applicationsOpen whether anybody may apply on the body's public page
   */
  public record Rules(boolean applicationsOpen, MailDomains domains) {
    /** Of a body that has said nothing: the page is shut until it is wanted. */
    public static final Rules DEFAULT = new Rules(false, MailDomains.ANY);
  }

  /** What holds now. */
  @Transactional(readOnly = true)
  public Rules current() {
    return jdbc.sql(
            """
            select applications_open, allowed_domains, denied_domains from counterparty_rule
            """)
        .query((row, _) ->
            new Rules(
                row.getBoolean("applications_open"),
                new MailDomains(domains(row, "allowed_domains"), domains(row, "denied_domains"))))
        .optional()
        .orElse(Rules.DEFAULT);
  }

  /** From now on this holds. */
  public void change(Rules rules, Actor by, @Nullable String clientIp) {
    var before = current();
    jdbc.sql(
            """
            insert into counterparty_rule (applications_open, allowed_domains, denied_domains,
                                           changed_at)
            values (:open, :allowed, :denied, :now)
            on conflict (tenant_id) do update
               set applications_open = excluded.applications_open,
                   allowed_domains = excluded.allowed_domains,
                   denied_domains = excluded.denied_domains, changed_at = excluded.changed_at
            """)
        .param("open", rules.applicationsOpen())
        .param("allowed", rules.domains().allowed().toArray(String[]::new))
        .param("denied", rules.domains().denied().toArray(String[]::new))
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        by,
        "settings.counterparties-changed",
        null,
        clientIp,
        Map.of(
            "applicationsOpen", before.applicationsOpen() + " → " + rules.applicationsOpen(),
            "allowed", before.domains().allowed() + " → " + rules.domains().allowed(),
            "denied", before.domains().denied() + " → " + rules.domains().denied()));
  }

  private static List<String> domains(ResultSet row, String column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }
}
