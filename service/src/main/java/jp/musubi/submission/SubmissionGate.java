package jp.musubi.submission;

import java.util.List;
import java.util.Optional;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.SendingGate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 提出の関門. What a counterparty has to hand in was, and was taken, before a draft leaves. */
@Component
@Transactional(readOnly = true)
class SubmissionGate implements SendingGate {
  private final Slots slots;

  SubmissionGate(Slots slots) {
    this.slots = slots;
  }

  @Override
  public Optional<Refusal> refusesSending(Particulars draft) {
    var missing = missing(draft);
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(new Refusal.SubmissionsMissing(missing));
  }

  @Override
  public Optional<Refusal> refusesEditing(ContractId draft) {
    return Optional.empty();
  }

  @Override
  public Optional<Standing> standing(Particulars draft) {
    var key = "submission.missing";
    return draft.state().equals("DRAFT") && !missing(draft).isEmpty()
        ? Optional.of(
            new Standing(
                key,
                key + ".text",
                key + ".link",
                "/contracts/" + draft.id() + "/submissions",
                true,
                false))
        : Optional.empty();
  }

  private List<String> missing(Particulars draft) {
    return slots.of(draft.id()).stream()
        .filter(Slot::isMissing)
        .map(slot -> slot.wanted().name())
        .toList();
  }
}
