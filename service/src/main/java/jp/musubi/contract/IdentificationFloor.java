package jp.musubi.contract;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import jp.musubi.contract.Identification.Level;

/**
 * 本人確認の下限. The least with which a body lets its counterparties show who they are (LAW-3).
 *
 * @param always for every contract
 * @param kinds for contracts of a kind, where that is more
 * @param fromYen from this sum on {@code dear} is asked for; empty for no such rule
 * @param dear for contracts of that sum and more, and for those whose sum is open
 */
public record IdentificationFloor(
    Level always, Map<ContractKind, Level> kinds, OptionalLong fromYen, Level dear) {
  /** Of a body that has said nothing. */
  public static final IdentificationFloor DEFAULT =
      new IdentificationFloor(Level.L1, Map.of(), OptionalLong.empty(), Level.L1);

  /** Keeps its own copy. */
  public IdentificationFloor {
    kinds = Map.copyOf(kinds);
  }

  /**
   * The least for a contract.
   *
   * @param kind empty while it was not entered
   * @param amount empty for 単価契約: nobody knows what it will come to, so it counts as dear
   */
  public Level least(Optional<ContractKind> kind, OptionalLong amount) {
    if (kind.isEmpty()) {
      return always;
    }
    var least = always.or(kinds.getOrDefault(kind.get(), always));
    return fromYen.isPresent() && (amount.isEmpty() || amount.getAsLong() >= fromYen.getAsLong())
        ? least.or(dear)
        : least;
  }

  /** The least for a draft; of what was not entered nothing is asked yet. */
  public Level least(Particulars draft) {
    return least(draft.deadline().map(_ -> draft.kind()), draft.amount());
  }
}
