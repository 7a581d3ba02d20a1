package jp.musubi.recipient;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.seal.Sha256;

/**
 * 受取人. Somebody who signs nothing and is given the concluded document.
 *
 * @param link the newest way in; empty while nothing was mailed
 * @param receipt the first time the document was taken
 */
record Recipient(
    UUID id, ContractId contract, Entered entered, Optional<Link> link, Optional<Receipt> receipt) {
  /** Most of one contract. */
  static final int MOST = 20;

  /** Who it is, as entered; the organisation is empty for a person. */
  record Entered(String organisation, String name, String mail) {
    /** 株式会社 見本建設 例田 一郎. */
    String signature() {
      return (organisation + " " + name).strip();
    }
  }

  /**
   * A way in that was mailed.
   *
   * @param secretHash digest of what its address ends with
   */
  record Link(UUID id, Sha256 secretHash, Instant createdAt, Instant expiresAt) {}

  /** 受領: when, and of which bytes. */
  record Receipt(Instant at, Sha256 document) {}

  /** Where the delivery stands. */
  enum Standing {
    /** The document is not concluded yet. */
    WAITING,
    /** The letter is out. */
    SENT,
    /** The letter is out, and its time is over. */
    LAPSED,
    /** Taken. */
    RECEIVED
  }

  Standing standing(Instant now) {
    if (receipt.isPresent()) {
      return Standing.RECEIVED;
    }
    return link.map(way -> now.isBefore(way.expiresAt()) ? Standing.SENT : Standing.LAPSED)
        .orElse(Standing.WAITING);
  }
}
