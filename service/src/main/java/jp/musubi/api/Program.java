package jp.musubi.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.AddressRange;
import org.jspecify.annotations.Nullable;

/**
 * 連携プログラム. Another system of the body, which works in the name of one member of staff.
 *
 * @param responsible 責任者: whose rights bound it, day by day, and to whom its contracts belong
 * @param section this and all below it; null for as far as the person's own rights reach
 * @param handles whether it makes, sends and withdraws; else it only reads
 * @param ranges from where it may come; empty for from wherever the body lets programs in
 * @param expiresAt exclusively
 */
record Program(
    UUID id,
    String name,
    UUID responsible,
    @Nullable UUID section,
    boolean handles,
    List<AddressRange> ranges,
    Optional<Instant> expiresAt,
    Instant createdAt,
    Optional<Instant> endedAt,
    Optional<Instant> lastUsedAt,
    Optional<String> lastUsedFrom) {

  /** Keeps its own copy. */
  Program {
    ranges = List.copyOf(ranges);
  }

  /** How it stands. */
  enum Standing {
    /** 使用中. */
    ACTIVE,
    /** 期限切れ. */
    EXPIRED,
    /** 止めた. */
    ENDED
  }

  Standing at(Instant now) {
    return endedAt.isPresent()
        ? Standing.ENDED
        : expiresAt.filter(end -> !now.isBefore(end)).isPresent()
            ? Standing.EXPIRED
            : Standing.ACTIVE;
  }

  /** Whether it may come from there. */
  boolean admits(String address) {
    return ranges.isEmpty()
        || AddressRange.literal(address)
            .filter(read -> ranges.stream().anyMatch(range -> range.contains(read)))
            .isPresent();
  }

  /** As the record names it. */
  Actor actor() {
    return new Actor(Actor.Kind.PROGRAM, id.toString(), name);
  }
}
