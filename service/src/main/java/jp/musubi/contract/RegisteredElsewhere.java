package jp.musubi.contract;

/**
 * A contract that another service concluded was registered. Published in the transaction that
 * registered it.
 */
public record RegisteredElsewhere(ContractId contract) {}
