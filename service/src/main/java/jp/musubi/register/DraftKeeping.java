package jp.musubi.register;

import java.util.OptionalInt;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.KeepingYears;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 保存年限 as the register notes it, for those who decide by it before a contract is sent. */
@Component
@Transactional(readOnly = true)
class DraftKeeping implements KeepingYears {
  private final EntryStore entries;

  DraftKeeping(EntryStore entries) {
    this.entries = entries;
  }

  @Override
  public OptionalInt of(ContractId contract) {
    return entries
        .find(contract)
        .entry()
        .keeping()
        .map(Keeping::years)
        .orElseGet(OptionalInt::empty);
  }
}
