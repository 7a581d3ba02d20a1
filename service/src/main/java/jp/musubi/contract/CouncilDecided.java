package jp.musubi.contract;

/**
 * The council has voted on a concluded 仮契約, or what was recorded of its vote was put right.
 * Published in the transaction that recorded it.
 *
 * @param number counted from 1: how often something was recorded
 */
public record CouncilDecided(ContractId contract, int number, CouncilVote.Decided vote) {}
