package jp.musubi.mandate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.organisation.Organisations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A draft's 代理人, and what is missing for each to act by a 委任 as it stands now. */
@Component
@Transactional(readOnly = true)
class Agents {
  private final MandateStore store;
  private final ChoiceStore choices;
  private final Organisations organisations;

  Agents(MandateStore store, ChoiceStore choices, Organisations organisations) {
    this.store = store;
    this.choices = choices;
    this.organisations = organisations;
  }

  /**
   * An agent who is not covered.
   *
   * @param want message key below {@code mandate.gap.}
   */
  record Uncovered(Party party, List<String> want) {}

  /** The agents who are not covered; nobody of a draft without agents. */
  List<Uncovered> uncovered(Particulars draft) {
    var agents =
        draft.parties(Party.Kind.COUNTERPARTY).stream()
            .filter(party -> party.capacity() == Party.Capacity.AGENT)
            .toList();
    if (agents.isEmpty()) {
      return List.of();
    }
    var chosen = choices.of(draft.id());
    var found = new ArrayList<Uncovered>();
    for (var party : agents) {
      var want =
          chosen.stream()
              .filter(choice -> choice.ordinal() == party.ordinal())
              .findFirst()
              .map(choice -> want(draft, party, choice.as()))
              .orElse(List.of("NONE"));
      if (!want.isEmpty()) {
        found.add(new Uncovered(party, want));
      }
    }
    return found;
  }

  private List<String> want(Particulars draft, Party party, Mandate.Chain chosen) {
    var today = organisations.today();
    var now = new Mandate.Chain(current(chosen.own()), chosen.parent().map(this::current));
    var want = new ArrayList<String>();
    // What is stated of a contract is what was chosen: it must not be what was corrected since.
    if (now.own().version() != chosen.own().version()
        || !now.parent().map(Mandate::version).equals(chosen.parent().map(Mandate::version))) {
      want.add("CORRECTED");
    }
    Coverage.gaps(
            now,
            new Coverage.Asked(
                party.organisation(),
                party.name(),
                Optional.ofNullable(party.mail()).orElse(""),
                draft.kind(),
                draft.amount(),
                draft.title(),
                draft.contractDate().orElse(today)),
            today)
        .forEach(gap -> want.add(gap.name()));
    return List.copyOf(want);
  }

  private Mandate current(Mandate chosen) {
    return store.find(chosen.id()).orElseThrow();
  }
}
