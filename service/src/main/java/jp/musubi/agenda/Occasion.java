package jp.musubi.agenda;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * 予定. What a contract, or the power of somebody to conclude one, has somebody think of.
 *
 * @param subject the contract, or the 委任
 * @param day of Japan
 * @param at the moment, where it is one; else the whole day
 */
record Occasion(
    UUID subject, What what, LocalDate day, Optional<Instant> at, String number, String title) {

  /** What it is. */
  enum What {
    /** 契約期間の最後の日. */
    PERIOD_ENDS,
    /** So many days before the end of what renews itself, while there is time to say no. */
    RENEWS_SOON,
    /** 同意の期限. */
    AGREE_BY,
    /** 委任の最後の日; {@code number} is the counterparty and {@code title} the agent. */
    MANDATE_ENDS
  }
}
