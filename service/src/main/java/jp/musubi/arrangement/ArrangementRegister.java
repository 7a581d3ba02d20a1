package jp.musubi.arrangement;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.contract.Arrangement;
import jp.musubi.contract.Arrangements;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractKind;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 当事者の並びを登録する. A change puts another in the place of the one before, so that what was chosen for a
 * contract is known as it was.
 */
@Service
@Transactional
class ArrangementRegister implements Arrangements {
  /** Most that a body keeps: a list of more is no help to anybody. */
  static final int MOST = 100;

  private final ArrangementStore store;
  private final AuditTrail audit;
  private final Clock clock;

  ArrangementRegister(ArrangementStore store, AuditTrail audit, Clock clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /** What became of one that was to be kept. */
  enum Kept {
    /** It is offered from now on. */
    KEPT,
    /** Another has that name. */
    SAME_NAME,
    /** There are as many as there may be. */
    FULL
  }

  @Override
  @Transactional(readOnly = true)
  public List<Arrangement> offered(ContractKind kind) {
    return inOrder(store.inForce(), kind);
  }

  /** For this kind first, then for all, then for others; by name among themselves. */
  static List<Arrangement> inOrder(List<Arrangement> all, ContractKind kind) {
    return all.stream()
        .sorted(
            Comparator.comparingInt(
                    (Arrangement each) -> each.kind().map(own -> own == kind ? 0 : 2).orElse(1))
                .thenComparing(Arrangement::name))
        .toList();
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<Arrangement> chosenFor(ContractId contract) {
    return store.chosenFor(contract);
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void choose(
      ContractId draft, Optional<UUID> arrangement, StaffMember clerk, String clientIp) {
    var before = store.chosenFor(draft);
    if (before.map(Arrangement::id).equals(arrangement)) {
      return;
    }
    if (arrangement.isEmpty()) {
      store.chooseNone(draft);
    } else {
      store.choose(draft, arrangement.get(), clock.instant());
    }
    audit.record(
        clerk.actor(),
        "contract.arranged",
        draft.value(),
        clientIp,
        Map.of("arrangement", store.chosenFor(draft).map(Arrangement::name).orElse("")));
  }

  /** Those that hold, by name. */
  @Transactional(readOnly = true)
  List<Arrangement> inForce() {
    return store.inForce();
  }

  /** One that holds. */
  @Transactional(readOnly = true)
  Arrangement get(UUID id) {
    return store.inForce().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotFound("arrangement " + id));
  }

  /** Offers it from now on. */
  Kept make(Arrangement arrangement, Actor by, String clientIp) {
    store.lockAll();
    var others = store.inForce();
    if (others.size() >= MOST) {
      return Kept.FULL;
    }
    return keep(arrangement, others, "settings.arrangement-made", by, clientIp);
  }

  /** Puts it in the place of another. */
  Kept change(UUID before, Arrangement arrangement, Actor by, String clientIp) {
    store.lockAll();
    get(before);
    var others = store.inForce().stream().filter(each -> !each.id().equals(before)).toList();
    if (others.stream().noneMatch(each -> each.name().equals(arrangement.name()))) {
      store.end(before, clock.instant());
    }
    return keep(arrangement, others, "settings.arrangement-changed", by, clientIp);
  }

  /** Offers it no more. */
  void end(UUID id, Actor by, String clientIp) {
    store.lockAll();
    var arrangement = get(id);
    store.end(id, clock.instant());
    record("settings.arrangement-ended", arrangement, by, clientIp);
  }

  private Kept keep(
      Arrangement arrangement, List<Arrangement> others, String action, Actor by, String clientIp) {
    if (others.stream().anyMatch(each -> each.name().equals(arrangement.name()))) {
      return Kept.SAME_NAME;
    }
    store.insert(arrangement, clock.instant());
    record(action, arrangement, by, clientIp);
    return Kept.KEPT;
  }

  private void record(String action, Arrangement arrangement, Actor by, String clientIp) {
    audit.record(
        by,
        action,
        null,
        clientIp,
        Map.of(
            "arrangement", arrangement.name(),
            "kind", arrangement.kind().map(ContractKind::name).orElse(""),
            "slots",
                arrangement.slots().stream()
                    .map(slot -> slot.place() + " " + slot.capacity() + " " + slot.label())
                    .map(String::strip)
                    .collect(Collectors.joining(", ")),
            "recipients", String.join("、", arrangement.recipients())));
  }
}
