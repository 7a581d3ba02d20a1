package jp.musubi.staff;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 団体のIDで来た人. Opens the register for whoever the body's own provider vouches for. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Arrivals {
  private final StaffStore store;
  private final Staff staff;
  private final SecondFactors factors;
  private final SignInPolicies policies;
  private final Clock clock;

  Arrivals(
      StaffStore store, Staff staff, SecondFactors factors, SignInPolicies policies, Clock clock) {
    this.store = store;
    this.staff = staff;
    this.factors = factors;
    this.policies = policies;
    this.clock = clock;
  }

  /** Registers somebody without a password and without any role; empty when the id is taken. */
  public Optional<UUID> register(String loginId, String name, String mail, UUID section) {
    return store.insert(loginId, name, mail, section, staff.unusableHash());
  }

  /**
   * An active member, signed in from now on.
   *
   * @param strong whether the provider saw two factors; if not, the member's own is asked for, and
   *     in any case where the body wants a passkey of them
   */
  public Optional<SignedInStaff> signIn(UUID member, String bodyName, boolean strong) {
    var now = clock.instant();
    return store
        .active(member, now)
        .map(found -> {
          store.arrived(member, now);
          var enough = strong && !policies.opensByPasskeyOnly(found);
          return new SignedInStaff(
              found,
              bodyName,
              staff.sectionName(found),
              now,
              strong ? Set.of(Factor.SSO, Factor.SSO_STRONG) : Set.of(Factor.SSO),
              enough || !factors.registered(found),
              null,
              null);
        });
  }
}
