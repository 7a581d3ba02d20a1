package jp.musubi.authority;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * 対象. Where something lies within the body, and whom it names.
 *
 * @param path its section and all above it, today
 * @param named staff whose own it is, wherever it lies: the office holder of a contract, its
 *     approvers
 * @param drawn auditors whose open samples hold it
 * @param opened the sections its folder is opened to, each with all above it
 * @param readers the only ones who may see it by their section (親展); empty where nothing is kept
 *     from anybody
 */
public record Target(
    List<UUID> path,
    Set<UUID> named,
    Set<UUID> drawn,
    Set<UUID> opened,
    Optional<Set<UUID>> readers) {
  /** Nowhere in particular. */
  public static final Target NOWHERE = new Target(List.of(), Set.of());

  /** Keeps its own copies. */
  public Target {
    path = List.copyOf(path);
    named = Set.copyOf(named);
    drawn = Set.copyOf(drawn);
    opened = Set.copyOf(opened);
    readers = readers.map(Set::copyOf);
  }

  /** Something that lies in no folder. */
  public Target(List<UUID> path, Set<UUID> named, Set<UUID> drawn) {
    this(path, named, drawn, Set.of(), Optional.empty());
  }

  /** Something that no sample holds. */
  public Target(List<UUID> path, Set<UUID> named) {
    this(path, named, Set.of());
  }
}
