package jp.musubi.audit;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Role;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 抽出, step by step: lock, decide, store, record, in one transaction. Whose a sample is, or that it
 * exists, is told to its auditor and to administrators only.
 */
@Service
@Transactional
class Samples {
  private static final int MOST = 200;

  private final SampleStore store;
  private final DrawnLetters letters;
  private final AuditTrail audit;
  private final Clock clock;

  Samples(SampleStore store, DrawnLetters letters, AuditTrail audit, Clock clock) {
    this.store = store;
    this.letters = letters;
    this.audit = audit;
    this.clock = clock;
  }

  /** Those the reader may know of, newest first. */
  @Transactional(readOnly = true)
  List<Sample> of(StaffMember reader) {
    return store.all(reader.may(Role.BODY_ADMIN) ? null : reader.id(), reader.id(), MOST);
  }

  /**
   * One of them.
   *
   * @throws NotFound if the reader may know of no such one
   */
  @Transactional(readOnly = true)
  Sample get(UUID id, StaffMember reader) {
    return known(store.find(id), reader).orElseThrow(() -> new NotFound("sample " + id));
  }

  /** 親展 is kept from an administrator here, too: one whom it names lets the auditor in. */
  private Optional<Sample> known(Optional<Sample> found, StaffMember reader) {
    return found.filter(sample ->
        sample.auditor().equals(reader.id())
            || (reader.may(Role.BODY_ADMIN) && !store.keeps(sample.id(), reader.id())));
  }

  /**
   * Stores what was drawn and tells the administrators; nothing is open yet. A repeated click
   * changes nothing.
   */
  void draw(SampleStore.New drawn, StaffMember auditor, String clientIp) {
    if (store.insert(drawn, clock.instant())) {
      var details = new TreeMap<String, String>();
      details.put("conditions", drawn.conditions());
      details.put("candidates", String.valueOf(drawn.candidates()));
      details.put("contracts", String.valueOf(drawn.contracts().size()));
      details.put("purpose", drawn.purpose());
      details.put("set", digest(drawn.contracts()));
      if (drawn.seed() != null) {
        details.put("seed", drawn.seed());
      }
      record(auditor, "audit.sample-drawn", drawn.id(), clientIp, details);
      letters.drawn(drawn, auditor);
    }
  }

  /** Lets the auditor look into what was drawn; empty when it is done. */
  Optional<Sample.Refusal> open(
      UUID id, Instant from, Instant until, StaffMember admin, String clientIp) {
    var now = clock.instant();
    var refusal = locked(id, admin).refusesOpening(admin.id(), from, until, now);
    if (refusal.isEmpty()) {
      store.open(id, admin.id(), from, until, now);
      record(
          admin,
          "audit.sample-opened",
          id,
          clientIp,
          Map.of("from", from.toString(), "until", until.toString()));
    }
    return refusal;
  }

  /** Declines or ends it, with effect from the next request on; empty when it is done. */
  Optional<Sample.Refusal> end(UUID id, StaffMember admin, String clientIp) {
    var now = clock.instant();
    var sample = locked(id, admin);
    var refusal = sample.refusesEnd(now);
    if (refusal.isEmpty()) {
      store.end(id, admin.id(), now);
      record(
          admin,
          sample.opening() == null ? "audit.sample-declined" : "audit.sample-ended",
          id,
          clientIp,
          Map.of());
    }
    return refusal;
  }

  private Sample locked(UUID id, StaffMember admin) {
    return known(store.lock(id), admin).orElseThrow(() -> new NotFound("sample " + id));
  }

  /** So that the chain fixes which contracts they were, however many. */
  private static String digest(List<UUID> contracts) {
    return Sha256.of(
            contracts.stream()
                .map(UUID::toString)
                .sorted()
                .collect(Collectors.joining("\n"))
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .hex();
  }

  private void record(
      StaffMember by, String action, UUID sample, String clientIp, Map<String, String> details) {
    var all = new TreeMap<>(details);
    all.put("sample", sample.toString());
    audit.record(by.actor(), action, null, clientIp, all);
  }
}
