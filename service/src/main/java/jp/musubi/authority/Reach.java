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
 * @param opened also what lies in a folder that is opened to these sections or to any below them
 */
public record Reach(
    UUID person,
    boolean everywhere,
    Set<UUID> roots,
    boolean named,
    boolean drawn,
    boolean opened) {

  /** Keeps its own copy. */
  public Reach {
    roots = Set.copyOf(roots);
  }

  /** A reach that folders add nothing to. */
  public Reach(UUID person, boolean everywhere, Set<UUID> roots, boolean named, boolean drawn) {
    this(person, everywhere, roots, named, drawn, false);
  }

  /** Whether it reaches the target. */
  public boolean covers(Target target) {
    return (reaches(target) && target.readers().map(some -> some.contains(person)).orElse(true))
        || (named && target.named().contains(person))
        || (drawn && target.drawn().contains(person));
  }

  private boolean reaches(Target target) {
    return everywhere
        || target.path().stream().anyMatch(roots::contains)
        || (opened && target.opened().stream().anyMatch(roots::contains));
  }

  /** The roots as PostgreSQL takes an array. */
  public UUID[] rootArray() {
    return roots.toArray(UUID[]::new);
  }
}
