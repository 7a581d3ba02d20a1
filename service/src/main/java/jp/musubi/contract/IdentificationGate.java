package jp.musubi.contract;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Nothing leaves with less identification than the body asks for, or with one nobody can show. */
@Component
@Transactional(readOnly = true)
class IdentificationGate implements SendingGate {
  private final IdentificationRegister register;
  private final DraftStore drafts;
  private final PossibleWays ways;

  IdentificationGate(IdentificationRegister register, DraftStore drafts, PossibleWays ways) {
    this.register = register;
    this.drafts = drafts;
    this.ways = ways;
  }

  @Override
  public Optional<Refusal> refusesSending(Particulars draft) {
    var least = register.current().least(draft);
    var asked =
        draft.parties(Party.Kind.COUNTERPARTY).stream()
            .map(party -> drafts.identification(party.id()).way())
            .toList();
    if (!asked.stream().allMatch(way -> way.level().reaches(least))) {
      return Optional.of(new Refusal.IdentificationTooWeak(least));
    }
    return asked.stream()
        .filter(way -> !ways.isPossible(way))
        .findFirst()
        .map(Refusal.IdentificationNotPossible::new);
  }

  @Override
  public Optional<Refusal> refusesEditing(ContractId draft) {
    return Optional.empty();
  }

  @Override
  public Optional<Standing> standing(Particulars draft) {
    return draft.state().equals("DRAFT")
        ? refusesSending(draft)
            .map(refusal ->
                new Standing(
                    "identification.gate",
                    refusal instanceof Refusal.IdentificationNotPossible
                        ? "identification.gate.impossible"
                        : "identification.gate.text",
                    "identification.gate.label",
                    "/contracts/" + draft.id() + "/parties",
                    true,
                    false))
        : Optional.empty();
  }
}
