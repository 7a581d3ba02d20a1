package jp.musubi.renewal;

import java.time.Instant;

/** The authority's new timestamp would not carry the file any longer than the one before. */
final class NoLater extends RuntimeException {
  NoLater(Instant end) {
    super("the new timestamp would end " + end);
  }
}
