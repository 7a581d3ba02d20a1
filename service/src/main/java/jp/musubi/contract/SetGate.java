package jp.musubi.contract;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A contract with attachments leaves only as the one file into which they are bound. */
@Component
@Transactional(readOnly = true)
class SetGate implements SendingGate {
  private final AttachmentStore attachments;

  SetGate(AttachmentStore attachments) {
    this.attachments = attachments;
  }

  @Override
  public Optional<Refusal> refusesSending(Particulars draft) {
    return draft.prepared().isPresent() || attachments.of(draft.id()).isDocumentAlone()
        ? Optional.empty()
        : Optional.of(new Refusal.SetNotPrepared());
  }

  @Override
  public Optional<Refusal> refusesEditing(ContractId draft) {
    return Optional.empty();
  }

  @Override
  public Optional<Standing> standing(Particulars draft) {
    var key = "contract.files.unbound";
    return draft.state().equals("DRAFT")
            && !draft.parties().isEmpty()
            && refusesSending(draft).isPresent()
        ? Optional.of(
            new Standing(
                key,
                key + ".text",
                key + ".link",
                "/contracts/" + draft.id() + "/files",
                true,
                false))
        : Optional.empty();
  }
}
