package jp.musubi.staff;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.SessionEnd;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * 毎回の確かめ. Before each request of somebody who is signed in: may they still, as what, and is what
 * they have shown enough by the body's policy of this moment (ASVS 7.3, 7.4.2)?
 */
@Component
class RequestCheck {
  /** How long the second factor may take. */
  private static final Duration HALF = Duration.ofMinutes(10);

  private final StaffStore staff;
  private final Staff people;
  private final SignInPolicies policies;
  private final StaffSessions sessions;
  private final Organisations organisations;
  private final Clock clock;

  RequestCheck(
      StaffStore staff,
      Staff people,
      SignInPolicies policies,
      StaffSessions sessions,
      Organisations organisations,
      Clock clock) {
    this.staff = staff;
    this.people = people;
    this.policies = policies;
    this.sessions = sessions;
    this.organisations = organisations;
    this.clock = clock;
  }

  /** What comes of it. */
  sealed interface Verdict {
    /** The request goes on as this person. */
    record GoesOn(SignedInStaff as) implements Verdict {}

    /** Nothing but the registration of a factor goes on. */
    record Enrols(SignedInStaff as, SignInPolicy.Lack lack) implements Verdict {}

    /** The session has ended. */
    record Ended() implements Verdict {}
  }

  /** Checks the person of a session; in the body's tenancy. */
  @Transactional
  Verdict check(SignedInStaff person) {
    var now = clock.instant();
    var member = staff.active(person.id(), now);
    // A session that was begun within the term of use does not outlive it.
    if (member.isEmpty() || !organisations.isUsable()) {
      return new Verdict.Ended();
    }
    var section = people.sectionName(member.get());
    if (!person.complete()) {
      return now.isBefore(person.since().plus(HALF))
          ? new Verdict.GoesOn(person.with(member.get(), section, null))
          : new Verdict.Ended();
    }
    var policy = policies.current();
    var session = person.session();
    var end =
        session == null
            ? Optional.<SessionEnd>empty()
            : sessions.use(session, person.id(), policy, now);
    if (end.isEmpty()) {
      return new Verdict.Ended();
    }
    var today = person.with(member.get(), section, end.get());
    return switch (policy.lack(member.get().roles(), policies.owned(person.id()), person.shown())) {
      case NOTHING -> new Verdict.GoesOn(today);
      case ANY -> new Verdict.Enrols(today, SignInPolicy.Lack.ANY);
      case PASSKEY -> new Verdict.Enrols(today, SignInPolicy.Lack.PASSKEY);
      case SHOWN_PASSKEY -> new Verdict.Ended();
    };
  }
}
