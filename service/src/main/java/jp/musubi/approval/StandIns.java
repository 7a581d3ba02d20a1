package jp.musubi.approval;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Role;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.Staff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 代理. Approvers name each other for a period. The right to approve stays what an administrator
 * gave: who holds none cannot be named.
 */
@Service
@Transactional
class StandIns {
  private static final String COLUMNS =
      "select id, principal_id, deputy_id, from_date, until_date from stand_in";

  private final JdbcClient jdbc;
  private final Staff staff;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final Clock clock;

  StandIns(
      JdbcClient jdbc, Staff staff, Organisations organisations, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.staff = staff;
    this.organisations = organisations;
    this.audit = audit;
    this.clock = clock;
  }

  /** Those in force on a day. */
  @Transactional(readOnly = true)
  List<StandIn> on(LocalDate day) {
    return jdbc.sql(
            COLUMNS
                + " where ended_at is null and from_date <= :day and until_date > :day order by id")
        .param("day", day)
        .query((row, _) -> standIn(row))
        .list();
  }

  /** Those that somebody has named or been named for, and that are not over. */
  @Transactional(readOnly = true)
  List<StandIn> concerning(UUID person) {
    return jdbc.sql(
            COLUMNS
                + """
                 where ended_at is null and until_date > :today
                   and (principal_id = :person or deputy_id = :person)
                 order by from_date, id
                """)
        .param("today", organisations.today())
        .param("person", person)
        .query((row, _) -> standIn(row))
        .list();
  }

  /** Members of the body who may be named: approvers in use, beside oneself. */
  @Transactional(readOnly = true)
  List<Candidate> candidates(UUID person) {
    return jdbc.sql(
            """
            select s.id, s.name, s.login_id from staff s
             where s.id <> :person and s.active and s.suspended_at is null
               and exists (select from grants_of(s.id, :now, :today) g where g.role = 'APPROVER')
             order by s.name, s.login_id
            """)
        .param("person", person)
        .param("now", Timestamp.from(clock.instant()))
        .param("today", organisations.today())
        .query((row, _) ->
            new Candidate(
                row.getObject("id", UUID.class), row.getString("name"), row.getString("login_id")))
        .list();
  }

  /** Somebody who may be named. */
  record Candidate(UUID id, String name, String loginId) {}

  /** Names a stand-in for oneself; why not, if it cannot be. */
  Optional<StandIn.Objection> name(
      StaffMember principal,
      UUID deputy,
      LocalDate from,
      LocalDate until,
      String reason,
      @Nullable String clientIp) {
    // Two who name each other in the same moment would make a circle that neither sees.
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('stand-ins/' || current_tenant(), 57))")
        .query((_, _) -> 0)
        .list();
    var named = new StandIn(UUID.randomUUID(), principal.id(), deputy, from, until);
    var refused = named.refused(open(), organisations.today());
    if (refused.isPresent()) {
      return refused;
    }
    var member = staff.active(deputy);
    if (member.isEmpty() || !member.get().may(Role.APPROVER)) {
      return Optional.of(StandIn.Objection.NO_APPROVER);
    }
    jdbc.sql(
            """
            insert into stand_in (id, principal_id, deputy_id, from_date, until_date, reason,
                                  named_at)
            values (:id, :principal, :deputy, :from, :until, :reason, :now)
            """)
        .param("id", named.id())
        .param("principal", principal.id())
        .param("deputy", deputy)
        .param("from", from)
        .param("until", until)
        .param("reason", reason)
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        principal.actor(),
        "staff.stand-in-named",
        null,
        clientIp,
        Map.of(
            "deputy", deputy.toString(),
            "name", member.get().name(),
            "from", from.toString(),
            "until", until.toString(),
            "reason", reason));
    return Optional.empty();
  }

  /** Ends a period that one has named, at once. */
  void end(StaffMember principal, UUID id, @Nullable String clientIp) {
    var ended =
        jdbc.sql(
                """
                update stand_in set ended_at = :now
                 where id = :id and principal_id = :principal and ended_at is null
                """)
            .param("now", Timestamp.from(clock.instant()))
            .param("id", id)
            .param("principal", principal.id())
            .update();
    if (ended == 0) {
      throw new NotFound("stand-in " + id);
    }
    audit.record(
        principal.actor(),
        "staff.stand-in-ended",
        null,
        clientIp,
        Map.of("standIn", id.toString()));
  }

  private List<StandIn> open() {
    return jdbc.sql(COLUMNS + " where ended_at is null and until_date > :today")
        .param("today", organisations.today())
        .query((row, _) -> standIn(row))
        .list();
  }

  private static StandIn standIn(ResultSet row) throws SQLException {
    return new StandIn(
        row.getObject("id", UUID.class),
        row.getObject("principal_id", UUID.class),
        row.getObject("deputy_id", UUID.class),
        row.getObject("from_date", LocalDate.class),
        row.getObject("until_date", LocalDate.class));
  }
}
