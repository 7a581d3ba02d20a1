package jp.musubi.staff;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * 人事異動. A list of transfers and where it stands.
 *
 * @param effectiveOn takes effect at 0:00 of this day in Japan
 */
public record Transfer(
    UUID id,
    String fileName,
    UUID madeBy,
    Instant madeAt,
    LocalDate effectiveOn,
    State state,
    Optional<Instant> appliedAt) {

  /** Where a list stands. */
  public enum State {
    /** 検査済: nothing has changed yet. */
    CHECKED,
    /** 予約済: takes effect by itself. */
    RESERVED,
    /** 反映済. */
    APPLIED,
    /** 取消: never took effect. */
    CANCELLED,
    /** 反映できず: on the day something was wrong, and nothing was changed. */
    FAILED,
    /** 元に戻した. */
    ROLLED_BACK
  }
}
