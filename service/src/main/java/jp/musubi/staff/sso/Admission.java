package jp.musubi.staff.sso;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * 受け入れの判断. Who of the register somebody is that comes by the body's ID. The subject decides; an
 * address or a login id alone never opens an account that somebody has.
 */
sealed interface Admission {
  /** It is this member; the subject is linked already. */
  record Known(UUID member) implements Admission {}

  /** It is this member, found by a confirmed address; the subject is linked from now on. */
  record Found(UUID member) implements Admission {}

  /** Nobody knows them, and the body registers whoever comes; without any role. */
  record Newcomer(UUID section) implements Admission {}

  /** They do not get in. */
  record Refused(Reason reason) implements Admission {}

  /** Why not; told to the auditor, not to whoever came (ASVS 6.3.8). */
  enum Reason {
    /** The member's use has ended, whatever the provider says. */
    ENDED,
    /** Nobody is linked with this subject. */
    UNKNOWN,
    /** The address or login id is somebody's, and that proves nothing. */
    TAKEN,
    /** The provider does not say what a registration needs. */
    INCOMPLETE
  }

  /**
   * What the register knows.
   *
   * @param linked who is linked with the subject
   * @param withMail everybody with that address, those included who have left
   * @param loginTaken whether anybody has, or had, that login id
   */
  record Register(Optional<Candidate> linked, List<Candidate> withMail, boolean loginTaken) {}

  /**
   * A member who might be meant.
   *
   * @param linked whether another subject of the same provider is linked with them
   */
  record Candidate(UUID id, boolean active, boolean linked) {}

  /** Login ids as the register takes them. */
  Pattern LOGIN = Pattern.compile("[A-Za-z0-9._@+-]{1,100}");

  /** A mail address as far as it matters here. */
  Pattern MAIL = Pattern.compile("[^\\s@<>\"\\p{C}]{1,64}@[A-Za-z0-9.-]{1,180}");

  /** A name: no controls, no direction marks. */
  Pattern NAME = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,50}");

  /** Who they are. */
  static Admission decide(Provider.Rules rules, Arrival arrival, Register register) {
    if (register.linked().isPresent()) {
      var member = register.linked().get();
      return member.active() ? new Known(member.id()) : new Refused(Reason.ENDED);
    }
    if (!register.withMail().isEmpty()) {
      return byMail(rules, arrival, register.withMail());
    }
    if (rules.section() == null) {
      return new Refused(Reason.UNKNOWN);
    }
    if (register.loginTaken()) {
      return new Refused(Reason.TAKEN);
    }
    var complete =
        LOGIN.matcher(arrival.login()).matches()
            && MAIL.matcher(arrival.mail()).matches()
            && NAME.matcher(arrival.name()).matches();
    return complete ? new Newcomer(rules.section()) : new Refused(Reason.INCOMPLETE);
  }

  private static Admission byMail(Provider.Rules rules, Arrival arrival, List<Candidate> withMail) {
    var only = withMail.getFirst();
    if (withMail.size() > 1 || only.linked()) {
      return new Refused(Reason.TAKEN);
    }
    if (!only.active()) {
      return new Refused(Reason.ENDED);
    }
    return rules.linksByMail() && arrival.mailConfirmed()
        ? new Found(only.id())
        : new Refused(Reason.TAKEN);
  }
}
