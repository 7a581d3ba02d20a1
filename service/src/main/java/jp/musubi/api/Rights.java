package jp.musubi.api;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Bearer;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import org.jspecify.annotations.Nullable;

/**
 * プログラムの権限. What a program may today: no more than its 責任者 may, no further than its section, and
 * nothing that is the person's alone, such as to approve or to sign. Pure.
 */
final class Rights {
  private Rights() {}

  /**
   * The grants.
   *
   * @param pathOf a section and all above it, today
   */
  static Set<Grant> of(Bearer responsible, Program program, Function<UUID, List<UUID>> pathOf) {
    var grants =
        new HashSet<>(
            within(responsible, Act.SEE_CONTRACT, Role.VIEWER, program.section(), pathOf));
    if (program.handles()) {
      grants.addAll(
          within(responsible, Act.HANDLE_CONTRACT, Role.CLERK, program.section(), pathOf));
    }
    return Set.copyOf(grants);
  }

  /** As far as the act reaches for the person, and within the section. */
  private static Set<Grant> within(
      Bearer person,
      Act act,
      Role role,
      @Nullable UUID section,
      Function<UUID, List<UUID>> pathOf) {
    var reach = Authorisation.reach(person, act);
    var grants = new HashSet<Grant>();
    if (reach.everywhere()) {
      grants.add(new Grant(role, section));
    }
    for (var root : reach.roots()) {
      narrower(root, section, pathOf).ifPresent(place -> grants.add(Grant.within(role, place)));
    }
    return grants;
  }

  /** Of two branches of a tree, the one that lies in the other. */
  private static Optional<UUID> narrower(
      UUID root, @Nullable UUID section, Function<UUID, List<UUID>> pathOf) {
    if (section == null || pathOf.apply(root).contains(section)) {
      return Optional.of(root);
    }
    return pathOf.apply(section).contains(root) ? Optional.of(section) : Optional.empty();
  }
}
