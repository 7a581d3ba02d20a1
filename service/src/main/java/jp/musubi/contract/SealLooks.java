package jp.musubi.contract;

import java.util.Map;
import jp.musubi.seal.appearance.VisibleSeal;

/**
 * 署名の見た目. What is seen of the parties' seals in a draft's document, drawn before anybody seals it
 * (0018); another feature keeps it.
 */
public interface SealLooks {

  /** What is drawn for whom; of a party that is not in it nothing is seen. */
  Map<PartyId, VisibleSeal> of(Particulars draft);

  /** A copy shows the same in the same places; in the caller's transaction. */
  void copy(ContractId from, ContractId to);
}
