package jp.musubi.mandate;

import java.util.List;
import java.util.Optional;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.SendingGate;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * 委任の関門. Where the body demands it, nobody is sent a contract to conclude for another without a 委任
 * that covers it: looked at anew in the transaction that sends, also of what was scheduled.
 */
@Component
@Transactional(readOnly = true)
class MandateGate implements SendingGate {
  private final Agents agents;
  private final ChoiceStore choices;
  private final MandateRules rules;
  private final Book book;

  MandateGate(Agents agents, ChoiceStore choices, MandateRules rules, Book book) {
    this.agents = agents;
    this.choices = choices;
    this.rules = rules;
    this.book = book;
  }

  @Override
  public Optional<Refusal> refusesSending(Particulars draft) {
    if (rules.current().mode() == MandateRules.Mode.DEMAND) {
      var reasons = reasons(draft);
      if (!reasons.isEmpty()) {
        return Optional.of(new Refusal.MandateMissing(reasons));
      }
    }
    // The 委任状 stand in the list behind the document, which is made when the parties are stored.
    return draft.prepared().isPresent() || choices.of(draft.id()).isEmpty()
        ? Optional.empty()
        : Optional.of(new Refusal.SetNotPrepared());
  }

  @Override
  public Optional<Refusal> refusesEditing(ContractId draft) {
    return Optional.empty();
  }

  @Override
  public Optional<Standing> standing(Particulars draft) {
    var key = "mandate.gate";
    return draft.state().equals("DRAFT")
            && rules.current().mode() == MandateRules.Mode.DEMAND
            && !agents.uncovered(draft).isEmpty()
        ? Optional.of(
            new Standing(
                key + ".heading",
                key + ".text",
                key + ".link",
                "/contracts/" + draft.id() + "/parties",
                true,
                false))
        : Optional.empty();
  }

  /** Each agent, and what is missing, in words. */
  private List<String> reasons(Particulars draft) {
    return agents.uncovered(draft).stream()
        .flatMap(each ->
            each.want().stream()
                .map(want ->
                    book.of(
                        "mandate.gap.named",
                        each.party().signature(),
                        book.of("mandate.gap." + want))))
        .toList();
  }
}
