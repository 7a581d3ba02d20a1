package jp.musubi.input;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.seal.Sha256;

/**
 * 記入の依頼. A link by which one counterparty fills its fields of a draft.
 *
 * @param filler the place of the party
 * @param endedAt when another took its place
 */
record InputRequest(
    UUID id,
    ContractId contract,
    int filler,
    String name,
    String mail,
    Sha256 secretHash,
    Instant askedAt,
    Instant expiresAt,
    Optional<Instant> answeredAt,
    Optional<Instant> endedAt) {

  /** Where it stands. */
  enum Life {
    /** May be filled, and filled anew. */
    OPEN,
    /** The contract has left the house, or is not to. */
    SETTLED,
    /** Nobody answered in time, another request took its place, or the party is another. */
    ENDED
  }

  Life life(Particulars contract, Instant now) {
    if (!contract.state().equals("DRAFT")) {
      return Life.SETTLED;
    }
    var same = party(contract).filter(party -> mail.equalsIgnoreCase(party.mail())).isPresent();
    return endedAt.isPresent() || !now.isBefore(expiresAt) || !same ? Life.ENDED : Life.OPEN;
  }

  /** Whom it was sent to, if the party is still one. */
  Optional<Party> party(Particulars contract) {
    return contract.parties(Party.Kind.COUNTERPARTY).stream()
        .filter(party -> party.ordinal() == filler)
        .findFirst();
  }
}
