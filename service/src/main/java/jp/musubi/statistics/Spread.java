package jp.musubi.statistics;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * 日数の散らばり, by the nearest rank: each figure is the days of a contract that there is.
 *
 * @param contracts how many were measured
 * @param median half of them took no longer
 * @param ninetieth nine in ten took no longer
 */
record Spread(int contracts, int median, int ninetieth) {

  /** Of these days; empty of none. */
  static Optional<Spread> of(Collection<Integer> days) {
    if (days.isEmpty()) {
      return Optional.empty();
    }
    var sorted = days.stream().sorted().toList();
    return Optional.of(new Spread(sorted.size(), at(sorted, 50), at(sorted, 90)));
  }

  private static int at(List<Integer> sorted, int percent) {
    var rank = (int) ((sorted.size() * (long) percent + 99) / 100);
    return sorted.get(rank - 1);
  }
}
