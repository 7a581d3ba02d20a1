package jp.musubi.contract;

/** アクセスコード. The second factor that reaches a counterparty by another way than mail (LAW-3). */
public interface AccessCodes {

  /**
   * From now on the party's links ask for this code too. Joins the caller's transaction; replaces
   * an earlier code and gives all tries back. Only a one-way hash is kept.
   *
   * @param code as told to the counterparty; full-width digits, hyphens and spaces do not matter
   * @throws IllegalArgumentException if fewer than six or more than 64 characters remain
   */
  void expect(ContractId contract, PartyId party, String code);

  /** The contract is not sent after all: no code of its parties is expected any more. */
  void forget(ContractId contract);
}
