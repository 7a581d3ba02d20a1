package jp.musubi.mandate;

import java.util.List;
import java.util.stream.Collectors;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.SendingCaution;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/**
 * Before sending: what is missing for the agents. Where the body demands a 委任 the gate's notice
 * says that there is something; this says what.
 */
@Component
class MandateCautions implements SendingCaution {
  private final Agents agents;
  private final MandateRules rules;
  private final Book book;

  MandateCautions(Agents agents, MandateRules rules, Book book) {
    this.agents = agents;
    this.rules = rules;
    this.book = book;
  }

  @Override
  public List<Text> of(Particulars draft) {
    return rules.current().mode() == MandateRules.Mode.NONE
        ? List.of()
        : agents.uncovered(draft).stream()
            .map(each ->
                Text.of(
                    "mandate.caution",
                    each.party().signature(),
                    each.want().stream()
                        .map(want -> book.of("mandate.gap." + want))
                        .collect(Collectors.joining(" "))))
            .toList();
  }
}
