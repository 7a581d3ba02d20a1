package jp.musubi.contract;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Nothing leaves with less identification than the body asks for. */
@Component
@Transactional(readOnly = true)
class IdentificationGate implements SendingGate {
  private final IdentificationRegister register;
  private final DraftStore drafts;

  IdentificationGate(IdentificationRegister register, DraftStore drafts) {
    this.register = register;
    this.drafts = drafts;
  }

  @Override
  public Optional<Refusal> refusesSending(Particulars draft) {
    var least = register.current().least(draft);
    return draft.parties(Party.Kind.COUNTERPARTY).stream()
            .allMatch(party -> drafts.identification(party.id()).way().level().reaches(least))
        ? Optional.empty()
        : Optional.of(new Refusal.IdentificationTooWeak(least));
  }

  @Override
  public Optional<Refusal> refusesEditing(ContractId draft) {
    return Optional.empty();
  }

  @Override
  public Optional<Standing> standing(Particulars draft) {
    return draft.state().equals("DRAFT")
        ? refusesSending(draft)
            .map(_ ->
                new Standing(
                    "identification.gate",
                    "identification.gate.text",
                    "identification.gate.label",
                    "/contracts/" + draft.id() + "/parties",
                    true,
                    false))
        : Optional.empty();
  }
}
