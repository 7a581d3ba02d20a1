package jp.musubi.contract;

import java.util.OptionalInt;

/** 保存年限 of contracts, which the register knows. */
public interface KeepingYears {
  /** For how many years it is kept; empty for 永年, and where none is noted yet. */
  OptionalInt of(ContractId contract);
}
