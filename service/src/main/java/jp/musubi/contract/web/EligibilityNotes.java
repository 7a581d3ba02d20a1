package jp.musubi.contract.web;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.contract.Clauses;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Eligibility;
import jp.musubi.contract.EligibilityRegister;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** What the review page says about 電子契約の対象. */
@Component
class EligibilityNotes {
  private final EligibilityRegister register;
  private final EligibilityWords sayings;
  private final Words words;

  EligibilityNotes(EligibilityRegister register, EligibilityWords sayings, Words words) {
    this.register = register;
    this.sayings = sayings;
    this.words = words;
  }

  /**
   * Of one contract.
   *
   * @param barred why it cannot be sent; empty when it can
   * @param open what the sender should look into first
   */
  record Notes(List<Text> barred, List<Text> open, List<Fact> facts) {}

  Notes of(ContractId id) {
    var verdict = register.judge(id);
    var facts = facts(register.clauses(id));
    return switch (verdict) {
      case Eligibility.Eligible _ ->
          new Notes(List.of(), List.of(), with(facts, "eligibility.verdict.eligible"));
      case Eligibility.NotEligible(var reasons) ->
          new Notes(sayings.of(reasons), List.of(), with(facts, "eligibility.verdict.notEligible"));
      case Eligibility.Ask(var reasons) ->
          new Notes(List.of(), sayings.of(reasons), with(facts, "eligibility.verdict.ask"));
    };
  }

  private List<Fact> with(List<Fact> facts, String verdict) {
    facts.add(Fact.of("eligibility.verdict", words.of(verdict)));
    return List.copyOf(facts);
  }

  private List<Fact> facts(Clauses clauses) {
    var facts = new ArrayList<Fact>();
    if (clauses.renews()) {
      facts.add(Fact.of("eligibility.fact.renews", words.of("eligibility.fact.yes")));
    }
    if (clauses.councilVote()) {
      facts.add(Fact.of("eligibility.fact.councilVote", words.of("eligibility.fact.yes")));
    }
    clauses
        .byLaw()
        .ifPresent(law ->
            facts.add(Fact.of("eligibility.field.paperByLaw", words.of("eligibility.law." + law))));
    return facts;
  }
}
