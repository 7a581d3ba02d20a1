package jp.musubi.submission;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * 求める書類. One document that a counterparty is asked for.
 *
 * @param note what is wanted, in the clerk's words; may be empty
 * @param mandatory whether the contract stays until it was taken
 * @param due until when it is wanted, in Japan; what comes later is taken all the same
 */
record Wanted(
    UUID id,
    UUID call,
    int ordinal,
    String name,
    String note,
    Purpose purpose,
    boolean mandatory,
    Optional<LocalDate> due) {
  /** How many one counterparty may be asked for. */
  static final int MOST = 20;

  static final int LONGEST_NAME = 60;
  static final int LONGEST_NOTE = 500;
}
