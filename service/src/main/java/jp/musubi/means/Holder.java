package jp.musubi.means;

import jp.musubi.contract.ContractId;
import jp.musubi.contract.PartyId;

/**
 * Who registers something.
 *
 * @param mail where the link went by which they came
 * @param name as the contract names them
 */
public record Holder(ContractId contract, PartyId party, String mail, String name) {}
