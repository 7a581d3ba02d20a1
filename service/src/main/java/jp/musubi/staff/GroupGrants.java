package jp.musubi.staff;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Grant;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** グループによる権限. What a member holds because of groups becomes what the groups give now. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class GroupGrants {
  private final StaffStore store;
  private final StaffRegister register;
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  GroupGrants(
      StaffStore store, StaffRegister register, JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.store = store;
    this.register = register;
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Ends what came by groups and is not given any more, and gives what is missing. What people gave
   * is left alone, and not given a second time.
   *
   * @param given what the member's groups give
   */
  public void follow(UUID member, Set<Grant> given, Actor by, @Nullable String clientIp) {
    store.lock(member);
    var held = register.grants(member);
    for (var each : held) {
      if (each.byGroup() && !given.contains(each.grant())) {
        jdbc.sql("update role_grant set until_at = greatest(from_at, :now) where id = :id")
            .param("now", Timestamp.from(clock.instant()))
            .param("id", each.id())
            .update();
        record("staff.role-ended", member, each.grant(), by, clientIp);
      }
    }
    var holds = held.stream().map(StaffRegister.StoredGrant::grant).toList();
    for (var grant : given) {
      if (!holds.contains(grant)) {
        jdbc.sql(
                """
                insert into role_grant (id, staff_id, role, section_id, from_at, by_group)
                values (:id, :staff, :role, cast(:section as uuid), :now, true)
                """)
            .param("id", UUID.randomUUID())
            .param("staff", member)
            .param("role", grant.role().name())
            .param("section", grant.section())
            .param("now", Timestamp.from(clock.instant()))
            .update();
        record("staff.role-granted", member, grant, by, clientIp);
      }
    }
  }

  private void record(
      String action, UUID member, Grant grant, Actor by, @Nullable String clientIp) {
    var details = new HashMap<>(Map.of("staff", member.toString(), "role", grant.role().name()));
    details.put("section", Objects.toString(grant.section(), "body"));
    audit.record(by, action, null, clientIp, details);
  }
}
