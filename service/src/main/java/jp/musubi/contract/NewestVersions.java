package jp.musubi.contract;

import java.util.Map;
import jp.musubi.seal.Sha256;

/**
 * 最新の版. A concluded file may have followers that carry further timestamps; what is handed out is
 * the newest, and what was concluded stays.
 */
public interface NewestVersions {

  /** The newest version of a concluded file of a contract; the file itself while there is none. */
  Sha256 of(ContractId contract, Sha256 concluded);

  /** What each later version of the contract's files is a version of. */
  Map<Sha256, Sha256> followers(ContractId contract);
}
