package jp.musubi.staff;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.SessionEnd;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 使用中の端末. The sessions of the current body's staff: begun at sign-in, looked up at each request,
 * seen and ended by their owner and by administrators (ASVS 7.3, 7.4, 7.5.2).
 */
@Service
@Transactional
public class StaffSessions {
  /** Use is written down no more often than this. */
  private static final Duration GRAIN = Duration.ofSeconds(20);

  private final JdbcClient jdbc;
  private final StaffStore staff;
  private final SignInPolicies policies;
  private final AuditTrail audit;
  private final Clock clock;

  StaffSessions(
      JdbcClient jdbc, StaffStore staff, SignInPolicies policies, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.staff = staff;
    this.policies = policies;
    this.audit = audit;
    this.clock = clock;
  }

  /** A session that is open. */
  public record Open(UUID id, String device, String ip, Instant since, Instant used) {}

  private record Times(Instant since, Instant used) {}

  /** Begins one for somebody who has shown enough. */
  UUID begin(StaffMember member, Set<Factor> shown, String device, @Nullable String ip) {
    var id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into staff_session (id, staff_id, device, client_ip, factors, since, used_at)
            values (:id, :staff, :device, cast(:ip as text), :factors, :now, :now)
            """)
        .param("id", id)
        .param("staff", member.id())
        .param("device", device)
        .param("ip", ip)
        .param("factors", names(shown))
        .param("now", Timestamp.from(clock.instant()))
        .update();
    return id;
  }

  /** More was shown in it. */
  void shows(UUID session, Set<Factor> shown) {
    jdbc.sql("update staff_session set factors = :factors where id = :id")
        .param("factors", names(shown))
        .param("id", session)
        .update();
  }

  /**
   * Uses a session.
   *
   * @return when it ends now; empty if it has ended
   */
  Optional<SessionEnd> use(UUID session, UUID member, SignInPolicy policy, Instant now) {
    var times =
        jdbc.sql("select since, used_at from staff_session where id = :id and staff_id = :staff")
            .param("id", session)
            .param("staff", member)
            .query((row, _) ->
                new Times(
                    row.getTimestamp("since").toInstant(), row.getTimestamp("used_at").toInstant()))
            .optional();
    if (times.isEmpty()) {
      return Optional.empty();
    }
    var since = times.get().since();
    if (!now.isBefore(policy.end(since, times.get().used()))) {
      delete(session, member);
      return Optional.empty();
    }
    if (times.get().used().plus(GRAIN).isBefore(now)) {
      jdbc.sql("update staff_session set used_at = :now where id = :id")
          .param("now", Timestamp.from(now))
          .param("id", session)
          .update();
    }
    var end = policy.end(since, now);
    return Optional.of(new SessionEnd(end, end.isBefore(since.plus(policy.longest()))));
  }

  /** The open sessions of a member, the last used first. */
  @Transactional(readOnly = true)
  public List<Open> of(UUID member) {
    var policy = policies.current();
    var now = clock.instant();
    return jdbc
        .sql(
            """
            select id, device, coalesce(client_ip, '') as ip, since, used_at from staff_session
             where staff_id = :staff order by used_at desc, id
            """)
        .param("staff", member)
        .query((row, _) ->
            new Open(
                row.getObject("id", UUID.class),
                row.getString("device"),
                row.getString("ip"),
                row.getTimestamp("since").toInstant(),
                row.getTimestamp("used_at").toInstant()))
        .stream()
        .filter(open -> now.isBefore(policy.end(open.since(), open.used())))
        .toList();
  }

  /**
   * Ends one.
   *
   * @param by its owner, or an administrator within reach
   */
  public void end(StaffMember by, UUID member, UUID session, @Nullable String ip) {
    if (!delete(session, member)) {
      throw new NotFound("session " + session);
    }
    record(by, "staff.session-ended", member, ip);
  }

  /** Ends all of one's own but the one that asks. */
  void endOthers(SignedInStaff person, String webSession, @Nullable String ip) {
    staff.endSessionsBeside(person.id(), person.session(), webSession);
    record(person.member(), "staff.other-sessions-ended", person.id(), ip);
  }

  /** サインアウト. */
  void signOut(SignedInStaff person, @Nullable String ip) {
    var session = person.session();
    if (session != null && delete(session, person.id())) {
      record(person.member(), "staff.signed-out", person.id(), ip);
    }
  }

  private boolean delete(UUID session, UUID member) {
    return jdbc.sql("delete from staff_session where id = :id and staff_id = :staff")
            .param("id", session)
            .param("staff", member)
            .update()
        == 1;
  }

  private void record(StaffMember by, String action, UUID about, @Nullable String ip) {
    audit.record(by.actor(), action, null, ip, Map.of("staff", about.toString()));
  }

  private static String[] names(Set<Factor> shown) {
    return shown.stream().map(Factor::name).sorted().toArray(String[]::new);
  }
}
