package jp.musubi.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 候補. The contracts that may be meant, the newest first and each once: all that are, and some that
 * are not any more. Blocks are read as far as is asked for, within the transaction that made it.
 */
public final class Candidates {
  /** A first page is mostly in the newest; a rare word is looked for in ever more at a time. */
  private static final int FIRST_BLOCKS = 2;

  private static final int MOST_BLOCKS = 512;

  private final IndexStore store;
  private final Sought sought;
  private final @Nullable Key before;
  private final List<IndexStore.Head> unread;
  private final TreeSet<Key> found = new TreeSet<>();
  private int read;
  private int blocks = FIRST_BLOCKS;

  /**
   * @param before only what is older than this contract
   * @param others what is to come in its turn besides
   */
  Candidates(IndexStore store, Sought sought, @Nullable Key before, Collection<Key> others) {
    this.store = store;
    this.sought = sought;
    this.before = before;
    this.unread =
        store.heads().stream()
            .filter(head -> before == null || !head.oldest().isAfter(before.createdAt()))
            .toList();
    found.addAll(others);
  }

  /** The next so many; fewer only at the end, where there are none. */
  public List<Key> next(int most) {
    var next = new ArrayList<Key>();
    while (next.size() < most) {
      // What is as old as a block that was not read yet has to wait for it.
      var ready =
          !found.isEmpty()
              && (read == unread.size()
                  || found.last().createdAt().isAfter(unread.get(read).newest()));
      if (ready) {
        next.add(Objects.requireNonNull(found.pollLast()));
      } else if (read < unread.size()) {
        readOn();
      } else {
        break;
      }
    }
    return next;
  }

  private void readOn() {
    var until = Math.min(read + blocks, unread.size());
    var members =
        members(unread.subList(read, until).stream().map(IndexStore.Head::block).toList());
    read = until;
    blocks = Math.min(blocks * 4, MOST_BLOCKS);
    if (members.isEmpty()) {
      return;
    }
    var keys = store.keys(members.keySet());
    members.forEach((block, places) -> {
      var of = keys.getOrDefault(block, List.of());
      places.stream()
          .filter(place -> place < of.size())
          .mapToObj(of::get)
          .filter(key -> before == null || key.compareTo(before) < 0)
          .forEach(found::add);
    });
  }

  /** By block, which places have all that is sought; letters first, since they narrow the most. */
  private Map<Long, BitSet> members(List<Long> of) {
    var letters = sought.letters();
    var byLetter = store.postings(letters, of);
    Map<Long, BitSet> members = new HashMap<>(byLetter.getOrDefault(letters.getFirst(), Map.of()));
    for (var letter : letters.subList(1, letters.size())) {
      narrow(members, byLetter.getOrDefault(letter, Map.of()));
    }
    for (var sections : sought.sections()) {
      narrow(members, inAnyOf(sections, members.keySet()));
    }
    if (sought.isDated() && !members.isEmpty()) {
      narrow(
          members,
          store.postingsBetween(sought.firstMonth(), sought.lastMonth(), members.keySet()));
    }
    return members;
  }

  private Map<Long, BitSet> inAnyOf(Set<UUID> sections, Set<Long> of) {
    if (of.isEmpty() || sections.isEmpty()) {
      return Map.of();
    }
    var any = new HashMap<Long, BitSet>();
    for (var blocks : store.postings(sections.stream().map(Terms::section).toList(), of).values()) {
      blocks.forEach((block, places) -> any.computeIfAbsent(block, _ -> new BitSet()).or(places));
    }
    return any;
  }

  private static void narrow(Map<Long, BitSet> members, Map<Long, BitSet> to) {
    members.keySet().retainAll(to.keySet());
    members.forEach((block, places) -> places.and(to.getOrDefault(block, new BitSet())));
    members.values().removeIf(BitSet::isEmpty);
  }
}
