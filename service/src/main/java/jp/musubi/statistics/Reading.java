package jp.musubi.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.organisation.SectionTerm;
import jp.musubi.organisation.SectionTree;
import jp.musubi.register.Waiting;

/**
 * What was read for somebody; pure from here on.
 *
 * @param tree of today
 * @param belongs under which of the rows a section is counted
 */
record Reading(
    Asked asked,
    Reach reach,
    Statistics statistics,
    Map<Waiting.At, Delays.Delay> delays,
    SectionTree tree,
    Map<UUID, UUID> belongs) {

  /** Keeps its own copies. */
  Reading {
    delays = Map.copyOf(delays);
    belongs = Map.copyOf(belongs);
  }

  /**
   * A section with all below it.
   *
   * @param section empty for what lies in none of the others
   * @param further whether sections lie below it
   */
  record Group(Optional<UUID> section, String name, Tally tally, boolean further) {}

  /**
   * The sections right below the one that was asked for, or at the top. One without contracts is
   * named only to who would know of its contracts: to others a nought would be no answer.
   */
  List<Group> groups() {
    var groups = new ArrayList<Group>();
    for (var term : tree.below(asked.section().orElse(null))) {
      var tally = together(term.section());
      if (!isEmpty(tally) || isReached(term.section())) {
        groups.add(
            new Group(
                Optional.of(term.section()),
                term.name(),
                tally,
                !tree.below(term.section()).isEmpty()));
      }
    }
    var rest = new Tally();
    statistics
        .sections()
        .forEach((section, tally) -> {
          if (!belongs.containsKey(section)) {
            rest.add(tally);
          }
        });
    if (!isEmpty(rest)) {
      groups.add(new Group(Optional.empty(), "", rest, false));
    }
    return List.copyOf(groups);
  }

  /** 送信のない所属: nothing was sent from them, nor from any below them. */
  List<String> unused() {
    return tree.inOrder().stream()
        .map(placed -> placed.term().section())
        .filter(section -> asked.section().map(tree.path(section)::contains).orElse(true))
        .filter(this::isReached)
        .filter(section -> !sends(section))
        .map(tree::fullName)
        .toList();
  }

  private boolean sends(UUID section) {
    var sent =
        Optional.ofNullable(statistics.sections().get(section))
            .map(tally -> tally.counts().of(Measure.SENT))
            .orElse(0);
    return sent > 0 || tree.below(section).stream().map(SectionTerm::section).anyMatch(this::sends);
  }

  private Tally together(UUID root) {
    var together = new Tally();
    statistics
        .sections()
        .forEach((section, tally) -> {
          if (root.equals(belongs.get(section))) {
            together.add(tally);
          }
        });
    return together;
  }

  private boolean isReached(UUID section) {
    return reach.everywhere() || tree.path(section).stream().anyMatch(reach.roots()::contains);
  }

  private static boolean isEmpty(Tally tally) {
    return tally.counts().each().isEmpty();
  }
}
