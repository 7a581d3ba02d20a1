package jp.musubi.staff;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * 毎回の確かめ. Before each request of somebody who is signed in: may they still, as what, and is what
 * they have shown enough by the body's policy of this moment (ASVS 7.3, 7.4.2)?
 */
@Component
class RequestCheck {
  private final StaffStore staff;
  private final Staff people;
  private final SignInPolicies policies;
  private final Clock clock;

  RequestCheck(StaffStore staff, Staff people, SignInPolicies policies, Clock clock) {
    this.staff = staff;
    this.people = people;
    this.policies = policies;
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
    var policy = policies.current();
    if (member.isEmpty() || !now.isBefore(person.since().plus(policy.longest()))) {
      return new Verdict.Ended();
    }
    var today = person.with(member.get(), people.sectionName(member.get()));
    if (!person.complete()) {
      return new Verdict.GoesOn(today);
    }
    return switch (policy.lack(member.get().roles(), policies.owned(person.id()), person.shown())) {
      case NOTHING -> new Verdict.GoesOn(today);
      case ANY -> new Verdict.Enrols(today, SignInPolicy.Lack.ANY);
      case PASSKEY -> new Verdict.Enrols(today, SignInPolicy.Lack.PASSKEY);
      case SHOWN_PASSKEY -> new Verdict.Ended();
    };
  }
}
