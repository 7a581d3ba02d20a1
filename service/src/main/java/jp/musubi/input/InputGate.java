package jp.musubi.input;

import java.util.Optional;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.SendingGate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 記入の関門. What has to be filled in is, by those who are its parties, before a draft leaves. */
@Component
@Transactional(readOnly = true)
class InputGate implements SendingGate {
  private final InputStore store;

  InputGate(InputStore store) {
    this.store = store;
  }

  @Override
  public Optional<Refusal> refusesSending(Particulars draft) {
    var sheet = sheet(draft);
    var missing = sheet.missing().stream().map(InputField::label).toList();
    return missing.isEmpty()
        // Written in and never bound would be sent without it.
        ? sheet.texts().isEmpty() || draft.prepared().isPresent()
            ? Optional.empty()
            : Optional.of(new Refusal.SetNotPrepared())
        : Optional.of(new Refusal.InputsMissing(missing));
  }

  @Override
  public Optional<Refusal> refusesEditing(ContractId draft) {
    return Optional.empty();
  }

  @Override
  public Optional<Standing> standing(Particulars draft) {
    var key = "input.missing";
    return draft.state().equals("DRAFT") && !sheet(draft).missing().isEmpty()
        ? Optional.of(
            new Standing(
                key,
                key + ".text",
                key + ".link",
                "/contracts/" + draft.id() + "/fields",
                true,
                false))
        : Optional.empty();
  }

  private InputSheet sheet(Particulars draft) {
    return new InputSheet(draft, store.fields(draft.id()), store.values(draft.id()));
  }
}
