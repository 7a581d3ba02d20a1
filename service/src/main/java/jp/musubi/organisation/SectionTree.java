package jp.musubi.organisation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** 所属の木. The sections of a body as they hang together on one day; pure. */
public final class SectionTree {
  private final Map<UUID, SectionTerm> terms = new HashMap<>();

  private SectionTree() {}

  /** The tree of a day. */
  public static SectionTree on(LocalDate day, Collection<SectionTerm> all) {
    var tree = new SectionTree();
    all.stream().filter(term -> term.holdsOn(day)).forEach(t -> tree.terms.put(t.section(), t));
    return tree;
  }

  /** A section that is open on that day. */
  public Optional<SectionTerm> find(UUID section) {
    return Optional.ofNullable(terms.get(section));
  }

  /** The sections directly below, by name; below null are those at the top. */
  public List<SectionTerm> below(@org.jspecify.annotations.Nullable UUID parent) {
    return terms.values().stream()
        .filter(term -> java.util.Objects.equals(term.parent(), parent))
        .sorted(Comparator.comparing(SectionTerm::name))
        .toList();
  }

  /** The name from the top: 建設部 道路課. */
  public String fullName(UUID section) {
    var names = new ArrayList<String>();
    for (var id : path(section)) {
      find(id).ifPresent(term -> names.addFirst(term.name()));
    }
    return String.join(" ", names);
  }

  /** A section and all above it, the nearest first. Ends where it would go round in a circle. */
  public List<UUID> path(UUID section) {
    var path = new ArrayList<UUID>();
    var seen = new HashSet<UUID>();
    var next = Optional.of(section);
    while (next.isPresent() && seen.add(next.get())) {
      path.add(next.get());
      next = find(next.get()).flatMap(term -> Optional.ofNullable(term.parent()));
    }
    return path;
  }

  /** All open sections, each below the one it hangs under, with how deep it hangs. */
  public List<Placed> inOrder() {
    var order = new ArrayList<Placed>();
    place(null, 0, order);
    return order;
  }

  /** A section and its depth, 0 at the top. */
  public record Placed(SectionTerm term, int depth) {}

  private void place(
      @org.jspecify.annotations.Nullable UUID parent, int depth, List<Placed> order) {
    for (var term : below(parent)) {
      order.add(new Placed(term, depth));
      place(term.section(), depth + 1, order);
    }
  }
}
