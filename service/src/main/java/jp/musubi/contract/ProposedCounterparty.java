package jp.musubi.contract;

import java.util.Optional;

/**
 * 相手方の見込み. Whom a draft is likely to be with, before its parties are entered; another feature
 * knows. It stands in the empty form and is nothing until somebody saves that.
 */
public interface ProposedCounterparty {

  /** Whom this draft began with; nobody for most. */
  Optional<KnownCounterparties.Known> of(ContractId draft);
}
