package jp.musubi.staff;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Reach;
import jp.musubi.authority.Role;
import jp.musubi.authority.Target;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 職員の登録. Who works for the current body, with what rights; every change within the giver's own
 * reach, with its entry in the audit trail, in one transaction.
 */
@Service
@Transactional
public class StaffRegister {
  private final StaffStore store;
  private final Staff staff;
  private final Invitations invitations;
  private final StaffMail mail;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final JdbcClient jdbc;
  private final Clock clock;

  StaffRegister(
      StaffStore store,
      Staff staff,
      Invitations invitations,
      StaffMail mail,
      Organisations organisations,
      AuditTrail audit,
      JdbcClient jdbc,
      Clock clock) {
    this.store = store;
    this.staff = staff;
    this.invitations = invitations;
    this.mail = mail;
    this.organisations = organisations;
    this.audit = audit;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * A grant as it is stored.
   *
   * @param byGroup whether a group of the body's provider gives it, and not a person
   */
  public record StoredGrant(
      UUID id, Grant grant, Instant from, Optional<Instant> until, boolean byGroup) {}

  /** Which part of the register. */
  public enum Which {
    /** May sign in. */
    ACTIVE,
    /** Rests, since nobody used the account. */
    SUSPENDED,
    /** Works here no more. */
    ENDED
  }

  /** What became of a new member of staff. */
  public sealed interface Added {
    /** They are registered and invited. */
    record Done(UUID id) implements Added {}

    /** They are not. */
    record Refused(StaffRefusal reason) implements Added {}
  }

  /** A member of the register. */
  @Transactional(readOnly = true)
  public StaffEntry get(UUID id) {
    return store.find(id).orElseThrow(() -> new NotFound("staff " + id));
  }

  /**
   * The members within reach whose login id or name contains the words, by login id.
   *
   * @param which those who may sign in, those whose account rests unused, or those it ended for
   */
  @Transactional(readOnly = true)
  public List<StaffEntry> find(Reach reach, String words, Which which, int limit) {
    return jdbc.sql(
            """
            select s.* from staff s
             where s.active = :active and (not :active or (s.suspended_at is not null) = :suspended)
               and (:everywhere or s.section_id in
                     (select * from sections_covered(cast(:roots as uuid[]), :today)))
               and (:words = '' or strpos(lower(s.login_id), lower(:words)) > 0
                    or strpos(replace(normalize(s.name, NFKC), ' ', ''), :words) > 0)
             order by s.login_id
             limit :limit
            """)
        .param("active", which != Which.ENDED)
        .param("suspended", which == Which.SUSPENDED)
        .param("everywhere", reach.everywhere())
        .param("roots", reach.rootArray())
        .param("today", organisations.today())
        .param("words", words.replaceAll("[\\s\\p{Z}]", ""))
        .param("limit", limit)
        .query((row, _) -> StaffEntry.of(row))
        .list();
  }

  /** What a member was given directly, in force or to come. */
  @Transactional(readOnly = true)
  public List<StoredGrant> grants(UUID id) {
    return jdbc.sql(
            """
            select id, role, section_id, from_at, until_at, by_group from role_grant
             where staff_id = :id and (until_at is null or until_at > :now) order by role
            """)
        .param("id", id)
        .param("now", Timestamp.from(clock.instant()))
        .query((row, _) ->
            new StoredGrant(
                row.getObject("id", UUID.class),
                new Grant(
                    Role.valueOf(row.getString("role")), row.getObject("section_id", UUID.class)),
                row.getTimestamp("from_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("until_at")).map(Timestamp::toInstant),
                row.getBoolean("by_group")))
        .list();
  }

  /** The active members who hold the role today, by name. */
  @Transactional(readOnly = true)
  public List<StaffEntry> holders(Role role) {
    return jdbc.sql(
            """
            select s.* from staff s
             where s.active and s.suspended_at is null and exists (
                   select from grants_of(s.id, cast(:now as timestamptz), :today) g
                    where g.role = :role)
             order by s.name
            """)
        .param("now", Timestamp.from(clock.instant()))
        .param("today", organisations.today())
        .param("role", role.name())
        .query((row, _) -> StaffEntry.of(row))
        .list();
  }

  /** Registers somebody and mails the invitation. */
  public Added add(
      StaffMember giver,
      String loginId,
      String name,
      String mail,
      UUID section,
      @Nullable String clientIp) {
    if (!reaches(giver, section)) {
      return new Added.Refused(new StaffRefusal.SectionOutOfReach());
    }
    var id = store.insert(loginId, name, mail, section, staff.unusableHash());
    if (id.isEmpty()) {
      return new Added.Refused(new StaffRefusal.LoginTaken(loginId));
    }
    record(giver, "staff.added", id.get(), clientIp, Map.of("loginId", loginId, "name", name));
    invitations.invite(id.get(), giver.actor(), clientIp);
    return new Added.Done(id.get());
  }

  /**
   * Changes name, mail and section; empty when it is done. Whoever reads the address chooses the
   * password: so the address of somebody who holds more than the giver can give is not theirs to
   * change, else a section's administrator would become the body's.
   */
  public Optional<StaffRefusal> change(
      StaffMember giver,
      UUID id,
      String name,
      String mail,
      UUID section,
      @Nullable String clientIp) {
    var before = store.lock(id).orElseThrow(() -> new NotFound("staff " + id));
    if (!before.sectionId().equals(section) && !reaches(giver, section)) {
      return Optional.of(new StaffRefusal.SectionOutOfReach());
    }
    if (!before.mail().equals(mail) && holdsMore(giver, id)) {
      return Optional.of(new StaffRefusal.HoldsMore());
    }
    store.update(id, name, mail, section);
    if (!before.mail().equals(mail)) {
      // Whoever reads the old address must not get in by it any more.
      invitations.revokeAll(id);
      // Whoever reads the new address may choose the password: who had the old one learns of it.
      this.mail.tell(id, before.name(), before.mail(), "staff.readdressed", giver.name());
    }
    record(
        giver,
        "staff.changed",
        id,
        clientIp,
        Map.of("name", name, "mail", mail, "section", section.toString()));
    return Optional.empty();
  }

  /** Mails a new invitation; the links before die. Empty when it is done. */
  public Optional<StaffRefusal> reinvite(StaffMember giver, UUID id, @Nullable String clientIp) {
    var entry = store.lock(id).orElseThrow(() -> new NotFound("staff " + id));
    if (!entry.active()) {
      return Optional.of(new StaffRefusal.Ended());
    }
    invitations.invite(id, giver.actor(), clientIp);
    return Optional.empty();
  }

  /**
   * Gives a role.
   *
   * @param until when it ends by itself, for instance an auditor's; empty for no such day
   * @return empty when it is given
   */
  public Optional<StaffRefusal> grant(
      StaffMember giver,
      UUID receiver,
      Grant grant,
      Optional<Instant> until,
      @Nullable String clientIp) {
    var entry = store.lock(receiver).orElseThrow(() -> new NotFound("staff " + receiver));
    if (!entry.active()) {
      return Optional.of(new StaffRefusal.Ended());
    }
    var refusal = refuses(giver, receiver, grant);
    if (refusal.isPresent()) {
      return refusal;
    }
    if (grants(receiver).stream().anyMatch(stored -> stored.grant().equals(grant))) {
      return Optional.of(new StaffRefusal.GrantedAlready(grant.role()));
    }
    jdbc.sql(
            """
            insert into role_grant (id, staff_id, role, section_id, from_at, until_at)
            values (:id, :staff, :role, cast(:section as uuid), :now, cast(:until as timestamptz))
            """)
        .param("id", UUID.randomUUID())
        .param("staff", receiver)
        .param("role", grant.role().name())
        .param("section", grant.section())
        .param("now", Timestamp.from(clock.instant()))
        .param("until", until.map(Timestamp::from).orElse(null))
        .update();
    record(giver, "staff.role-granted", receiver, clientIp, details(grant));
    return Optional.empty();
  }

  /** Takes a role; empty when it is taken. */
  public Optional<StaffRefusal> endGrant(
      StaffMember giver, UUID receiver, UUID grantId, @Nullable String clientIp) {
    lockAdministrators();
    var stored =
        grants(receiver).stream()
            .filter(grant -> grant.id().equals(grantId))
            .findFirst()
            .orElseThrow(() -> new NotFound("grant " + grantId));
    var refusal = refuses(giver, receiver, stored.grant());
    // Laying down what one could not give oneself is always possible.
    if (refusal.isPresent() && !giver.id().equals(receiver)) {
      return refusal;
    }
    if (stored.grant().role() == administrator() && administratorsBeside(receiver) == 0) {
      return Optional.of(new StaffRefusal.LastAdministrator());
    }
    jdbc.sql("update role_grant set until_at = greatest(from_at, :now) where id = :id")
        .param("now", Timestamp.from(clock.instant()))
        .param("id", grantId)
        .update();
    record(giver, "staff.role-ended", receiver, clientIp, details(stored.grant()));
    return Optional.empty();
  }

  /** Ends an account and every session; contracts stay with their section. Empty when done. */
  public Optional<StaffRefusal> disable(StaffMember giver, UUID id, @Nullable String clientIp) {
    if (giver.id().equals(id)) {
      return Optional.of(new StaffRefusal.Oneself());
    }
    lockAdministrators();
    var entry = store.lock(id).orElseThrow(() -> new NotFound("staff " + id));
    if (!entry.active()) {
      return Optional.of(new StaffRefusal.Ended());
    }
    if (holders(administrator()).stream().anyMatch(holder -> holder.id().equals(id))) {
      if (!giver.may(administrator())) {
        return Optional.of(
            new StaffRefusal.GrantRefused(
                administrator(), Authorisation.GrantRefusal.BEYOND_THE_GIVER));
      }
      if (administratorsBeside(id) == 0) {
        return Optional.of(new StaffRefusal.LastAdministrator());
      }
    }
    store.setActive(id, false, clock.instant());
    store.endSessions(id);
    invitations.revokeAll(id);
    record(giver, "staff.disabled", id, clientIp, Map.of("loginId", entry.loginId()));
    return Optional.empty();
  }

  /** Opens an ended account again; its owner chooses a new password. Empty when it is done. */
  public Optional<StaffRefusal> enable(StaffMember giver, UUID id, @Nullable String clientIp) {
    var entry = store.lock(id).orElseThrow(() -> new NotFound("staff " + id));
    if (entry.active()) {
      return Optional.empty();
    }
    if (holdsMore(giver, id)) {
      return Optional.of(new StaffRefusal.HoldsMore());
    }
    store.setActive(id, true, clock.instant());
    store.setPassword(id, staff.unusableHash(), clock.instant());
    record(giver, "staff.enabled", id, clientIp, Map.of("loginId", entry.loginId()));
    invitations.invite(id, giver.actor(), clientIp);
    return Optional.empty();
  }

  /**
   * Whether somebody else holds, or will hold, a role that the giver cannot give. An ended account
   * keeps its roles for the day on which it is opened again.
   */
  private boolean holdsMore(StaffMember giver, UUID other) {
    if (giver.id().equals(other) || giver.may(administrator())) {
      return false;
    }
    var held = new ArrayList<>(grants(other).stream().map(StoredGrant::grant).toList());
    held.addAll(
        jdbc.sql(
                """
                select carried as role, p.section_id
                  from post_holding h
                  join post p on p.tenant_id = h.tenant_id and p.id = h.post_id
                  cross join unnest(p.carries) as carried
                 where h.staff_id = :id and (h.until_date is null or h.until_date > :today)
                   and (p.closed_on is null or p.closed_on > :today)
                """)
            .param("id", other)
            .param("today", organisations.today())
            .query((row, _) ->
                new Grant(
                    Role.valueOf(row.getString("role")), row.getObject("section_id", UUID.class)))
            .list());
    return held.stream().anyMatch(grant -> refuses(giver, other, grant).isPresent());
  }

  /** Whether somebody may give or take a role. */
  @Transactional(readOnly = true)
  public Optional<StaffRefusal> refuses(StaffMember giver, UUID receiver, Grant grant) {
    var place =
        grant.section() == null
            ? Target.NOWHERE
            : new Target(organisations.pathOf(grant.section()), java.util.Set.of());
    return Authorisation.refuses(
            giver, receiver, grant.role(), grant.section(), place, isOperators())
        .map(reason -> new StaffRefusal.GrantRefused(grant.role(), reason));
  }

  /** Whether the current body is the operator's own. */
  @Transactional(readOnly = true)
  public boolean isOperators() {
    return organisations.body(Tenancy.required()).map(Body::isOperators).orElse(false);
  }

  /** One decision about administrators at a time: two cannot take the role from each other. */
  void lockAdministrators() {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('admins/' || current_tenant(), 21))")
        .query((_, _) -> true)
        .single();
  }

  /** How many administrators there are beside this person. */
  long administratorsBeside(UUID person) {
    return holders(administrator()).stream().filter(holder -> !holder.id().equals(person)).count();
  }

  /** The role whose holders look after the current body. */
  Role administrator() {
    return isOperators() ? Role.OPERATOR : Role.BODY_ADMIN;
  }

  private boolean reaches(StaffMember giver, UUID section) {
    return organisations.section(section).isPresent()
        && Authorisation.reach(giver, Act.CHANGE_MEMBER)
            .covers(new Target(organisations.pathOf(section), java.util.Set.of()));
  }

  private static Map<String, String> details(Grant grant) {
    return Map.of(
        "role", grant.role().name(), "section", Objects.toString(grant.section(), "body"));
  }

  private void record(
      StaffMember giver,
      String action,
      UUID about,
      @Nullable String clientIp,
      Map<String, String> details) {
    var all = new java.util.TreeMap<>(details);
    all.put("staff", about.toString());
    audit.record(giver.actor(), action, null, clientIp, all);
  }
}
