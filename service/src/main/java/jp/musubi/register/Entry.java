package jp.musubi.register;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * 台帳の項目. What a body notes of a contract beside what the parties agreed to.
 *
 * @param longTerm 長期継続契約 (地方自治法 234 条の 3)
 * @param debtBurden 債務負担行為 (地方自治法 214 条)
 * @param budgetClause whether it may be ended when its budget is cut
 * @param fiscalYear 年度, where it is not that of 契約日
 * @param decision 決裁番号 of the body's own document system; empty where none was entered
 * @param values of the body's own items, as {@link Item#read} gives them
 */
record Entry(
    Optional<Pricing> pricing,
    boolean longTerm,
    boolean debtBurden,
    boolean budgetClause,
    Optional<FiscalYear> fiscalYear,
    String decision,
    Optional<Keeping> keeping,
    Map<UUID, String> values) {
  /** Of a contract of which nothing was noted. */
  static final Entry NONE =
      new Entry(
          Optional.empty(), false, false, false, Optional.empty(), "", Optional.empty(), Map.of());

  /** Keeps its own copy. */
  Entry {
    values = Map.copyOf(values);
  }
}
