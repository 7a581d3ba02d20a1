package jp.musubi.operations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * お知らせ.
 *
 * @param shownUntil exclusive; null while nobody knows
 */
record Announcement(
    UUID id,
    Kind kind,
    String title,
    String text,
    Instant shownFrom,
    @Nullable Instant shownUntil) {

  /** What it is about; of several, what is above comes first. */
  enum Kind {
    /** 障害. */
    FAULT,
    /** 保守. */
    MAINTENANCE,
    /** 案内. */
    NEWS
  }

  /** Whether it is to be read at this moment. */
  boolean isShownAt(Instant now) {
    return !now.isBefore(shownFrom) && (shownUntil == null || now.isBefore(shownUntil));
  }

  /** Whether its time is over. */
  boolean isOver(Instant now) {
    return shownUntil != null && !now.isBefore(shownUntil);
  }
}
