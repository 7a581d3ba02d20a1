package jp.musubi.folder;

import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractKind;

/**
 * 振り分けの規則. Into which folder a contract goes that is all of this; the first rule that fits decides.
 *
 * @param id empty for one that is not kept yet
 * @param section it and all below it
 * @param titleHas in 件名, whatever width or form of letters; empty for any
 * @param partyHas in the name of a counterparty; empty for any
 */
record FilingRule(
    Optional<UUID> id,
    UUID folder,
    Optional<ContractKind> kind,
    Optional<UUID> section,
    String titleHas,
    String partyHas) {

  /** Whether it would file everything: that is what a folder itself is for. */
  boolean asksNothing() {
    return kind.isEmpty() && section.isEmpty() && titleHas.isEmpty() && partyHas.isEmpty();
  }
}
