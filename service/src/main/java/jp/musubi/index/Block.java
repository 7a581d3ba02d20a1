package jp.musubi.index;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is written of contracts that are close in age.
 *
 * @param keys of its contracts, the oldest first: the place of a contract is its index here
 * @param postings by term, which places have it
 */
record Block(List<Key> keys, SortedMap<String, BitSet> postings) {
  private static final int PLACE = Long.BYTES * 3;

  /** A contract as it is packed. */
  record Entry(Key key, String folded, UUID section, @Nullable LocalDate contractDate) {}

  /**
   * Packs contracts.
   *
   * @param entries at most {@link Members#PLACES}, the oldest first
   */
  static Block of(List<Entry> entries) {
    Map<String, BitSet> postings = new HashMap<>();
    for (var place = 0; place < entries.size(); place++) {
      var entry = entries.get(place);
      for (var term : Terms.of(entry.folded(), entry.section(), entry.contractDate())) {
        postings.computeIfAbsent(term, _ -> new BitSet()).set(place);
      }
    }
    return new Block(entries.stream().map(Entry::key).toList(), new TreeMap<>(postings));
  }

  byte[] places() {
    var bytes = ByteBuffer.allocate(keys.size() * PLACE);
    for (var key : keys) {
      bytes
          .putLong(key.micros())
          .putLong(key.id().getMostSignificantBits())
          .putLong(key.id().getLeastSignificantBits());
    }
    return bytes.array();
  }

  /** The keys in what {@link #places} wrote. */
  static List<Key> keys(byte[] places) {
    var keys = new ArrayList<Key>(places.length / PLACE);
    for (var bytes = ByteBuffer.wrap(places); bytes.remaining() >= PLACE; ) {
      keys.add(Key.of(bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong())));
    }
    return keys;
  }
}
