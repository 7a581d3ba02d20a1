package jp.musubi.staff;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** 職員. The staff of the current body, and whether somebody is who they say. */
@Service
public class Staff {
  private final StaffStore store;
  private final FactorStore factors;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final PasswordEncoder passwords;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final String nobody;

  Staff(
      StaffStore store,
      FactorStore factors,
      Organisations organisations,
      AuditTrail audit,
      Passwords passwords,
      TransactionTemplate transaction,
      Clock clock) {
    this.store = store;
    this.factors = factors;
    this.organisations = organisations;
    this.audit = audit;
    this.passwords = passwords;
    this.transaction = transaction;
    this.clock = clock;
    this.nobody = java.util.Objects.requireNonNull(passwords.encode(UUID.randomUUID().toString()));
  }

  /** The active member of staff of the current body. */
  public Optional<StaffMember> active(UUID id) {
    return required(transaction.execute(_ -> store.active(id, clock.instant())));
  }

  /** The name of a member's section, spelled from the top. */
  public String sectionName(StaffMember member) {
    return required(
        transaction.execute(
            _ -> organisations.section(member.sectionId()).map(Section::name).orElse("")));
  }

  /**
   * Whether the password is this member's, for confirming an act. Failures count as failed sign-ins
   * do, and an account that rests answers no.
   *
   * @param ip from where
   */
  public boolean confirms(StaffMember member, String password, @Nullable String ip) {
    return signIn(member.loginId(), password, ip, "staff.confirmed").isPresent();
  }

  /**
   * Signs in to the current body. A wrong name, a wrong password and an account that rests all take
   * the same time and give the same answer (ASVS 6.3.8).
   */
  Optional<StaffMember> signIn(String loginId, String password, @Nullable String ip) {
    return signIn(loginId, password, ip, "staff.signed-in");
  }

  /** A hash that no password fits, for an account whose owner has not chosen one yet. */
  String unusableHash() {
    return nobody;
  }

  /** Spends the time a real look at a password takes. */
  void pretend(String password) {
    passwords.matches(password, nobody);
  }

  private Optional<StaffMember> signIn(
      String loginId, String password, @Nullable String ip, String action) {
    var attempt = required(transaction.execute(_ -> store.countAttempt(loginId, clock.instant())));
    if (attempt.isEmpty()) {
      pretend(password);
      return Optional.empty();
    }
    // Hashing takes its time; no row stays locked while it does.
    var right = passwords.matches(password, attempt.get().passwordHash());
    transaction.executeWithoutResult(_ -> conclude(attempt.get(), right, ip, action));
    return right ? Optional.of(attempt.get().member()) : Optional.empty();
  }

  private void conclude(
      StaffStore.Attempt attempt, boolean right, @Nullable String ip, String action) {
    var member = attempt.member();
    var actor = member.actor();
    if (right) {
      // Where a second factor is wanted, only that forgets the failures: else whoever knows the
      // password could guess codes without end.
      if (!factors.hasAny(member.id())) {
        store.clearAttempts(member.id(), clock.instant());
      }
      audit.record(actor, action, null, ip, Map.of("loginId", member.loginId()));
    } else {
      audit.record(
          actor,
          attempt.last() ? "staff.locked" : "staff.refused",
          null,
          ip,
          Map.of("loginId", member.loginId()));
    }
  }

  private static <T> T required(@Nullable T value) {
    return java.util.Objects.requireNonNull(value);
  }
}
