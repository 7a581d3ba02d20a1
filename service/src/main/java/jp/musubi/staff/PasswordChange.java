package jp.musubi.staff;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * パスワードの変更 by its owner, who shows the present one; every other session ends and a mail tells of it
 * (ASVS 6.2.3, 7.4.3).
 */
@Service
class PasswordChange {
  private final Staff staff;
  private final StaffStore store;
  private final Invitations invitations;
  private final SignInPolicies policies;
  private final Passwords passwords;
  private final StaffMail mail;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Clock clock;

  PasswordChange(
      Staff staff,
      StaffStore store,
      Invitations invitations,
      SignInPolicies policies,
      Passwords passwords,
      StaffMail mail,
      AuditTrail audit,
      TransactionTemplate transaction,
      Clock clock) {
    this.staff = staff;
    this.store = store;
    this.invitations = invitations;
    this.policies = policies;
    this.passwords = passwords;
    this.mail = mail;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** What became of it. */
  sealed interface Outcome {
    /** The new password holds. */
    record Done() implements Outcome {}

    /** The present one was not shown, or the account rests after too many tries. */
    record NotConfirmed() implements Outcome {}

    /** The new one is the present one. */
    record Same() implements Outcome {}

    /** The new one is unfit. */
    record Unfit(Text why) implements Outcome {}
  }

  /**
   * Changes it.
   *
   * @param session the web session in which it is done; it goes on
   */
  Outcome change(
      SignedInStaff person, String present, String next, String session, @Nullable String ip) {
    var member = person.member();
    var wrong = wrong(member, next);
    if (wrong.isPresent()) {
      return new Outcome.Unfit(wrong.get());
    }
    if (present.isEmpty() || !staff.confirms(member, present, ip)) {
      return new Outcome.NotConfirmed();
    }
    if (present.equals(next)) {
      return new Outcome.Same();
    }
    // Hashing takes its time; no row stays locked while it does.
    var hash = Objects.requireNonNull(passwords.encode(next));
    transaction.executeWithoutResult(_ -> store(person, hash, session, ip));
    return new Outcome.Done();
  }

  /** How long a new one has to be. */
  int least(StaffMember member) {
    return policies.leastPassword(member.id());
  }

  private Optional<Text> wrong(StaffMember member, String next) {
    var least = least(member);
    return PasswordRule.of(
            next,
            least,
            Objects.requireNonNull(transaction.execute(_ -> invitations.context(member))))
        .map(wrong -> PasswordRule.words(wrong, least));
  }

  private void store(SignedInStaff person, String hash, String session, @Nullable String ip) {
    var member = person.member();
    store.setPassword(member.id(), hash, clock.instant());
    store.endSessionsBeside(member.id(), person.session(), session);
    audit.record(
        member.actor(), "staff.password-changed", null, ip, Map.of("loginId", member.loginId()));
    mail.tell(member, "staff.password.changed");
  }
}
