package jp.musubi.staff;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 使われていないアカウント. After the number of days that the body chose an account rests until an
 * administrator lets it work again; its owner is told.
 */
@Service
@Transactional
public class UnusedAccounts {
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "suspend-unused", "むすび");

  private final JdbcClient jdbc;
  private final StaffStore store;
  private final StaffRegister register;
  private final SignInPolicies policies;
  private final StaffMail mail;
  private final AuditTrail audit;
  private final Clock clock;

  UnusedAccounts(
      JdbcClient jdbc,
      StaffStore store,
      StaffRegister register,
      SignInPolicies policies,
      StaffMail mail,
      AuditTrail audit,
      Clock clock) {
    this.jdbc = jdbc;
    this.store = store;
    this.register = register;
    this.policies = policies;
    this.mail = mail;
    this.audit = audit;
    this.clock = clock;
  }

  /** An account that may sign in, and when it was last used. */
  record Account(
      UUID id, String loginId, String name, String mail, Instant used, boolean administrator) {}

  /**
   * Which accounts rest from now on. Where that were every administrator, the one who came last
   * stays: somebody must be able to let the others work again.
   */
  static List<Account> unused(List<Account> accounts, int days, Instant now) {
    var limit = now.minus(Duration.ofDays(days));
    var unused = accounts.stream().filter(account -> !account.used().isAfter(limit)).toList();
    var administrators = accounts.stream().filter(Account::administrator).toList();
    if (!unused.containsAll(administrators)) {
      return unused;
    }
    var last = administrators.stream().max(Comparator.comparing(Account::used));
    return unused.stream().filter(account -> !last.map(account::equals).orElse(false)).toList();
  }

  /** Lets the accounts of the current body rest that its policy calls unused; how many. */
  public int suspend() {
    var days = policies.current().unusedDays();
    if (days == 0) {
      return 0;
    }
    register.lockAdministrators();
    var now = clock.instant();
    var unused = unused(accounts(), days, now);
    for (var account : unused) {
      jdbc.sql("update staff set suspended_at = :now where id = :id")
          .param("now", Timestamp.from(now))
          .param("id", account.id())
          .update();
      store.endSessions(account.id());
      audit.record(
          SERVICE,
          "staff.suspended",
          null,
          null,
          Map.of(
              "staff", account.id().toString(),
              "loginId", account.loginId(),
              "lastUsed", account.used().toString()));
      mail.tell(
          account.id(), account.name(), account.mail(), "staff.suspended", String.valueOf(days));
    }
    return unused.size();
  }

  /** Lets an account work again; its days count anew. */
  public void release(StaffMember giver, UUID id, @Nullable String clientIp) {
    var _ = store.lock(id).orElseThrow(() -> new NotFound("staff " + id));
    var released =
        jdbc.sql(
                """
                update staff set suspended_at = null, counted_from = :now
                 where id = :id and suspended_at is not null
                """)
            .param("now", Timestamp.from(clock.instant()))
            .param("id", id)
            .update();
    if (released == 1) {
      audit.record(giver.actor(), "staff.released", null, clientIp, Map.of("staff", id.toString()));
    }
  }

  /** Rows of sessions that ended long ago and that nobody came back to. */
  void forgetOldSessions() {
    jdbc.sql("delete from staff_session where since < :limit")
        .param("limit", Timestamp.from(clock.instant().minus(Duration.ofHours(25))))
        .update();
  }

  private List<Account> accounts() {
    var administrators =
        register.holders(register.administrator()).stream()
            .map(StaffEntry::id)
            .collect(Collectors.toCollection(HashSet::new));
    return jdbc.sql(
            """
            select id, login_id, name, mail,
                   greatest(counted_from, coalesce(last_signed_in_at, counted_from)) as used
              from staff where active and suspended_at is null order by login_id
            """)
        .query((row, _) ->
            new Account(
                row.getObject("id", UUID.class),
                row.getString("login_id"),
                row.getString("name"),
                row.getString("mail"),
                row.getTimestamp("used").toInstant(),
                administrators.contains(row.getObject("id", UUID.class))))
        .list();
  }
}
