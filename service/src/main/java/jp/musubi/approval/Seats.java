package jp.musubi.approval;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * 席. Who sits at which post on the day, themselves or instead of its holder.
 *
 * @param holders of each post on the day
 * @param standIns in force on the day
 */
record Seats(Map<UUID, Set<UUID>> holders, List<StandIn> standIns) {

  /** Keeps its own copies. */
  Seats {
    holders = Map.copyOf(holders);
    standIns = List.copyOf(standIns);
  }

  /**
   * As what somebody approves.
   *
   * @param instead of whom; empty for the holder
   */
  record Seat(UUID post, Optional<UUID> instead) {}

  /** Who holds a post. */
  Set<UUID> holdersOf(UUID post) {
    return holders.getOrDefault(post, Set.of());
  }

  /** The seat somebody has at a post; their own before another's. */
  Optional<Seat> seatOf(UUID person, UUID post, Collection<UUID> neverInsteadOf) {
    if (holdersOf(post).contains(person)) {
      return Optional.of(new Seat(post, Optional.empty()));
    }
    return standIns.stream()
        .filter(standIn -> standIn.deputy().equals(person))
        .map(StandIn::principal)
        .filter(holdersOf(post)::contains)
        .filter(principal -> !neverInsteadOf.contains(principal))
        .sorted()
        .findFirst()
        .map(principal -> new Seat(post, Optional.of(principal)));
  }
}
