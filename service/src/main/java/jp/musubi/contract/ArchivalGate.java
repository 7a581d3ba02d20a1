package jp.musubi.contract;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a body keeps for long is PDF/A, where it says so. Files bound into one are not: the whole
 * makes no claim, whatever its parts were.
 */
@Component
@Transactional(readOnly = true)
class ArchivalGate implements SendingGate {
  private final ArchivalRegister register;
  private final Archival archival;
  private final AttachmentStore attachments;
  private final KeepingYears keeping;

  ArchivalGate(
      ArchivalRegister register,
      Archival archival,
      AttachmentStore attachments,
      KeepingYears keeping) {
    this.register = register;
    this.archival = archival;
    this.attachments = attachments;
    this.keeping = keeping;
  }

  @Override
  public Optional<Refusal> refusesSending(Particulars draft) {
    var rule = register.current();
    return rule.demand() == ArchivalRule.Demand.DEMAND && isMissed(rule, draft)
        ? Optional.of(new Refusal.NotArchival())
        : Optional.empty();
  }

  @Override
  public Optional<Refusal> refusesEditing(ContractId draft) {
    return Optional.empty();
  }

  @Override
  public Optional<Standing> standing(Particulars draft) {
    var rule = register.current();
    if (!draft.state().equals("DRAFT") || !isMissed(rule, draft)) {
      return Optional.empty();
    }
    var key = "archival.gate";
    return Optional.of(
        new Standing(
            key,
            key + "." + rule.demand(),
            key + ".link",
            "/contracts/" + draft.id() + "/archival",
            rule.demand() == ArchivalRule.Demand.DEMAND,
            false));
  }

  private boolean isMissed(ArchivalRule rule, Particulars draft) {
    return rule.asksOf(keeping.of(draft.id()))
        && !(archival
                .of(draft.id(), draft.document())
                .filter(checked -> checked.report().conforms())
                .isPresent()
            && attachments.of(draft.id()).isDocumentAlone());
  }
}
