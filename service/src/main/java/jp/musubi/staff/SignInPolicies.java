package jp.musubi.staff;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.web.Entrance;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The current body's サインインの決まり, and what its members have of what that wants. */
@Service
@Transactional
public class SignInPolicies {
  private final JdbcClient jdbc;
  private final AuditTrail audit;

  SignInPolicies(JdbcClient jdbc, AuditTrail audit) {
    this.jdbc = jdbc;
    this.audit = audit;
  }

  /** What holds now. */
  @Transactional(readOnly = true)
  public SignInPolicy current() {
    return stored().orElse(SignInPolicy.DEFAULT);
  }

  /** How many who may sign in have no second factor: they would be led to register one. */
  @Transactional(readOnly = true)
  public int withoutFactor() {
    return jdbc.sql(
            """
            select count(*) from staff s
             where s.active
               and not exists (select from staff_totp t where t.staff_id = s.id and t.confirmed_at is not null)
               and not exists (select from staff_passkey p where p.staff_id = s.id)
            """)
        .query(Integer.class)
        .single();
  }

  /** From now on this holds, for sessions that are open as well. */
  public void change(StaffMember giver, SignInPolicy policy, @Nullable String clientIp) {
    var before = facts(current());
    write(policy);
    var changes = new TreeMap<String, String>();
    facts(policy)
        .forEach((name, value) -> {
          if (!value.equals(before.get(name))) {
            changes.put(name, before.get(name) + " → " + value);
          }
        });
    audit.record(giver.actor(), "settings.sign-in-changed", null, clientIp, changes);
  }

  /** Writes what holds; its record is the caller's. */
  void write(SignInPolicy policy) {
    jdbc.sql(
            """
            insert into sign_in_policy (demand, least_password, idle_minutes, longest_hours, unused_days, entrance)
            values (:demand, :least, :idle, :longest, :unused, :entrance)
            on conflict (tenant_id) do update
               set demand = excluded.demand, least_password = excluded.least_password,
                   idle_minutes = excluded.idle_minutes, longest_hours = excluded.longest_hours,
                   unused_days = excluded.unused_days, entrance = excluded.entrance
            """)
        .param("demand", policy.demand().name())
        .param("least", policy.leastPassword())
        .param("idle", policy.idle().toMinutes())
        .param("longest", policy.longest().toHours())
        .param("unused", policy.unusedDays())
        .param("entrance", policy.entrance().name())
        .update();
  }

  /** What a member has registered. */
  @Transactional(readOnly = true)
  SignInPolicy.Owned owned(UUID member) {
    return jdbc.sql(
            """
            select exists (select from staff_totp where staff_id = s.id and confirmed_at is not null) as app,
                   exists (select from staff_passkey where staff_id = s.id) as passkey, s.must_enrol
              from staff s where s.id = :staff
            """)
        .param("staff", member)
        .query((row, _) ->
            new SignInPolicy.Owned(
                row.getBoolean("app"), row.getBoolean("passkey"), row.getBoolean("must_enrol")))
        .optional()
        .orElse(new SignInPolicy.Owned(false, false, false));
  }

  /** Characters of a new password of this member. */
  @Transactional(readOnly = true)
  int leastPassword(UUID member) {
    return current().leastPassword(owned(member));
  }

  /** Whether only the member's passkey opens, and no code. */
  @Transactional(readOnly = true)
  boolean opensByPasskeyOnly(StaffMember member) {
    return current().wantsPasskey(member.roles()) && owned(member.id()).passkey();
  }

  private Optional<SignInPolicy> stored() {
    return jdbc.sql("select * from sign_in_policy")
        .query((row, _) ->
            new SignInPolicy(
                SignInPolicy.Demand.valueOf(row.getString("demand")),
                row.getInt("least_password"),
                Duration.ofMinutes(row.getInt("idle_minutes")),
                Duration.ofHours(row.getInt("longest_hours")),
                row.getInt("unused_days"),
                Entrance.Side.valueOf(row.getString("entrance"))))
        .optional();
  }

  private static Map<String, String> facts(SignInPolicy policy) {
    return Map.of(
        "demand", policy.demand().name(),
        "leastPassword", String.valueOf(policy.leastPassword()),
        "idleMinutes", String.valueOf(policy.idle().toMinutes()),
        "longestHours", String.valueOf(policy.longest().toHours()),
        "unusedDays", String.valueOf(policy.unusedDays()),
        "entrance", policy.entrance().name());
  }
}
