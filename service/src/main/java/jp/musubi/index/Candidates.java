package jp.musubi.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * 候補. The contracts that may be meant, the newest first and each once: all that are, and some that
 * are not any more. Blocks are read as far as is asked for, within the transaction that made it.
 */
public final class Candidates {
  /** A first page is mostly in the newest; a rare word is looked for in ever more at a time. */
  private static final int FIRST_BLOCKS = 8;

  private static final int MORE = 8;
  private static final int MOST_BLOCKS = 512;

  private final IndexStore store;
  private final Sought sought;
  private final @Nullable Key before;

  /** Blocks of which nothing is known yet, and blocks whose places are: the newest first. */
  private final Deque<IndexStore.Head> unread;

  private final Deque<Narrowed> narrowed = new ArrayDeque<>();
  private final TreeSet<Key> found = new TreeSet<>();
  private int blocks = FIRST_BLOCKS;

  /** A block, and which of its contracts have all terms. */
  private record Narrowed(IndexStore.Head head, BitSet places) {}

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
            .collect(Collectors.toCollection(ArrayDeque::new));
    found.addAll(others);
  }

  /** The next so many; fewer only at the end, where there are none. */
  public List<Key> next(int most) {
    var next = new ArrayList<Key>();
    while (next.size() < most) {
      if (!found.isEmpty() && isReady(found.last())) {
        next.add(Objects.requireNonNull(found.pollLast()));
      } else if (!narrowed.isEmpty()) {
        name(most - next.size());
      } else if (!unread.isEmpty()) {
        narrowOn();
      } else {
        break;
      }
    }
    return next;
  }

  /** What is as old as a block whose contracts are not known yet has to wait for it. */
  private boolean isReady(Key key) {
    return Stream.of(narrowed.stream().limit(1).map(Narrowed::head), unread.stream().limit(1))
        .flatMap(heads -> heads)
        .allMatch(head -> key.createdAt().isAfter(head.newest()));
  }

  /** Reads which contracts they are, of as many blocks as have so many. */
  private void name(int most) {
    var wanted = new HashMap<Long, BitSet>();
    for (var many = 0; many < most && !narrowed.isEmpty(); ) {
      var next = narrowed.removeFirst();
      wanted.put(next.head().block(), next.places());
      many += next.places().cardinality();
    }
    store.keys(wanted).stream()
        .filter(key -> before == null || key.compareTo(before) < 0)
        .forEach(found::add);
  }

  private void narrowOn() {
    var heads = new ArrayList<IndexStore.Head>();
    while (heads.size() < blocks && !unread.isEmpty()) {
      heads.add(unread.removeFirst());
    }
    blocks = Math.min(blocks * MORE, MOST_BLOCKS);
    var members = members(heads.stream().map(IndexStore.Head::block).toList());
    for (var head : heads) {
      var places = members.get(head.block());
      if (places != null) {
        narrowed.add(new Narrowed(head, places));
      }
    }
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
