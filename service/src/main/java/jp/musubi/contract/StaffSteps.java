package jp.musubi.contract;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 取消・リンクの出し直し. What staff do with a contract that is on its way, once for each form. */
@Service
@Transactional
public class StaffSteps {
  private final Contracts contracts;
  private final AccessCodes accessCodes;
  private final DraftStore drafts;
  private final Invitations invitations;
  private final Idempotency idempotency;
  private final AuditTrail audit;

  StaffSteps(
      Contracts contracts,
      AccessCodes accessCodes,
      DraftStore drafts,
      Invitations invitations,
      Idempotency idempotency,
      AuditTrail audit) {
    this.contracts = contracts;
    this.accessCodes = accessCodes;
    this.drafts = drafts;
    this.invitations = invitations;
    this.idempotency = idempotency;
    this.audit = audit;
  }

  /**
   * 取消: takes the contract back.
   *
   * @param key the form's idempotency key
   * @throws StepRefused if it is too late
   */
  public void withdraw(
      ContractId id, String key, String reason, StaffMember clerk, Agreement.Manner manner) {
    once(
        id,
        key,
        "withdraw %s %s".formatted(id, reason),
        () -> contracts.withdraw(id, reason, clerk.actor(), manner));
  }

  /**
   * 紙へ切替: goes on with paper, from a draft or a contract on its way.
   *
   * @param key the form's idempotency key
   * @throws StepRefused if it is too late
   */
  public void moveToPaper(
      ContractId id, String key, String reason, StaffMember clerk, Agreement.Manner manner) {
    once(
        id,
        key,
        "paper %s %s".formatted(id, reason),
        () -> contracts.moveToPaper(id, reason, clerk.actor(), manner));
  }

  private void once(ContractId id, String key, String request, Supplier<Decision> step) {
    idempotency.once(
        key,
        request,
        () -> {
          switch (step.get()) {
            case Decision.Accepted _ -> {}
            case Decision.Refused(var reasonNot) -> throw new StepRefused(reasonNot);
          }
          return "/contracts/" + id;
        });
  }

  /**
   * Sends a counterparty whose turn it is a fresh link.
   *
   * @param of the counterparty
   * @param seed random bytes of the form, at least 128 bits in hexadecimal, to make a new access
   *     code from, or to give the tries back where numbers are sent; empty to leave both as they
   *     are
   * @return the new access code, if one was asked for; it can never be shown again later
   * @throws StepRefused if it is not the counterparty's turn
   */
  public Optional<PartyCode> reissue(
      ContractId id,
      PartyId of,
      String key,
      Optional<String> seed,
      StaffMember clerk,
      String clientIp) {
    var party =
        contracts
            .get(id)
            .party(of)
            .filter(each -> each.kind() == Party.Kind.COUNTERPARTY)
            .orElseThrow(() -> new NotFound("counterparty " + of));
    var way = drafts.identification(of).way();
    var numbered = way.isOneTime();
    idempotency.once(
        key,
        "reissue %s %s %s".formatted(id, of, seed.orElse("")),
        () -> {
          if (!contracts.isTurnOf(party.id(), id)) {
            throw new StepRefused(new Refusal.NotYourTurn(party.id()));
          }
          if (numbered) {
            seed.ifPresent(_ -> accessCodes.restore(party.id()));
          } else {
            seed.ifPresent(
                s -> accessCodes.expect(id, party.id(), told(way), AccessCode.of(s, party.id())));
          }
          invitations.reissue(id, party.id());
          audit.record(
              clerk.actor(),
              "link.reissued",
              id.value(),
              clientIp,
              Map.of(
                  "party",
                  party.signature(),
                  "accessCode",
                  seed.isPresent() ? "new" : "unchanged"));
          return "/contracts/" + id;
        });
    return seed.filter(_ -> !numbered).map(s -> new PartyCode(party, AccessCode.of(s, party.id())));
  }

  /** A party that had only its link is asked for a code from now on. */
  private static Identification.Way told(Identification.Way way) {
    return way.hasAccessCode() ? way : Identification.Way.ACCESS_CODE;
  }
}
