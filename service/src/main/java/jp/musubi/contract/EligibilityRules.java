package jp.musubi.contract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import jp.musubi.contract.Eligibility.Reason;

/**
 * 電子契約の対象の決まり. Which contracts a body makes on paper by its own 規則 or 要領.
 *
 * @param longestYears of a contract's period; empty for no limit
 * @param keepingYears 保存期間 that is added to the period before it is compared; 0 for none
 * @param mostYen above it paper is used; empty for no limit
 * @param renewalOnPaper whether contracts that renew themselves are made on paper
 * @param councilOnPaper whether those are that need a vote of the council
 * @param kindsOnPaper kinds that always are
 */
public record EligibilityRules(
    OptionalInt longestYears,
    int keepingYears,
    OptionalLong mostYen,
    boolean renewalOnPaper,
    boolean councilOnPaper,
    Set<ContractKind> kindsOnPaper) {

  /** Of a body that has said nothing: only the law decides. */
  public static final EligibilityRules DEFAULT =
      new EligibilityRules(OptionalInt.empty(), 0, OptionalLong.empty(), false, false, Set.of());

  /** Keeps its own copy. */
  public EligibilityRules {
    kindsOnPaper = Set.copyOf(kindsOnPaper);
  }

  /**
   * What is asked about a contract.
   *
   * @param from when its period begins; the 契約日 where no other day was entered
   * @param until its last day
   */
  public record Facts(
      ContractKind kind,
      OptionalLong amount,
      Optional<LocalDate> from,
      Optional<LocalDate> until,
      Clauses clauses) {}

  /** Whether such a contract may be electronic. */
  public Eligibility judge(Facts facts) {
    var against = new ArrayList<Reason>();
    var open = new ArrayList<Reason>();
    facts.clauses().byLaw().ifPresent(law -> against.add(new Reason.ByLaw(law)));
    if (kindsOnPaper.contains(facts.kind())) {
      against.add(new Reason.OfKind(facts.kind()));
    }
    longestYears.ifPresent(years -> period(years, facts, against, open));
    if (facts.clauses().renews() && renewalOnPaper) {
      against.add(new Reason.Renews());
    }
    if (facts.clauses().councilVote() && councilOnPaper) {
      against.add(new Reason.CouncilVote());
    }
    mostYen.ifPresent(most -> {
      if (facts.amount().isEmpty()) {
        open.add(new Reason.SumOpen(most));
      } else if (facts.amount().getAsLong() > most) {
        against.add(new Reason.TooDear(most));
      }
    });
    if (!against.isEmpty()) {
      return new Eligibility.NotEligible(against);
    }
    return open.isEmpty() ? new Eligibility.Eligible() : new Eligibility.Ask(open);
  }

  private void period(int years, Facts facts, List<Reason> against, List<Reason> open) {
    if (facts.from().isEmpty() || facts.until().isEmpty()) {
      open.add(new Reason.PeriodOpen(years));
    } else if (facts.until().get().isAfter(lastDay(facts.from().get(), years - keepingYears))) {
      against.add(
          keepingYears == 0
              ? new Reason.TooLong(years)
              : new Reason.TooLongWithKeeping(years, keepingYears));
    } else if (facts.clauses().renews()) {
      open.add(new Reason.MayOutlast(years));
    }
  }

  /** The day before the same day; where a month has none, its last (民法 143条2項). */
  private static LocalDate lastDay(LocalDate from, int years) {
    var same = from.plusYears(years);
    return same.getDayOfMonth() == from.getDayOfMonth() ? same.minusDays(1) : same;
  }
}
