package jp.musubi.approval;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The steps of an approval: lock, decide, store, record, write letters, in one transaction. */
@Service
@Transactional
class Approvals {
  private final ApprovalStore store;
  private final ApprovalReading reading;
  private final Contracts contracts;
  private final People people;
  private final Organisations organisations;
  private final ApprovalLetters letters;
  private final ApprovalRecord record;
  private final Idempotency idempotency;
  private final Clock clock;

  Approvals(
      ApprovalStore store,
      ApprovalReading reading,
      Contracts contracts,
      People people,
      Organisations organisations,
      ApprovalLetters letters,
      ApprovalRecord record,
      Idempotency idempotency,
      Clock clock) {
    this.store = store;
    this.reading = reading;
    this.contracts = contracts;
    this.people = people;
    this.organisations = organisations;
    this.letters = letters;
    this.record = record;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  /** 承認する, once for each form; why not, if it was not taken. */
  Optional<Objection> approve(
      ContractId contract, UUID approval, String key, StaffMember who, String clientIp) {
    return once(
        key,
        "approve %s %s".formatted(approval, who.id()),
        () -> {
          ofContract(contract, approval);
          return approve(approval, who, clientIp);
        });
  }

  /**
   * 一括承認: each for itself, once for each form. What could not be approved stays as it was, with its
   * reason.
   */
  Map<UUID, Optional<Objection>> approveAll(
      List<UUID> approvals, String key, StaffMember who, String clientIp) {
    var inOrder = new TreeSet<>(approvals);
    var answer =
        idempotency.once(
            key,
            "approve all %s %s".formatted(inOrder, who.id()),
            () -> {
              lockAll(inOrder, who);
              return inOrder.stream()
                  .map(id -> id + "=" + code(approve(id, who, clientIp)))
                  .collect(Collectors.joining(" "));
            });
    var answers = new LinkedHashMap<UUID, Optional<Objection>>();
    for (var each : answer.split(" ", -1)) {
      var at = each.indexOf('=');
      answers.put(UUID.fromString(each.substring(0, at)), objection(each.substring(at + 1)));
    }
    return answers;
  }

  /**
   * In one order for everybody, and all before the first entry of the record, whose end everybody
   * waits for: so that nobody waits in a circle.
   */
  private void lockAll(SortedSet<UUID> approvals, StaffMember who) {
    var today = organisations.today();
    for (var id : approvals) {
      store.lock(id);
      if (!reading.concerns(id, who.id(), today)) {
        throw new NotFound("approval " + id + " for " + who.id());
      }
    }
  }

  /** 差戻し. */
  Optional<Objection> sendBack(
      ContractId contract,
      UUID approval,
      String key,
      String comment,
      StaffMember who,
      String clientIp) {
    return once(
        key,
        "return %s %s %s".formatted(approval, who.id(), comment),
        () -> {
          ofContract(contract, approval);
          return step(
              approval,
              who,
              clientIp,
              (waiting, house) -> waiting.sendBack(who.id(), comment, house, clock.instant()));
        });
  }

  /** 引戻し, by whoever handles the contract. */
  Optional<Objection> recall(
      ContractId contract, UUID approval, String key, StaffMember clerk, String clientIp) {
    return once(
        key,
        "recall %s".formatted(approval),
        () -> {
          ofContract(contract, approval);
          return step(
              approval,
              clerk,
              clientIp,
              (waiting, _) -> waiting.recall(clerk.id(), clock.instant()));
        });
  }

  /** The newest about a contract. */
  @Transactional(readOnly = true)
  Optional<ApprovalStore.Stored> latest(ContractId contract) {
    return reading.latest(contract);
  }

  private void ofContract(ContractId contract, UUID approval) {
    if (!store.lock(approval).contract().equals(contract)) {
      throw new NotFound("approval " + approval + " of contract " + contract);
    }
  }

  private Optional<Objection> approve(UUID approval, StaffMember who, String clientIp) {
    return step(
        approval,
        who,
        clientIp,
        (waiting, house) -> waiting.approve(who.id(), house, clock.instant()));
  }

  private Optional<Objection> step(
      UUID id,
      StaffMember who,
      String clientIp,
      BiFunction<Approval.UnderWay, Approval.House, Outcome> decide) {
    var stored = store.lock(id);
    if (!(stored.value() instanceof Approval.UnderWay waiting)) {
      return Optional.of(Objection.NOT_UNDER_WAY);
    }
    var contract = contracts.get(stored.contract());
    var house = people.house(waiting, contract);
    var outcome = decide.apply(waiting, house);
    return switch (outcome) {
      case Outcome.Refused(var why) -> Optional.of(why);
      case Outcome.Taken taken -> {
        if (!(taken.next() instanceof Approval.Recalled)
            && !waiting.asked().subject().equals(Contents.of(contract))) {
          yield Optional.of(Objection.CHANGED);
        }
        store.write(taken);
        record.taken(stored.contract(), taken, who, clientIp);
        tell(contract, waiting, taken, house);
        yield Optional.empty();
      }
    };
  }

  private void tell(
      Particulars contract, Approval.UnderWay before, Outcome.Taken taken, Approval.House house) {
    switch (taken.next()) {
      case Approval.UnderWay next -> {
        if (next.current() > before.current()) {
          letters.stepCame(contract, next, house);
        }
      }
      case Approval.Approved next -> letters.settled(contract, next, "given", "");
      case Approval.Returned next -> letters.settled(contract, next, "returned", next.comment());
      case Approval.Recalled _, Approval.Rerouted _ -> {}
    }
  }

  private Optional<Objection> once(
      String key, String request, java.util.function.Supplier<Optional<Objection>> effect) {
    return objection(idempotency.once(key, request, () -> code(effect.get())));
  }

  private static final String DONE = "DONE";

  private static String code(Optional<Objection> objection) {
    return objection.map(Objection::name).orElse(DONE);
  }

  private static Optional<Objection> objection(String code) {
    return code.equals(DONE) ? Optional.empty() : Optional.of(Objection.valueOf(code));
  }
}
