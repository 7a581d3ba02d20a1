package jp.musubi.approval;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The current body's 承認の決まり. */
@Service
@Transactional
class ApprovalRules {
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  ApprovalRules(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** What holds now. */
  @Transactional(readOnly = true)
  ApprovalPolicy current() {
    return jdbc.sql("select required, own_allowed from approval_policy")
        .query((row, _) ->
            new ApprovalPolicy(row.getBoolean("required"), row.getBoolean("own_allowed")))
        .optional()
        .orElse(ApprovalPolicy.DEFAULT);
  }

  /** Holds from now on, for what waits too. */
  void change(ApprovalPolicy policy, Actor by, @Nullable String clientIp) {
    var before = current();
    jdbc.sql(
            """
            insert into approval_policy (required, own_allowed, changed_at)
            values (:required, :own, :now)
            on conflict (tenant_id) do update
               set required = excluded.required, own_allowed = excluded.own_allowed,
                   changed_at = excluded.changed_at
            """)
        .param("required", policy.required())
        .param("own", policy.ownAllowed())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        by,
        "settings.approval-policy-changed",
        null,
        clientIp,
        Map.of(
            "required", before.required() + " → " + policy.required(),
            "ownAllowed", before.ownAllowed() + " → " + policy.ownAllowed()));
  }
}
