package jp.musubi.organisation;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 任期. Who holds an office from a day until another.
 *
 * @param until exclusively; null while no end is known
 */
public record OfficeTerm(
    UUID office, LocalDate from, @Nullable LocalDate until, UUID holder, String holderName) {

  /** Whether the term is in force on that day. */
  public boolean holdsOn(LocalDate day) {
    return !day.isBefore(from) && (until == null || day.isBefore(until));
  }
}
