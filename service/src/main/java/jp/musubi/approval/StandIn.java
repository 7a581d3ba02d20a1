package jp.musubi.approval;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;

/**
 * 代理. Who approves while the holder of a post is away.
 *
 * @param from the first day
 * @param until the day after the last
 */
record StandIn(UUID id, UUID principal, UUID deputy, LocalDate from, LocalDate until) {

  /** Why somebody cannot be named. */
  enum Objection {
    /** Nobody stands in for themselves. */
    ONESELF,
    /** The period has no day, or is over. */
    NO_TIME,
    /** Longer than a year. */
    TOO_LONG,
    /** Would approve instead of whoever approves instead of them. */
    CIRCLE,
    /** Somebody stands in at that time already. */
    TAKEN,
    /** Holds no right to approve, which an administrator gives. */
    NO_APPROVER
  }

  boolean holdsOn(LocalDate day) {
    return !day.isBefore(from) && day.isBefore(until);
  }

  private boolean overlaps(StandIn other) {
    return from.isBefore(other.until) && other.from.isBefore(until);
  }

  /** Whether this may stand beside {@code others}, all of them in force. */
  Optional<Objection> refused(Collection<StandIn> others, LocalDate today) {
    if (principal.equals(deputy)) {
      return Optional.of(Objection.ONESELF);
    }
    if (!from.isBefore(until) || !until.isAfter(today)) {
      return Optional.of(Objection.NO_TIME);
    }
    if (until.isAfter(from.plusYears(1))) {
      return Optional.of(Objection.TOO_LONG);
    }
    var meanwhile = others.stream().filter(this::overlaps).toList();
    if (meanwhile.stream().anyMatch(other -> other.principal.equals(principal))) {
      return Optional.of(Objection.TAKEN);
    }
    var seen = new HashSet<UUID>();
    var next = new HashSet<UUID>();
    next.add(deputy);
    while (!next.isEmpty()) {
      seen.addAll(next);
      var after = new HashSet<UUID>();
      for (var other : meanwhile) {
        if (next.contains(other.principal) && !seen.contains(other.deputy)) {
          after.add(other.deputy);
        }
      }
      next = after;
    }
    return seen.contains(principal) ? Optional.of(Objection.CIRCLE) : Optional.empty();
  }
}
