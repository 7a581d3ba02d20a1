package jp.musubi.staff;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.Entrance;

/**
 * サインインの決まり of a body: what its staff show of themselves, and how long that is good for. Within the
 * floors and ceilings of NIST SP 800-63B-4, which no body can leave.
 *
 * @param leastPassword characters of a password beside a second factor
 * @param idle how long nothing may be done before a session ends
 * @param longest how long a session lasts at most
 * @param unusedDays after so many days without use an account rests; 0 for never
 * @param entrance where links in mails to the body's staff lead
 */
public record SignInPolicy(
    Demand demand,
    int leastPassword,
    Duration idle,
    Duration longest,
    int unusedDays,
    Entrance.Side entrance) {
  /** Of a body that has not chosen. */
  public static final SignInPolicy DEFAULT =
      new SignInPolicy(
          Demand.NONE, 12, Duration.ofMinutes(30), Duration.ofHours(12), 0, Entrance.Side.INTERNET);

  /** What a newly opened body begins with. */
  static final SignInPolicy OF_NEW_BODIES =
      new SignInPolicy(
          Demand.ANY,
          12,
          Duration.ofMinutes(30),
          Duration.ofHours(12),
          180,
          Entrance.Side.INTERNET);

  /** NIST SP 800-63B-4, 3.1.1.2: a password that stands alone. */
  private static final int LEAST_ALONE = 15;

  private static final Set<Role> BOUND_TO_PASSKEYS =
      EnumSet.of(Role.OPERATOR, Role.BODY_ADMIN, Role.SECTION_ADMIN, Role.SIGNER);

  /** Which second factor the body wants. */
  public enum Demand {
    /** None: whoever registered one is asked for it. */
    NONE,
    /** Any, of everybody. */
    ANY,
    /** Any of everybody, and a passkey of administrators and signers (ASVS 6.3.3). */
    PASSKEY_FOR_SIGNERS
  }

  /** What keeps somebody from going on. */
  enum Lack {
    /** Nothing does. */
    NOTHING,
    /** A second factor has to be registered. */
    ANY,
    /** A passkey has to be registered. */
    PASSKEY,
    /** The passkey is there and was not shown in this session. */
    SHOWN_PASSKEY
  }

  /**
   * What somebody has.
   *
   * @param mustEnrol whether they register a second factor whatever the body demands
   */
  record Owned(boolean app, boolean passkey, boolean mustEnrol) {
    boolean any() {
      return app || passkey;
    }
  }

  /** What keeps somebody with these roles, who has and has shown so much, from going on. */
  Lack lack(Set<Role> roles, Owned owned, Set<Factor> shown) {
    if (wantsPasskey(roles)) {
      if (!owned.passkey()) {
        return Lack.PASSKEY;
      }
      return shown.contains(Factor.PASSKEY) ? Lack.NOTHING : Lack.SHOWN_PASSKEY;
    }
    var wanted = demand != Demand.NONE || owned.mustEnrol();
    return wanted && !owned.any() && !shown.contains(Factor.SSO_STRONG) ? Lack.ANY : Lack.NOTHING;
  }

  /** Whether nothing but a passkey is enough for these roles. */
  boolean wantsPasskey(Set<Role> roles) {
    return demand == Demand.PASSKEY_FOR_SIGNERS
        && roles.stream().anyMatch(BOUND_TO_PASSKEYS::contains);
  }

  /** Characters of a new password of somebody who has so much. */
  int leastPassword(Owned owned) {
    var beside = demand != Demand.NONE || owned.mustEnrol() || owned.any();
    return beside ? leastPassword : Math.max(leastPassword, LEAST_ALONE);
  }

  /** When a session ends that began and was last used then. */
  Instant end(Instant since, Instant used) {
    var idleEnd = used.plus(idle);
    var lastEnd = since.plus(longest);
    return idleEnd.isBefore(lastEnd) ? idleEnd : lastEnd;
  }
}
