package jp.musubi.index;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 探索索引 of the current body, for who looks for contracts. */
@Component
public class LetterIndex {
  /** What is not packed yet is compared one by one: of more the index is no help. */
  static final int MOST_BEHIND = 10_000;

  /** The contracts that changed since they were packed, as SQL. */
  public static final String PENDING = "select p.contract_id from search_pending p";

  private final IndexStore store;

  LetterIndex(IndexStore store) {
    this.store = store;
  }

  /**
   * What may be meant; empty if the index cannot say: no letter is sought, or the body has none
   * that is whole, or too much changed, or the transaction is not one that sees one moment.
   *
   * @param before only what is older than this contract
   * @param others among which are all of {@link #PENDING} that are meant; asked for only if the
   *     index is
   */
  public Optional<Candidates> candidates(
      Sought sought, @Nullable Key before, Supplier<? extends Collection<Key>> others) {
    if (sought.letters().isEmpty() || !store.isWhole(MOST_BEHIND)) {
      return Optional.empty();
    }
    return Optional.of(new Candidates(store, sought, before, others.get()));
  }
}
