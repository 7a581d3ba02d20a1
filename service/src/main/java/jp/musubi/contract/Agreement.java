package jp.musubi.contract;

import java.time.Instant;
import java.util.UUID;
import jp.musubi.seal.Sha256;

/**
 * 同意. One party's stored instruction to seal, and all that is known of how it was given (LAW-1,
 * LAW-4). Written once; the only thing that opens the way to the signing key.
 *
 * @param ordinal place among the contract's agreements, in the order in which they were given, and
 *     of the seal among those in the file
 * @param document the bytes the party was shown
 */
public record Agreement(
    UUID id,
    ContractId contract,
    PartyId party,
    int ordinal,
    Sha256 document,
    Instant agreedAt,
    Manner manner) {

  /**
   * How somebody agreed.
   *
   * @param authentication factors that were passed, e.g. {@code MAIL_LINK+ACCESS_CODE}
   * @param level L1, L2 or L3 (LAW-3)
   * @param consentText the sentence beside the button, as shown
   * @param clientIp address as seen through trusted proxies only
   */
  public record Manner(
      String authentication, String level, String consentText, String clientIp, String userAgent) {}
}
