package jp.musubi.renewal;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import jp.musubi.contract.ContractId;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Idempotency;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 今すぐ延長する: what somebody asked for, on record with its name, and queued in the same step. */
@Service("renewalAsking")
@Transactional
class Asking {
  private final Work work;
  private final RenewalJob.Queue queue;
  private final Idempotency idempotency;
  private final AuditTrail audit;
  private final Clock clock;

  Asking(
      Work work, RenewalJob.Queue queue, Idempotency idempotency, AuditTrail audit, Clock clock) {
    this.work = work;
    this.queue = queue;
    this.idempotency = idempotency;
    this.audit = audit;
    this.clock = clock;
  }

  /** Asks for these, once for each form. */
  void ask(Collection<ContractId> contracts, String key, StaffMember asker, String clientIp) {
    idempotency.once(
        key,
        "renew " + List.copyOf(contracts),
        () -> {
          for (var contract : contracts) {
            work.ask(contract, asker.name(), clock.instant());
            queue.renew(contract);
            audit.record(
                new Actor(Actor.Kind.STAFF, asker.id().toString(), asker.name()),
                "protection.asked",
                contract.value(),
                clientIp,
                Map.of());
          }
          return RenewalController.PATH;
        });
  }
}
