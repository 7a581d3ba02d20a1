package jp.musubi.staff;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The staff of the current body, as rows. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class StaffStore {
  /** Wrong passwords in a row until the account rests. */
  static final int MOST_FAILURES = 10;

  /** How long it rests. */
  static final Duration REST = Duration.ofMinutes(15);

  /** What a row of {@code staff} holds, as {@code ROLE/SECTION}. */
  private static final String GRANTS =
      """
      array(select g.role || '/' || coalesce(g.section_id::text, '')
              from grants_of(staff.id, cast(:now as timestamptz), :day) g) as grants
      """;

  private final JdbcClient jdbc;

  StaffStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A try to sign in that was counted before its password was looked at.
   *
   * @param last whether the account rests from now on unless this password is right
   */
  record Attempt(StaffMember member, String passwordHash, boolean last) {}

  /**
   * Counts a try, so that many at once cannot outrun the limit. Empty when there is no such active
   * account or it rests.
   */
  Optional<Attempt> countAttempt(String loginId, Instant now) {
    return jdbc.sql(
            """
            update staff
               set failed_sign_ins =
                     case when locked_until is null then failed_sign_ins + 1 else 1 end,
                   locked_until =
                     case when locked_until is null and failed_sign_ins + 1 >= :most
                          then cast(:until as timestamptz) end
             where login_id = :loginId and active and suspended_at is null
               and (locked_until is null or locked_until <= cast(:now as timestamptz))
            returning tenant_id, id, login_id, name, mail, section_id, password_hash,
                      locked_until is not null as last,
            """
                + GRANTS)
        .param("most", MOST_FAILURES)
        .param("until", Timestamp.from(now.plus(REST)))
        .param("now", Timestamp.from(now))
        .param("loginId", loginId)
        .param("day", day(now))
        .query((row, _) ->
            new Attempt(member(row), row.getString("password_hash"), row.getBoolean("last")))
        .optional();
  }

  /** Forgets the failures: the password was right. */
  void clearAttempts(UUID id, Instant now) {
    jdbc.sql(
            """
            update staff set failed_sign_ins = 0, locked_until = null, last_signed_in_at = :now
             where id = :id
            """)
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  /** Notes that the member came by the body's ID; failures of the password stay counted. */
  void arrived(UUID id, Instant now) {
    jdbc.sql("update staff set last_signed_in_at = :now where id = :id")
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  /** The active member of staff. */
  Optional<StaffMember> active(UUID id, Instant now) {
    return jdbc.sql(
            "select tenant_id, id, login_id, name, mail, section_id, "
                + GRANTS
                + " from staff where id = :id and active and suspended_at is null")
        .param("id", id)
        .param("now", Timestamp.from(now))
        .param("day", day(now))
        .query((row, _) -> member(row))
        .optional();
  }

  /** The member of staff, active or not, with what they are in the register. */
  Optional<StaffEntry> find(UUID id) {
    return jdbc.sql(
            """
            select id, login_id, name, mail, section_id, active, last_signed_in_at,
                   password_set_at, ended_at, suspended_at
              from staff where id = :id
            """)
        .param("id", id)
        .query((row, _) -> StaffEntry.of(row))
        .optional();
  }

  /** Keeps others from changing the member until the transaction ends. */
  Optional<StaffEntry> lock(UUID id) {
    return jdbc.sql("select id from staff where id = :id for update")
        .param("id", id)
        .query(UUID.class)
        .optional()
        .flatMap(this::find);
  }

  /** Adds a member; empty when the login id is taken. */
  Optional<UUID> insert(
      String loginId, String name, String mail, UUID section, String unusableHash) {
    var id = UUID.randomUUID();
    var added =
        jdbc.sql(
                """
                insert into staff (id, login_id, password_hash, name, mail, section_id)
                values (:id, :login, :hash, :name, :mail, :section)
                on conflict (tenant_id, login_id) do nothing
                """)
            .param("id", id)
            .param("login", loginId)
            .param("hash", unusableHash)
            .param("name", name)
            .param("mail", mail)
            .param("section", section)
            .update();
    return added == 1 ? Optional.of(id) : Optional.empty();
  }

  void update(UUID id, String name, String mail, UUID section) {
    jdbc.sql("update staff set name = :name, mail = :mail, section_id = :section where id = :id")
        .param("name", name)
        .param("mail", mail)
        .param("section", section)
        .param("id", id)
        .update();
  }

  void setPassword(UUID id, String hash, Instant now) {
    jdbc.sql(
            """
            update staff set password_hash = :hash, password_set_at = :now, failed_sign_ins = 0,
                             locked_until = null
             where id = :id
            """)
        .param("hash", hash)
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  void setActive(UUID id, boolean active, Instant now) {
    jdbc.sql(
            """
            update staff set active = :active, suspended_at = null, counted_from = :now,
                             ended_at = case when :active then null else cast(:now as timestamptz) end
             where id = :id
            """)
        .param("active", active)
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  /** Ends every session of a member, on whatever node, half-way sign-ins too (ASVS 7.4.2). */
  void endSessions(UUID id) {
    endSessionsBeside(id, null, "");
  }

  /**
   * Ends every session of a member but one.
   *
   * @param kept its row
   * @param webSession the web session that carries it
   */
  void endSessionsBeside(UUID id, @Nullable UUID kept, String webSession) {
    jdbc.sql(
            "delete from staff_session where staff_id = :id and id is distinct from cast(:kept as uuid)")
        .param("id", id)
        .param("kept", kept)
        .update();
    jdbc.sql("delete from spring_session where principal_name = :id and session_id <> :session")
        .param("id", id.toString())
        .param("session", webSession)
        .update();
  }

  private static StaffMember member(ResultSet row) throws SQLException {
    var grants = (String[]) row.getArray("grants").getArray();
    return new StaffMember(
        new TenantId(row.getObject("tenant_id", UUID.class)),
        row.getObject("id", UUID.class),
        row.getString("login_id"),
        row.getString("name"),
        row.getString("mail"),
        row.getObject("section_id", UUID.class),
        Arrays.stream(grants).map(StaffStore::grant).collect(Collectors.toUnmodifiableSet()));
  }

  private static Grant grant(String text) {
    var parts = text.split("/", 2);
    var role = Role.valueOf(parts[0]);
    return parts[1].isEmpty()
        ? Grant.everywhere(role)
        : Grant.within(role, UUID.fromString(parts[1]));
  }

  private static LocalDate day(Instant now) {
    return LocalDate.ofInstant(now, JapaneseDates.ZONE);
  }
}
