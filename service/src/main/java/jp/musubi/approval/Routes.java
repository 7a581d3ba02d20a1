package jp.musubi.approval;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 承認経路. What a change means for an approval that waits: nothing, it keeps the steps it began with.
 */
@Service
@Transactional
class Routes {
  private final RouteStore store;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final Clock clock;

  Routes(RouteStore store, Organisations organisations, AuditTrail audit, Clock clock) {
    this.store = store;
    this.organisations = organisations;
    this.audit = audit;
    this.clock = clock;
  }

  /** Those that hold, by name. */
  @Transactional(readOnly = true)
  List<Route> inForce() {
    return store.inForce();
  }

  /** One that holds. */
  @Transactional(readOnly = true)
  Route get(UUID id) {
    return store.inForce().stream()
        .filter(route -> route.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotFound("route " + id));
  }

  /** What a route is or was called. */
  @Transactional(readOnly = true)
  String nameOf(UUID id) {
    return store.find(id).map(Route::name).orElseThrow(() -> new NotFound("route " + id));
  }

  /** The route that a contract takes. */
  @Transactional(readOnly = true)
  Optional<Route> chosenFor(Particulars contract) {
    return chosenFor(contract.sectionId(), contract.kind(), contract.amount());
  }

  /** The route that a contract of a section would take. */
  @Transactional(readOnly = true)
  Optional<Route> chosenFor(UUID section, ContractKind kind, OptionalLong amount) {
    var routes = store.inForce();
    return routes.isEmpty()
        ? Optional.empty()
        : Route.choose(routes, organisations.pathOf(section), kind, amount);
  }

  /** Puts a route in force; the one with which it clashes, if it cannot be. */
  Optional<Route> make(Route route, Actor by, @Nullable String clientIp) {
    store.lockAll();
    var clash = clashOf(route, store.inForce());
    if (clash.isEmpty()) {
      store.insert(route, clock.instant());
      record("settings.approval-route-made", route, by, clientIp);
    }
    return clash;
  }

  /** Puts {@code route} in the place of another. */
  Optional<Route> change(UUID before, Route route, Actor by, @Nullable String clientIp) {
    store.lockAll();
    get(before);
    var others = store.inForce().stream().filter(other -> !other.id().equals(before)).toList();
    var clash = clashOf(route, others);
    if (clash.isEmpty()) {
      store.end(before, clock.instant());
      store.insert(route, clock.instant());
      record("settings.approval-route-changed", route, by, clientIp);
    }
    return clash;
  }

  /** From now on no contract takes it. */
  void end(UUID id, Actor by, @Nullable String clientIp) {
    store.lockAll();
    var route = get(id);
    store.end(id, clock.instant());
    record("settings.approval-route-ended", route, by, clientIp);
  }

  private static Optional<Route> clashOf(Route route, List<Route> others) {
    return others.stream()
        .filter(other -> other.condition().clashes(route.condition()))
        .findFirst();
  }

  private void record(String action, Route route, Actor by, @Nullable String clientIp) {
    var condition = route.condition();
    audit.record(
        by,
        action,
        null,
        clientIp,
        Map.of(
            "route", route.id().toString(),
            "name", route.name(),
            "section", condition.section().map(UUID::toString).orElse(""),
            "kind", condition.kind().map(ContractKind::name).orElse(""),
            "amount", text(condition.least()) + "〜" + text(condition.most()),
            "steps",
                route.steps().stream()
                    .map(step ->
                        (step.all() ? "ALL " : "ANY ")
                            + step.posts().stream()
                                .map(UUID::toString)
                                .collect(Collectors.joining(" ")))
                    .collect(Collectors.joining(", "))));
  }

  private static String text(OptionalLong sum) {
    return sum.isPresent() ? String.valueOf(sum.getAsLong()) : "";
  }
}
