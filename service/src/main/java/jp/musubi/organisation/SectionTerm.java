package jp.musubi.organisation;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 所属の世代. What a section was called and where it hung, from a day until another.
 *
 * @param until exclusively; null while no end is known
 * @param parent null at the top
 * @param mail the section's mailbox, a channel for notices
 */
public record SectionTerm(
    UUID section,
    LocalDate from,
    @Nullable LocalDate until,
    @Nullable UUID parent,
    String name,
    @Nullable String phone,
    @Nullable String mail) {

  /** Whether the term is in force on that day. */
  public boolean holdsOn(LocalDate day) {
    return !day.isBefore(from) && (until == null || day.isBefore(until));
  }

  /** Whether it begins on that day or later, or ends later: what comes then is settled already. */
  boolean settles(LocalDate day) {
    return !from.isBefore(day) || (until != null && until.isAfter(day));
  }

  /** How the section is within it. */
  SectionRegister.Shape shape() {
    return new SectionRegister.Shape(name, parent, phone, mail);
  }
}
