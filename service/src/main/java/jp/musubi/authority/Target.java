package jp.musubi.authority;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * 対象. Where something lies within the body, and whom it names.
 *
 * @param path its section and all above it, today
 * @param named staff whose own it is, wherever it lies: the office holder of a contract, its
 *     approvers
 * @param drawn auditors whose open samples hold it
 */
public record Target(List<UUID> path, Set<UUID> named, Set<UUID> drawn) {
  /** Nowhere in particular. */
  public static final Target NOWHERE = new Target(List.of(), Set.of());

  /** Keeps its own copies. */
  public Target {
    path = List.copyOf(path);
    named = Set.copyOf(named);
    drawn = Set.copyOf(drawn);
  }

  /** Something that no sample holds. */
  public Target(List<UUID> path, Set<UUID> named) {
    this(path, named, Set.of());
  }
}
