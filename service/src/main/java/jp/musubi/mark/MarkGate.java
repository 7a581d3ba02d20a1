package jp.musubi.mark;

import java.util.List;
import java.util.Optional;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.SendingGate;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 表示の関門. No draft leaves with the seal of another office in mind, or with a mark for nobody. */
@Component
@Transactional(readOnly = true)
class MarkGate implements SendingGate {
  private final MarkStore store;
  private final Book book;

  MarkGate(MarkStore store, Book book) {
    this.store = store;
    this.book = book;
  }

  @Override
  public Optional<Refusal> refusesSending(Particulars draft) {
    var sheet = store.sheet(draft);
    var stale = labels(sheet, sheet.stale());
    if (!stale.isEmpty()) {
      return Optional.of(new Refusal.MarksUnfit(stale));
    }
    // What is to be seen and was never drawn would be sent without it.
    return sheet.marks().isEmpty() || draft.prepared().isPresent()
        ? Optional.empty()
        : Optional.of(new Refusal.SetNotPrepared());
  }

  @Override
  public Optional<Refusal> refusesEditing(ContractId draft) {
    return Optional.empty();
  }

  @Override
  public Optional<Standing> standing(Particulars draft) {
    var key = "mark.stale";
    return draft.state().equals("DRAFT") && !store.sheet(draft).stale().isEmpty()
        ? Optional.of(
            new Standing(
                key,
                key + ".text",
                key + ".link",
                "/contracts/" + draft.id() + "/marks",
                true,
                false))
        : Optional.empty();
  }

  private List<String> labels(MarkSheet sheet, List<Mark> marks) {
    return marks.stream().map(mark -> MarkWords.label(sheet, mark, book)).toList();
  }
}
