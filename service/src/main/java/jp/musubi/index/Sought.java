package jp.musubi.index;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What an index can tell of a search; what it cannot is left to whoever asks the contracts.
 *
 * @param words each stands in 件名, 番号 or 相手方; folded as those are
 * @param sections of each set, the contract lies in one
 * @param from the first 契約日
 * @param until the last 契約日
 */
public record Sought(
    List<String> words,
    List<Set<UUID>> sections,
    Optional<LocalDate> from,
    Optional<LocalDate> until) {

  /** Keeps its own copies. */
  public Sought {
    words = List.copyOf(words);
    sections = sections.stream().map(Set::copyOf).toList();
  }

  /** What all of the words together need; empty if the letters narrow nothing. */
  List<String> letters() {
    return words.stream().map(Terms::ofWord).flatMap(Collection::stream).distinct().toList();
  }

  boolean isDated() {
    return from.isPresent() || until.isPresent();
  }

  /** The first month, or before all. */
  String firstMonth() {
    return from.map(Terms::month).orElse("m:");
  }

  /** The last month, or after all: the next letter after the colon. */
  String lastMonth() {
    return until.map(Terms::month).orElse("m;");
  }
}
