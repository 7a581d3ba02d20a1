package jp.musubi.vault;

import java.time.Instant;
import java.util.UUID;
import jp.musubi.seal.Sha256;

/**
 * 見つかった異常. An object that is not whole, or was not.
 *
 * @param store in which of the two stores
 * @param condition {@link Condition#MISSING} or {@link Condition#DAMAGED}
 * @param told whether the body's record knows
 */
public record Finding(
    UUID id,
    Sha256 digest,
    Store store,
    Condition condition,
    FoundBy by,
    Instant foundAt,
    boolean told) {

  /** 置き場. */
  public enum Store {
    /** The one that is read. */
    FIRST,
    /** The copy. */
    SECOND
  }

  /** How it was noticed. */
  public enum FoundBy {
    /** Somebody wanted to read it. */
    READ,
    /** The round through all objects. */
    SCRUB,
    /** The second copy was to be made. */
    COPY
  }
}
