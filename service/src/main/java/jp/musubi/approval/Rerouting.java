package jp.musubi.approval;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Drafts;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 経路の変更 of what waits (W-05). The approval ends and another begins about the same subject, in one
 * transaction, so that the draft is at no moment free.
 */
@Service
@Transactional
class Rerouting {
  private final ApprovalStore store;
  private final Contracts contracts;
  private final Drafts drafts;
  private final Routes routes;
  private final People people;
  private final ApprovalLetters letters;
  private final ApprovalRecord record;
  private final Clock clock;

  Rerouting(
      ApprovalStore store,
      Contracts contracts,
      Drafts drafts,
      Routes routes,
      People people,
      ApprovalLetters letters,
      ApprovalRecord record,
      Clock clock) {
    this.store = store;
    this.contracts = contracts;
    this.drafts = drafts;
    this.routes = routes;
    this.people = people;
    this.letters = letters;
    this.record = record;
    this.clock = clock;
  }

  /** Leads what waits along another route that is in force; why not, if it was not done. */
  Optional<Objection> reroute(
      ContractId id, UUID approval, UUID route, String reason, StaffMember admin, String clientIp) {
    var stored = store.lock(approval);
    if (!stored.contract().equals(id)) {
      throw new NotFound("approval " + approval + " of contract " + id);
    }
    if (!(stored.value() instanceof Approval.UnderWay waiting)) {
      return Optional.of(Objection.NOT_UNDER_WAY);
    }
    var contract = contracts.get(id);
    var now = clock.instant();
    return switch (waiting.reroute(admin.id(), reason, people.house(waiting, contract), now)) {
      case Outcome.Refused(var why) -> Optional.of(why);
      case Outcome.Taken taken -> {
        store.write(taken);
        record.taken(id, taken, admin, clientIp);
        var chosen = routes.get(route);
        var anew = waiting.asked().along(UUID.randomUUID(), chosen.steps());
        var digests = new ApprovalStore.Digests(drafts.original(id), contract.document());
        store.insert(anew, id, chosen.id(), digests, now);
        record.askedAlong(id, anew, chosen.name(), admin, clientIp);
        var next = new Approval.UnderWay(anew, List.of());
        letters.stepCame(contract, next, people.house(next, contract));
        yield Optional.empty();
      }
    };
  }
}
