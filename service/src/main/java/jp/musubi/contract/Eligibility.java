package jp.musubi.contract;

import java.util.List;

/** 電子契約の対象かどうか. The answer of the law and of a body's {@link EligibilityRules}. */
public sealed interface Eligibility {
  /** It may be electronic. */
  record Eligible() implements Eligibility {}

  /**
   * It may not, and cannot be sent.
   *
   * @param reasons at least one
   */
  record NotEligible(List<Reason> reasons) implements Eligibility {
    /** Keeps its own copy. */
    public NotEligible {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Nothing entered speaks against it, but somebody has to look.
   *
   * @param reasons at least one
   */
  record Ask(List<Reason> reasons) implements Eligibility {
    /** Keeps its own copy. */
    public Ask {
      reasons = List.copyOf(reasons);
    }
  }

  /** Why not, or what is open. */
  sealed interface Reason {
    /** The law demands another form. */
    record ByLaw(PaperByLaw law) implements Reason {}

    /** The period is longer than the body's limit. */
    record TooLong(int mostYears) implements Reason {}

    /** The period and the years of keeping together are. */
    record TooLongWithKeeping(int mostYears, int keepingYears) implements Reason {}

    /** It renews itself. */
    record Renews() implements Reason {}

    /** It needs a vote of the council. */
    record CouncilVote() implements Reason {}

    /** Contracts of its kind are made on paper. */
    record OfKind(ContractKind kind) implements Reason {}

    /** The sum is above the body's limit. */
    record TooDear(long mostYen) implements Reason {}

    /** When it begins or ends was not entered, and there is a limit. */
    record PeriodOpen(int mostYears) implements Reason {}

    /** It renews itself, and may so come to last longer than the limit. */
    record MayOutlast(int mostYears) implements Reason {}

    /** No sum was entered, and there is a limit. */
    record SumOpen(long mostYen) implements Reason {}
  }
}
