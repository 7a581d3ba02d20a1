package jp.musubi.index;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.UUID;

/**
 * A contract and its place in the order of lists: by age, and by id as PostgreSQL compares it.
 *
 * @param createdAt to the microsecond, as it is stored
 */
public record Key(Instant createdAt, UUID id) implements Comparable<Key> {
  private static final Comparator<Key> OLDEST_FIRST =
      Comparator.comparing(Key::createdAt)
          // Without a sign, which UUID.compareTo would read.
          .thenComparing(key -> key.id.getMostSignificantBits(), Long::compareUnsigned)
          .thenComparing(key -> key.id.getLeastSignificantBits(), Long::compareUnsigned);

  long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, createdAt);
  }

  static Key of(long micros, UUID id) {
    return new Key(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), id);
  }

  @Override
  public int compareTo(Key other) {
    return OLDEST_FIRST.compare(this, other);
  }
}
