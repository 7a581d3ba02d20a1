package jp.musubi.authority;

import java.util.Set;
import java.util.UUID;

/**
 * 及ぶ範囲. How far an act of a person reaches: the same value decides about one thing and filters a
 * list in SQL, so that the two cannot differ.
 *
 * @param everywhere the whole body
 * @param roots these sections and all below them
 * @param named also what names the person, wherever it lies
 * @param drawn also what the person's open samples hold (抽出), wherever it lies
 */
public record Reach(
    UUID person, boolean everywhere, Set<UUID> roots, boolean named, boolean drawn) {

  /** Keeps its own copy. */
  public Reach {
    roots = Set.copyOf(roots);
  }

  /** Whether it reaches the target. */
  public boolean covers(Target target) {
    return everywhere
        || target.path().stream().anyMatch(roots::contains)
        || (named && target.named().contains(person))
        || (drawn && target.drawn().contains(person));
  }

  /** The roots as PostgreSQL takes an array. */
  public UUID[] rootArray() {
    return roots.toArray(UUID[]::new);
  }
}
