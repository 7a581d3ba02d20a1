package jp.musubi.contract;

import java.util.Optional;

/**
 * What of a contract's wording decides whether it may be electronic.
 *
 * @param renews 自動更新: it goes on unless somebody ends it
 * @param councilVote 議会の議決 is needed (地方自治法 96条1項)
 * @param byLaw the law that demands paper or a notary, if one does
 */
public record Clauses(boolean renews, boolean councilVote, Optional<PaperByLaw> byLaw) {
  /** Of a draft of which nobody has said anything. */
  public static final Clauses NONE = new Clauses(false, false, Optional.empty());
}
