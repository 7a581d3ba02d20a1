package jp.musubi.staff;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Target;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 引継ぎ. What somebody has in hand goes to another, on record. */
@Service
@Transactional
public class Handover {
  private final StaffStore store;
  private final OpenWork work;
  private final Organisations organisations;
  private final AuditTrail audit;

  Handover(StaffStore store, OpenWork work, Organisations organisations, AuditTrail audit) {
    this.store = store;
    this.work = work;
    this.organisations = organisations;
    this.audit = audit;
  }

  /** Gives everything {@code from} has in hand to {@code to}; empty when it is done. */
  public Optional<StaffRefusal> handOver(
      StaffMember giver, UUID from, UUID to, @Nullable String clientIp) {
    var heir = store.lock(to).orElseThrow(() -> new NotFound("staff " + to));
    if (!heir.active() || from.equals(to)) {
      return Optional.of(new StaffRefusal.Ended());
    }
    if (!Authorisation.reach(giver, Act.CHANGE_MEMBER)
        .covers(new Target(organisations.pathOf(heir.sectionId()), java.util.Set.of()))) {
      return Optional.of(new StaffRefusal.SectionOutOfReach());
    }
    var by = giver.actor();
    var count = work.handOver(from, to, null, by, clientIp).size();
    audit.record(
        by,
        "staff.handed-over",
        null,
        clientIp,
        Map.of("from", from.toString(), "to", to.toString(), "count", String.valueOf(count)));
    return Optional.empty();
  }
}
