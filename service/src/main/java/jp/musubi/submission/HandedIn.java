package jp.musubi.submission;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.AttachmentName;
import jp.musubi.seal.Sha256;

/**
 * 提出されたファイル, kept byte for byte as it came.
 *
 * @param name as {@link AttachmentName} made it
 * @param pages of a PDF; 0 of anything else
 * @param by who handed it in, as printed
 * @param mail where their link had been sent
 * @param reason why it was returned, in the clerk's words
 * @param acceptedBy key of the clerk who took it; empty while nobody did
 * @param acceptedAs what it was taken as; empty while it was not
 */
record HandedIn(
    UUID id,
    UUID wanted,
    String name,
    String mediaType,
    long bytes,
    int pages,
    Sha256 sha256,
    String by,
    String mail,
    Instant at,
    Optional<Instant> replacedAt,
    Optional<Instant> returnedAt,
    String reason,
    Optional<Instant> acceptedAt,
    Optional<UUID> acceptedBy,
    Optional<As> acceptedAs) {
  /** How often a counterparty may put another file in the place of one. */
  static final int MOST = 20;

  /** What a file is taken as. */
  enum As {
    /** 契約書の本文. */
    DOCUMENT,
    /** 署名対象. */
    SIGNED,
    /** 参照. */
    REFERENCE,
    /** 団体内の資料. */
    INTERNAL
  }

  /** Whether it is the one that counts: neither replaced nor returned. */
  boolean stands() {
    return replacedAt.isEmpty() && returnedAt.isEmpty();
  }

  /** Whether the clerk has taken it. */
  boolean isAccepted() {
    return acceptedAt.isPresent();
  }

  /** Whether it came from whoever reads mail at that address. */
  boolean isOf(String address) {
    return mail.equalsIgnoreCase(address);
  }
}
