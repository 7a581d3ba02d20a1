package jp.musubi.staff.sso;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** グループと権限, of the current body: which group of its provider gives which right, and where. */
@Service
@Transactional
class Groups {
  /**
   * What a group can give. Approval, signature and audit control others, so that a person gives
   * them to a person; and nobody becomes an administrator by a list that is kept elsewhere.
   */
  static final List<Role> GIVEN = List.of(Role.CLERK, Role.VIEWER, Role.SECTION_ADMIN);

  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  Groups(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * One line of the list.
   *
   * @param value the group, as the provider spells it
   */
  record Rule(UUID id, String value, Grant grant) {}

  /** All, by group. */
  @Transactional(readOnly = true)
  public List<Rule> all() {
    return jdbc.sql("select id, value, role, section_id from sso_group order by value, role, id")
        .query((row, _) ->
            new Rule(
                row.getObject("id", UUID.class),
                row.getString("value"),
                new Grant(
                    Role.valueOf(row.getString("role")), row.getObject("section_id", UUID.class))))
        .list();
  }

  /** What somebody has who is in these groups. */
  @Transactional(readOnly = true)
  public Set<Grant> given(List<String> groups) {
    return all().stream()
        .filter(rule -> groups.contains(rule.value()))
        .map(Rule::grant)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Adds a line; whoever is in the group has the right from the next sign-in on.
   *
   * @return whether it was not there yet
   */
  public boolean add(String value, Grant grant, StaffMember admin, String ip) {
    if (all().stream().anyMatch(rule -> rule.value().equals(value) && rule.grant().equals(grant))) {
      return false;
    }
    jdbc.sql(
            """
            insert into sso_group (id, value, role, section_id, added_at)
            values (:id, :value, :role, cast(:section as uuid), :now)
            """)
        .param("id", UUID.randomUUID())
        .param("value", value)
        .param("role", grant.role().name())
        .param("section", grant.section())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    record("sso.group-added", value, grant, admin, ip);
    return true;
  }

  /** Takes a line away; what it gave ends at each person's next sign-in. */
  public void remove(UUID id, StaffMember admin, String ip) {
    var rule =
        all().stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new NotFound("group " + id));
    jdbc.sql("delete from sso_group where id = :id").param("id", id).update();
    record("sso.group-removed", rule.value(), rule.grant(), admin, ip);
  }

  private void record(String action, String value, Grant grant, StaffMember admin, String ip) {
    audit.record(
        admin.actor(),
        action,
        null,
        ip,
        Map.of(
            "group", value,
            "role", grant.role().name(),
            "section", Objects.toString(grant.section(), "body")));
  }
}
