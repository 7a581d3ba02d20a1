package jp.musubi.staff;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Role;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Body;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 登録の消去. For a member who lost every second factor: factors, recovery codes, password, the link
 * with the body's ID and sessions go, and a mailed link is the only way back in, so that nobody
 * gains by it who has not the member's mailbox (ASVS 6.4.3). Nobody does it to themselves, and both
 * are told.
 */
@Service
@Transactional
public class FactorReset {
  private final StaffStore store;
  private final FactorStore factors;
  private final StaffRegister register;
  private final Staff staff;
  private final Invitations invitations;
  private final StaffMail mail;
  private final OtherBody otherBody;
  private final AuditTrail audit;
  private final Clock clock;

  FactorReset(
      StaffStore store,
      FactorStore factors,
      StaffRegister register,
      Staff staff,
      Invitations invitations,
      StaffMail mail,
      OtherBody otherBody,
      AuditTrail audit,
      Clock clock) {
    this.store = store;
    this.factors = factors;
    this.register = register;
    this.staff = staff;
    this.invitations = invitations;
    this.mail = mail;
    this.otherBody = otherBody;
    this.audit = audit;
    this.clock = clock;
  }

  /** By an administrator of the member's own body; empty when it is done. */
  public Optional<StaffRefusal> reset(StaffMember giver, UUID id, @Nullable String clientIp) {
    if (giver.id().equals(id)) {
      return Optional.of(new StaffRefusal.OwnFactors());
    }
    var administrator = register.administrator();
    if (!giver.may(administrator)) {
      return Optional.of(
          new StaffRefusal.GrantRefused(
              administrator, Authorisation.GrantRefusal.BEYOND_THE_GIVER));
    }
    var by = giver.actor();
    var refusal = reset(id, by, clientIp);
    if (refusal.isEmpty()) {
      mail.tell(giver, "staff.reset.told", register.get(id).name());
    }
    return refusal;
  }

  /**
   * The only administrator of a body, whom no colleague can help.
   *
   * @return empty while there are several, or none
   */
  public Optional<StaffEntry> lastAdministrator(Body body) {
    return otherBody.in(body.id(), this::onlyAdministrator);
  }

  /** By an operator, for a body's only administrator; empty when it is done. */
  public Optional<StaffRefusal> resetLastAdministrator(
      StaffMember operator, Body body, @Nullable String clientIp) {
    var by = new Actor(Actor.Kind.OPERATOR, operator.id().toString(), operator.name());
    var refusal =
        otherBody.in(
            body.id(),
            () -> {
              register.lockAdministrators();
              return onlyAdministrator()
                  .map(only -> reset(only.id(), by, null))
                  .orElseGet(() -> Optional.of(new StaffRefusal.NotTheOnlyAdministrator()));
            });
    if (refusal.isEmpty()) {
      audit.record(by, "body.administrator-reset", null, clientIp, Map.of("body", body.code()));
      mail.tell(operator, "staff.reset.told", body.name());
    }
    return refusal;
  }

  private Optional<StaffEntry> onlyAdministrator() {
    var all = register.holders(Role.BODY_ADMIN);
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  private Optional<StaffRefusal> reset(UUID id, Actor by, @Nullable String clientIp) {
    var entry = store.lock(id).orElseThrow(() -> new NotFound("staff " + id));
    if (!entry.active()) {
      return Optional.of(new StaffRefusal.Ended());
    }
    if (factors.hasAny(id)) {
      factors.demand(id);
    }
    factors.removeAll(id);
    store.setPassword(id, staff.unusableHash(), clock.instant());
    store.endSessions(id);
    audit.record(
        by,
        "staff.factors-reset",
        null,
        clientIp,
        Map.of("staff", id.toString(), "loginId", entry.loginId()));
    invitations.invite(id, by, clientIp, Invitations.Occasion.RESET);
    return Optional.empty();
  }
}
