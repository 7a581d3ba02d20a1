package jp.musubi.contract;

/** 依頼の再送と督促. Sends a counterparty a fresh link. */
public interface Invitations {

  /**
   * Revokes the party's links and mails a new one to its registered address, and to no other. Joins
   * the caller's transaction. Of a concluded contract the new link reads; of a contract that has
   * ended without conclusion, or a party whose turn has not come, nothing is sent.
   */
  void reissue(ContractId contract, PartyId party);

  /** 督促: as {@link #reissue}, in a letter that reminds; only while the party has to decide. */
  void remind(ContractId contract, PartyId party);

  /** A party was given a fresh link by the clerk; published in the transaction that did it. */
  record Reissued(ContractId contract, PartyId party) {}
}
