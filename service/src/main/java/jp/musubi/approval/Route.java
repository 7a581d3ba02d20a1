package jp.musubi.approval;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.contract.ContractKind;

/** 承認経路. Which posts approve what, in order. */
record Route(UUID id, String name, Condition condition, List<Step> steps) {

  /** Keeps its own copy. */
  Route {
    steps = List.copyOf(steps);
  }

  /**
   * What a route is for.
   *
   * @param section with all below it; empty for the whole body
   * @param kind empty for all
   * @param least in yen, included
   * @param most in yen, included
   */
  record Condition(
      Optional<UUID> section, Optional<ContractKind> kind, OptionalLong least, OptionalLong most) {

    boolean isBounded() {
      return least.isPresent() || most.isPresent();
    }

    /** Whether a contract falls under it; one without an amount only where none is asked for. */
    boolean covers(List<UUID> path, ContractKind of, OptionalLong amount) {
      return section.map(path::contains).orElse(true)
          && kind.map(of::equals).orElse(true)
          && (!isBounded()
              || (amount.isPresent()
                  && amount.getAsLong() >= least.orElse(0)
                  && amount.getAsLong() <= most.orElse(Long.MAX_VALUE)));
    }

    /** Whether some contract would fall under both, and neither were the more specific. */
    boolean clashes(Condition other) {
      return section.equals(other.section)
          && kind.equals(other.kind)
          && isBounded() == other.isBounded()
          && least.orElse(0) <= other.most.orElse(Long.MAX_VALUE)
          && other.least.orElse(0) <= most.orElse(Long.MAX_VALUE);
    }
  }

  /**
   * The route a contract takes: of the nearest section, then for its kind, then with an amount.
   *
   * @param path the contract's section and all above it, the nearest first
   */
  static Optional<Route> choose(
      List<Route> routes, List<UUID> path, ContractKind kind, OptionalLong amount) {
    return routes.stream()
        .filter(route -> route.condition.covers(path, kind, amount))
        .min(
            Comparator.comparingInt((Route route) ->
                    route.condition.section().map(path::indexOf).orElse(Integer.MAX_VALUE))
                .thenComparing(route -> route.condition.kind().isEmpty())
                .thenComparing(route -> !route.condition.isBounded()));
  }
}
