package jp.musubi.submission;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.Particulars;
import jp.musubi.seal.Sha256;

/**
 * 提出のリンク. By which one counterparty hands in.
 *
 * @param endedAt when another took its place, or nobody waited any more
 */
record CallLink(
    UUID id,
    UUID call,
    String name,
    String mail,
    Sha256 secretHash,
    Instant askedAt,
    Instant expiresAt,
    Optional<Instant> endedAt) {
  /** How long something is waited for. */
  static final Duration VALID = Duration.ofDays(14);

  /** Where it stands. */
  enum Life {
    /** Files may be handed in. */
    OPEN,
    /** The contract has left the house, is not to, or was made of what came. */
    SETTLED,
    /** Nobody answered in time, another link took its place, or the party is another. */
    ENDED
  }

  /**
   * Where it stands now.
   *
   * @param draft the call's contract; empty while there is none
   */
  Life life(Call call, Optional<Particulars> draft, Instant now) {
    if (call.cameFirst() ? draft.isPresent() : !draft.orElseThrow().state().equals("DRAFT")) {
      return Life.SETTLED;
    }
    var same = call.addressee(draft).filter(each -> each.mail().equalsIgnoreCase(mail)).isPresent();
    return endedAt.isPresent() || call.endedAt().isPresent() || !now.isBefore(expiresAt) || !same
        ? Life.ENDED
        : Life.OPEN;
  }
}
