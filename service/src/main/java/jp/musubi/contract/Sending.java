package jp.musubi.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 送信. Sends a reviewed draft, now or later, exactly as it was reviewed and exactly once. */
@Service
public class Sending {
  private final ContractStore store;
  private final DraftStore drafts;
  private final Contracts contracts;
  private final Scheduling scheduling;
  private final AccessCodes accessCodes;
  private final EligibilityRegister eligibility;
  private final OfficeHolding holding;
  private final Idempotency idempotency;

  Sending(
      ContractStore store,
      DraftStore drafts,
      Contracts contracts,
      Scheduling scheduling,
      AccessCodes accessCodes,
      EligibilityRegister eligibility,
      OfficeHolding holding,
      Idempotency idempotency) {
    this.store = store;
    this.drafts = drafts;
    this.contracts = contracts;
    this.scheduling = scheduling;
    this.accessCodes = accessCodes;
    this.eligibility = eligibility;
    this.holding = holding;
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
    return once(
        id,
        reviewed,
        "",
        deadline -> contracts.dispatch(id, reviewed.document(), deadline, clerk.actor(), manner));
  }

  /**
   * 予約送信: has the draft leave at a moment.
   *
   * @return the access codes, as {@link #send}: whoever is to know them can be told before
   * @throws ConcurrentChange if the draft is not what was reviewed
   * @throws StepRefused if it cannot be sent, or not then
   */
  @Transactional
  public List<PartyCode> schedule(
      ContractId id,
      Reviewed reviewed,
      Instant releaseAt,
      StaffMember clerk,
      Agreement.Manner manner) {
    return once(
        id,
        reviewed,
        releaseAt.toString(),
        deadline ->
            holding
                .refuses(
                    store.find(id).orElseThrow(),
                    LocalDate.ofInstant(releaseAt, JapaneseDates.ZONE))
                .<Decision>map(Decision.Refused::new)
                .orElseGet(() ->
                    scheduling.schedule(
                        id, reviewed.document(), deadline, releaseAt, clerk.actor(), manner)));
  }

  /**
   * 予約の取りやめ: a draft again.
   *
   * @param key the form's idempotency key
   * @throws StepRefused if it has left
   */
  @Transactional
  public void unschedule(ContractId id, String key, StaffMember clerk, Agreement.Manner manner) {
    idempotency.once(
        key,
        "unschedule " + id,
        () -> {
          accepted(scheduling.unschedule(id, clerk.actor(), manner));
          accessCodes.forget(id);
          return "/contracts/" + id;
        });
  }

  private List<PartyCode> once(
      ContractId id, Reviewed reviewed, String when, Function<Instant, Decision> step) {
    idempotency.once(
        reviewed.key(),
        "%s %s %d %s %s"
            .formatted(id, reviewed.seed(), reviewed.version(), reviewed.document(), when),
        () -> {
          accepted(step.apply(settled(id, reviewed)));
          return "/contracts/" + id;
        });
    return store.find(id).orElseThrow().parties(Party.Kind.COUNTERPARTY).stream()
        .filter(party -> drafts.identification(party.id()).way().hasAccessCode())
        .map(party -> new PartyCode(party, AccessCode.of(reviewed.seed(), party.id())))
        .toList();
  }

  /** Makes sure that the draft is what was reviewed; its deadline. */
  private Instant settled(ContractId id, Reviewed reviewed) {
    var stored = store.lock(id);
    if (stored.version() != reviewed.version()) {
      throw new ConcurrentChange("draft " + id + " is not as reviewed");
    }
    if (eligibility.judge(id) instanceof Eligibility.NotEligible(var reasons)) {
      throw new StepRefused(new Refusal.NotElectronic(reasons));
    }
    var draft = store.find(id).orElseThrow();
    for (var party : draft.parties(Party.Kind.COUNTERPARTY)) {
      var identification = drafts.identification(party.id());
      switch (identification.way()) {
        case MAIL -> {}
        case ACCESS_CODE, TOTP, PASSKEY, EXTERNAL_ID_L2, EXTERNAL_ID_L3 ->
            accessCodes.expect(
                id, party.id(), identification.way(), AccessCode.of(reviewed.seed(), party.id()));
        case MAIL_CODE, SMS_CODE -> accessCodes.expectNumber(id, party.id(), identification);
      }
    }
    return draft
        .deadline()
        .orElseThrow(() -> new StepRefused(new Refusal.NotInThisState("Incomplete")));
  }

  private static void accepted(Decision decision) {
    if (decision instanceof Decision.Refused(var reason)) {
      throw new StepRefused(reason);
    }
  }
}
