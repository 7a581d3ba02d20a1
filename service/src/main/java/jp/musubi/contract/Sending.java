package jp.musubi.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.Idempotency;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 送信. Sends a reviewed draft, exactly as it was reviewed and exactly once. */
@Service
public class Sending {
  private final ContractStore store;
  private final DraftStore drafts;
  private final Contracts contracts;
  private final AccessCodes accessCodes;
  private final EligibilityRegister eligibility;
  private final Idempotency idempotency;

  Sending(
      ContractStore store,
      DraftStore drafts,
      Contracts contracts,
      AccessCodes accessCodes,
      EligibilityRegister eligibility,
      Idempotency idempotency) {
    this.store = store;
    this.drafts = drafts;
    this.contracts = contracts;
    this.accessCodes = accessCodes;
    this.eligibility = eligibility;
    this.idempotency = idempotency;
  }

  /**
   * What the sender looked at before pressing the button.
   *
   * @param key the form's idempotency key
   * @param seed random bytes of the form, at least 128 bits in hexadecimal; the access code is made
   *     from them, so that a form sent twice shows the same code though no code is kept
   * @param version of the draft shown
   * @param document digest of the bytes shown
   */
  public record Reviewed(String key, String seed, int version, Sha256 document) {}

  /**
   * Sends the draft.
   *
   * @return the access codes of the counterparties of whom one is asked, in signing order; they can
   *     never be shown again later
   * @throws ConcurrentChange if the draft is not what was reviewed
   * @throws StepRefused if it cannot be sent
   */
  @Transactional
  public List<PartyCode> send(
      ContractId id, Reviewed reviewed, StaffMember clerk, Agreement.Manner manner) {
    var request =
        Sha256.of(
            "%s %s %d %s"
                .formatted(id, reviewed.seed(), reviewed.version(), reviewed.document())
                .getBytes(StandardCharsets.UTF_8));
    idempotency.once(
        reviewed.key(),
        request.hex(),
        () -> {
          dispatch(id, reviewed, clerk, manner);
          return "/contracts/" + id;
        });
    return store.find(id).orElseThrow().parties(Party.Kind.COUNTERPARTY).stream()
        .filter(party -> drafts.wantsAccessCode(party.id()))
        .map(party -> new PartyCode(party, AccessCode.of(reviewed.seed(), party.id())))
        .toList();
  }

  private void dispatch(
      ContractId id, Reviewed reviewed, StaffMember clerk, Agreement.Manner manner) {
    var stored = store.lock(id);
    if (stored.version() != reviewed.version()) {
      throw new ConcurrentChange("draft " + id + " is not as reviewed");
    }
    if (eligibility.judge(id) instanceof Eligibility.NotEligible(var reasons)) {
      throw new StepRefused(new Refusal.NotElectronic(reasons));
    }
    var draft = store.find(id).orElseThrow();
    var deadline =
        draft
            .deadline()
            .orElseThrow(() -> new StepRefused(new Refusal.NotInThisState("Incomplete")));
    for (var party : draft.parties(Party.Kind.COUNTERPARTY)) {
      if (drafts.wantsAccessCode(party.id())) {
        accessCodes.expect(id, party.id(), AccessCode.of(reviewed.seed(), party.id()));
      }
    }
    var actor = new Actor(Actor.Kind.STAFF, clerk.id().toString(), clerk.name());
    switch (contracts.dispatch(id, reviewed.document(), deadline, actor, manner)) {
      case Decision.Accepted _ -> {}
      case Decision.Refused(var reason) -> throw new StepRefused(reason);
    }
  }
}
