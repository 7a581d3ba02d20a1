package jp.musubi.evidence;

/**
 * Where a body's audit chain does not hold.
 *
 * @param seq the first entry that does not fit; after a truncation, the first that is gone
 */
public record ChainBreak(long seq, Kind kind) {

  /** What does not fit. */
  public enum Kind {
    /** An entry is gone, or stands out of order. */
    GAP,
    /** The entry names another predecessor than the one before it. */
    LINK,
    /** The hash is not that of the entry. */
    HASH,
    /** A column says something else than the hashed entry. */
    COLUMNS,
    /** The entry is not the one whose hash was anchored, or the anchored entry is gone. */
    ANCHOR,
    /** The chain ends elsewhere than its recorded end. */
    END
  }
}
