package jp.musubi.contract;

/**
 * アクセスコードと確認番号. What a counterparty gives beside its link (LAW-3): a code that reached it by
 * another way than mail, or a number that is sent when it comes.
 */
public interface AccessCodes {

  /**
   * From now on the party's links ask for this code too; of a party that is to show what it has
   * registered, only as long as it has registered nothing. Joins the caller's transaction; replaces
   * an earlier code and gives all tries back. Only a one-way hash is kept.
   *
   * @param way of the party's identification
   * @param code as told to the counterparty; full-width digits, hyphens and spaces do not matter
   * @throws IllegalArgumentException if fewer than six or more than 64 characters remain, or no
   *     code is told that way
   */
  void expect(ContractId contract, PartyId party, Identification.Way way, String code);

  /**
   * From now on the party's links ask for a number that is sent at that moment. Joins the caller's
   * transaction; gives all tries back.
   *
   * @throws IllegalArgumentException if no number is sent that way
   */
  void expectNumber(ContractId contract, PartyId party, Identification identification);

  /** Gives a party of which numbers are asked all its tries back; they go where they went. */
  void restore(PartyId party);

  /** The contract is not sent after all: nothing is expected of its parties any more. */
  void forget(ContractId contract);
}
