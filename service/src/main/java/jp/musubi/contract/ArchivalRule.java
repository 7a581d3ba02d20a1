package jp.musubi.contract;

import java.util.OptionalInt;

/**
 * 長期保存の形式の決まり. Whether a body asks that what it keeps for long is PDF/A.
 *
 * @param beyondYears holds for contracts that are kept for more years than these, 0 to 100
 */
public record ArchivalRule(Demand demand, int beyondYears) {
  /** Of a body that has said nothing. */
  public static final ArchivalRule DEFAULT = new ArchivalRule(Demand.NONE, 10);

  /** How much it asks. */
  public enum Demand {
    /** Nothing is asked. */
    NONE,
    /** The pages say what is missing. */
    WARN,
    /** What is not PDF/A is not sent. */
    DEMAND
  }

  /**
   * Whether it says anything about a contract.
   *
   * @param keeping 保存年限; empty for 永年, and where none is noted: nobody knows how long it will be
   */
  public boolean asksOf(OptionalInt keeping) {
    return demand != Demand.NONE && (keeping.isEmpty() || keeping.getAsInt() > beyondYears);
  }
}
