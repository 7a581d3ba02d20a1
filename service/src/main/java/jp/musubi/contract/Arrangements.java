package jp.musubi.contract;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.staff.StaffMember;

/** 当事者の並びを選ぶ. What a body keeps of them; another feature does. */
public interface Arrangements {

  /** Those that may be chosen, the ones for this kind first, then those for all, then the rest. */
  List<Arrangement> offered(ContractKind kind);

  /** What was chosen for a contract, also when it is offered no more. */
  Optional<Arrangement> chosenFor(ContractId contract);

  /**
   * Keeps what was chosen for a draft, in place of what was before; in the caller's transaction.
   *
   * @param arrangement empty for none
   */
  void choose(ContractId draft, Optional<UUID> arrangement, StaffMember clerk, String clientIp);
}
