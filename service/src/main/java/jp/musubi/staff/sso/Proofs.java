package jp.musubi.staff.sso;

import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.staff.FreshProof;
import jp.musubi.staff.SignedInStaff;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Confirmations by the provider: the session names the errand, its row says whether it holds. */
@Component
@Transactional
class Proofs implements FreshProof {
  private static final String CONFIRMED = "sso.confirmed";

  private final ErrandStore errands;
  private final Clock clock;

  Proofs(ErrandStore errands, Clock clock) {
    this.errands = errands;
    this.clock = clock;
  }

  /** From now on the session holds this confirmation. */
  static void keep(HttpSession session, UUID errand) {
    session.setAttribute(CONFIRMED, errand);
  }

  @Override
  public Optional<Proof> held(HttpSession session, SignedInStaff person, String target) {
    return session.getAttribute(CONFIRMED) instanceof UUID errand
        ? errands
            .confirmation(errand, person.id(), target, clock.instant())
            .map(found -> new Proof(found.strong(), found.until()))
        : Optional.empty();
  }

  @Override
  public Optional<Proof> spend(HttpSession session, SignedInStaff person, String target) {
    var proof = held(session, person, target);
    if (proof.isPresent() && session.getAttribute(CONFIRMED) instanceof UUID errand) {
      errands.spend(errand, clock.instant());
      session.removeAttribute(CONFIRMED);
    }
    return proof;
  }
}
