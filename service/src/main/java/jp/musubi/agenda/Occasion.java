package jp.musubi.agenda;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * 予定. What a contract has somebody think of.
 *
 * @param day of Japan
 * @param at the moment, where it is one; else the whole day
 */
record Occasion(
    UUID contract, What what, LocalDate day, Optional<Instant> at, String number, String title) {

  /** What it is. */
  enum What {
    /** 契約期間の最後の日. */
    PERIOD_ENDS,
    /** So many days before the end of what renews itself, while there is time to say no. */
    RENEWS_SOON,
    /** 同意の期限. */
    AGREE_BY
  }
}
