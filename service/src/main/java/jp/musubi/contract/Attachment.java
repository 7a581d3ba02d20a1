package jp.musubi.contract;

import java.time.Instant;
import java.util.UUID;
import jp.musubi.seal.Sha256;

/**
 * 附属書類. A file beside a contract's document.
 *
 * @param name as given, without folders and invisible characters; a name only, never a path
 * @param pages of a PDF; 0 where they were not counted
 * @param sha256 of the stored bytes
 * @param original digest of the upload, which was written anew if it is to be signed
 */
public record Attachment(
    UUID id,
    int ordinal,
    Kind kind,
    Role role,
    String name,
    String mediaType,
    long bytes,
    int pages,
    Sha256 sha256,
    Sha256 original,
    Instant addedAt) {

  /** What it is called among the papers of a contract. */
  public enum Kind {
    /** 約款. */
    TERMS,
    /** 仕様書. */
    SPECIFICATION,
    /** 内訳書. */
    BREAKDOWN,
    /** 図面. */
    DRAWING,
    /** その他. */
    OTHER
  }

  /** How it belongs to the contract. */
  public enum Role {
    /** 署名する: bound into the file that is sealed. */
    SIGNED,
    /** 参照: a file of its own, whose digest stands in the file that is sealed. */
    REFERENCE,
    /** 団体内の資料: kept with the case, no part of the contract, never shown outside. */
    INTERNAL
  }

  /** Whether it is part of the contract, and so settled when that is sent. */
  public boolean isShown() {
    return role != Role.INTERNAL;
  }

  /** The same file, being something else. */
  Attachment as(Kind otherKind, Role otherRole) {
    return new Attachment(
        id, ordinal, otherKind, otherRole, name, mediaType, bytes, pages, sha256, original,
        addedAt);
  }

  /** Whether its pages can be looked at. */
  public boolean hasPages() {
    return pages > 0;
  }
}
