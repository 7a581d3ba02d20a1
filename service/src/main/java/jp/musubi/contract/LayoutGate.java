package jp.musubi.contract;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was made from an office's document leaves only when somebody has looked at it (C-05). */
@Component
@Transactional(readOnly = true)
class LayoutGate implements SendingGate {
  private final Layouts layouts;

  LayoutGate(Layouts layouts) {
    this.layouts = layouts;
  }

  @Override
  public Optional<Refusal> refusesSending(Particulars draft) {
    return layouts.unseen(draft.id()).isEmpty()
        ? Optional.empty()
        : Optional.of(new Refusal.LayoutUnseen());
  }

  @Override
  public Optional<Refusal> refusesEditing(ContractId draft) {
    return Optional.empty();
  }

  @Override
  public Optional<Standing> standing(Particulars draft) {
    var key = "contract.layout.unseen";
    return draft.state().equals("DRAFT") && refusesSending(draft).isPresent()
        ? Optional.of(
            new Standing(
                key,
                key + ".text",
                key + ".link",
                "/contracts/" + draft.id() + "/layout",
                true,
                false))
        : Optional.empty();
  }
}
