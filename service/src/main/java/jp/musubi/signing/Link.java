package jp.musubi.signing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.PartyId;
import jp.musubi.seal.Sha256;

/**
 * リンク. The mailed way in of a person without an account; good until it expires or is revoked, and
 * as often as they like.
 *
 * @param expiresAt exclusively
 * @param readToEndAt when every page had been delivered to somebody who came by this link
 */
record Link(
    UUID id,
    ContractId contract,
    PartyId party,
    Sha256 secretHash,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> revokedAt,
    Optional<Instant> readToEndAt) {

  boolean isAlive(Instant now) {
    return revokedAt.isEmpty() && now.isBefore(expiresAt);
  }
}
