package jp.musubi.contract;

import java.time.Instant;

/**
 * What happened to a contract. Published synchronously inside the transaction that made it so: a
 * listener's writes (job, letter, audit entry) commit with it or not at all.
 */
public sealed interface ContractEvent {
  /** Which contract. */
  ContractId contract();

  /** A party has agreed; its seal is to be made. For the sender: the contract was dispatched. */
  record Agreed(ContractId contract, Party party) implements ContractEvent {}

  /** 予約送信 could not be done when its moment came; the contract is a draft again. */
  record HeldBack(ContractId contract, Instant releaseAt, Refusal because)
      implements ContractEvent {}

  /** The seals before stand in the file; now this party is asked. */
  record TurnCame(ContractId contract, Party party) implements ContractEvent {}

  /** 締結済. */
  record Concluded(ContractId contract, Instant at) implements ContractEvent {}

  /** 辞退. */
  record Declined(ContractId contract, Party by, String reason) implements ContractEvent {}

  /** 差戻し. */
  record Returned(ContractId contract, Party by, String reason) implements ContractEvent {}

  /**
   * 転送. The same party, before and after.
   *
   * @param to as it is from now on
   */
  record Delegated(ContractId contract, Party from, Party to) implements ContractEvent {}

  /** 紙へ切替. */
  record MovedToPaper(ContractId contract, String reason) implements ContractEvent {}

  /** 取消. */
  record Withdrawn(ContractId contract, String reason) implements ContractEvent {}

  /** 期限切れ. */
  record Expired(ContractId contract, Instant deadline) implements ContractEvent {}
}
