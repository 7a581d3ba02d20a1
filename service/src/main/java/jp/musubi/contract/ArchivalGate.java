package jp.musubi.contract;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a body keeps for long is PDF/A, where it says so: the one file that is signed, with all that
 * is bound into it.
 */
@Component
@Transactional(readOnly = true)
class ArchivalGate implements SendingGate {
  private final ArchivalRegister register;
  private final Archival archival;
  private final AttachmentStore attachments;
  private final Mandates mandates;
  private final KeepingYears keeping;

  ArchivalGate(
      ArchivalRegister register,
      Archival archival,
      AttachmentStore attachments,
      Mandates mandates,
      KeepingYears keeping) {
    this.register = register;
    this.archival = archival;
    this.attachments = attachments;
    this.mandates = mandates;
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
        && found(draft).filter(checked -> checked.report().conforms()).isEmpty();
  }

  /** Of what will be signed; of the document, while that is all and nobody is to sign it yet. */
  private Optional<Archival.Checked> found(Particulars draft) {
    var id = draft.id();
    return draft
        .prepared()
        .flatMap(file -> archival.of(id, file))
        .or(() ->
            attachments.of(id).isDocumentAlone() && mandates.statedOf(id).isEmpty()
                ? archival.of(id, draft.document())
                : Optional.empty());
  }
}
