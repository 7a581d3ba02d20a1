package jp.musubi.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.platform.AddressRange;

/**
 * 接続元の決まり. From where one may come, and what is tried for a while instead.
 *
 * @param standing the ranges; empty for from anywhere
 * @param trial what is in force until its end
 */
public record AddressPolicy(List<AddressRange> standing, Optional<Trial> trial) {
  /** From anywhere. */
  static final AddressPolicy OPEN = new AddressPolicy(List.of(), Optional.empty());

  /**
   * Ranges that are tried.
   *
   * @param until exclusively; from then on the standing ones are in force again
   */
  public record Trial(List<AddressRange> ranges, Instant until) {
    /** Keeps its own copy. */
    public Trial {
      ranges = List.copyOf(ranges);
    }
  }

  /** Keeps its own copy. */
  public AddressPolicy {
    standing = List.copyOf(standing);
  }

  /** What is tried now, if anything is. */
  public Optional<Trial> trialAt(Instant now) {
    return trial.filter(tried -> now.isBefore(tried.until()));
  }

  /** The ranges in force. */
  public List<AddressRange> inForce(Instant now) {
    return trialAt(now).map(Trial::ranges).orElse(standing);
  }

  /**
   * Whether somebody may come from there; from an address that cannot be read, only if anyone may.
   */
  public boolean admits(String address, Instant now) {
    return within(inForce(now), address);
  }

  /** Whether whoever is at {@code present} shuts themselves out by these ranges. */
  static boolean shutsOut(List<AddressRange> ranges, String present) {
    return !within(ranges, present);
  }

  private static boolean within(List<AddressRange> ranges, String address) {
    return ranges.isEmpty()
        || AddressRange.literal(address)
            .filter(read -> ranges.stream().anyMatch(range -> range.contains(read)))
            .isPresent();
  }
}
