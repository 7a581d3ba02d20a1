package jp.musubi.mandate;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.counterparty.SupplierRegister;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 委任の台帳 of the current body. What is registered is never changed: a correction is a further
 * version, and what is over before its time is ended.
 */
@Service
@Transactional
class MandateRegister {
  private static final String PDF = "application/pdf";

  private final MandateStore store;
  private final ChoiceStore choices;
  private final MandateRules rules;
  private final SupplierRegister suppliers;
  private final Organisations organisations;
  private final Vault vault;
  private final Idempotency idempotency;
  private final AuditTrail audit;
  private final Clock clock;

  MandateRegister(
      MandateStore store,
      ChoiceStore choices,
      MandateRules rules,
      SupplierRegister suppliers,
      Organisations organisations,
      Vault vault,
      Idempotency idempotency,
      AuditTrail audit,
      Clock clock) {
    this.store = store;
    this.choices = choices;
    this.rules = rules;
    this.suppliers = suppliers;
    this.organisations = organisations;
    this.vault = vault;
    this.idempotency = idempotency;
    this.audit = audit;
    this.clock = clock;
  }

  /** What became of a step. */
  sealed interface Outcome {
    /** It is registered. */
    record Done(UUID mandate) implements Outcome {}

    /** The same 委任状 is there already, and nobody said that it is meant. Nothing was changed. */
    record Twice(List<Mandate> found) implements Outcome {
      /** Keeps its own copy. */
      public Twice {
        found = List.copyOf(found);
      }
    }

    /** It goes beyond the one that it goes back to, or that one may not be built on any more. */
    record Beyond(List<Excess> excess) implements Outcome {
      /** Keeps its own copy. */
      public Beyond {
        excess = List.copyOf(excess);
      }
    }
  }

  /**
   * A 委任 to register.
   *
   * @param key of the form, by which it counts once
   * @param sure whether the person means the same 委任状 once more
   * @param file the 委任状 that {@code said} tells of; empty where it is in the vault already
   */
  record Given(String key, Mandate.Said said, Optional<Path> file, boolean sure) {}

  /** One of the current body's. */
  @Transactional(readOnly = true)
  public Mandate get(UUID id) {
    return store.find(id).orElseThrow(() -> new NotFound("mandate " + id));
  }

  /** With the one that it goes back to. */
  @Transactional(readOnly = true)
  public Mandate.Chain chain(UUID id) {
    var own = get(id);
    return new Mandate.Chain(own, own.parent().map(this::get));
  }

  /** All that a page tells of one. */
  @Transactional(readOnly = true)
  public Whole whole(UUID id) {
    return new Whole(chain(id), store.versions(id), store.below(id), choices.used(id));
  }

  /**
   * One with its history.
   *
   * @param versions the newest first
   * @param below 復代理 that go back to it
   * @param used how many contracts that left the house rest on it
   */
  record Whole(
      Mandate.Chain chain, List<MandateStore.Entered> versions, List<Mandate> below, int used) {}

  /** Of one counterparty. */
  @Transactional(readOnly = true)
  public List<Mandate> of(UUID supplier) {
    return store.ofSupplier(supplier);
  }

  /** Those that can be chosen, or those that cannot any more, which have the words. */
  @Transactional(readOnly = true)
  public List<Mandate> search(String words, boolean open, int most) {
    return store.search(words.strip(), open, today(), most);
  }

  /** Those that end within the days that the body set, and that nobody has taken over. */
  @Transactional(readOnly = true)
  public List<Mandate> ending() {
    var days = rules.current().noticeDays();
    return days == 0 ? List.of() : store.ending(today(), today().plusDays(days));
  }

  /** 登録する; for a counterparty in use. */
  public Outcome add(
      UUID supplier,
      Optional<UUID> parent,
      Optional<UUID> takenOverFrom,
      Given given,
      StaffMember clerk,
      String clientIp) {
    var holder = suppliers.get(supplier);
    if (!holder.isLive()) {
      throw new NotFound("supplier " + supplier + " has ended");
    }
    takenOverFrom.ifPresent(from -> belongs(get(from), supplier));
    var beyond = beyond(parent, supplier, given.said());
    if (!beyond.isEmpty()) {
      return new Outcome.Beyond(beyond);
    }
    var made =
        idempotency.once(
            given.key(),
            "%s %s %s".formatted(supplier, parent, given.said()),
            () -> {
              var twice = store.alike(supplier, given.said().paper(), Optional.empty());
              if (!twice.isEmpty() && !given.sure()) {
                return "";
              }
              var id = UUID.randomUUID();
              keep(given);
              store.insert(id, supplier, parent, takenOverFrom, clock.instant());
              store.insert(id, 1, given.said(), "", clerk.id(), clock.instant());
              record("mandate.added", get(id), "", clerk, clientIp);
              return id.toString();
            });
    return made.isEmpty()
        ? new Outcome.Twice(store.alike(supplier, given.said().paper(), Optional.empty()))
        : new Outcome.Done(UUID.fromString(made));
  }

  /**
   * 訂正する: over the version that was read.
   *
   * @throws ConcurrentChange when it is not as it was read, or has ended
   */
  public Outcome correct(
      UUID id, int version, Given given, String reason, StaffMember clerk, String clientIp) {
    store.lock(id);
    var before = get(id);
    if (before.version() != version || before.end().isPresent()) {
      throw new ConcurrentChange("mandate " + id + " is not as it was read");
    }
    var supplier = before.holder().id();
    var beyond = beyond(before.parent(), supplier, given.said());
    if (!beyond.isEmpty()) {
      return new Outcome.Beyond(beyond);
    }
    var twice = store.alike(supplier, given.said().paper(), Optional.of(id));
    if (!twice.isEmpty() && !given.sure()) {
      return new Outcome.Twice(twice);
    }
    keep(given);
    store.advance(id, version);
    store.insert(id, version + 1, given.said(), reason, clerk.id(), clock.instant());
    record("mandate.corrected", get(id), reason, clerk, clientIp);
    return new Outcome.Done(id);
  }

  /**
   * 解任・撤回.
   *
   * @param on the first day without power
   */
  public void end(UUID id, LocalDate on, String reason, StaffMember clerk, String clientIp) {
    store.lock(id);
    store.end(get(id).id(), on, reason, clock.instant());
    record("mandate.ended", get(id), reason, clerk, clientIp);
  }

  private void keep(Given given) {
    given.file().ifPresent(file -> vault.put(file, PDF));
  }

  /** The one above stays as it is until this is stored. */
  private List<Excess> beyond(Optional<UUID> parent, UUID supplier, Mandate.Said said) {
    if (parent.isEmpty()) {
      return List.of();
    }
    store.lock(parent.get());
    var above = get(parent.get());
    belongs(above, supplier);
    return above.end().isEmpty() && Coverage.mayAppoint(above)
        ? Excess.of(said.scope(), above.said().scope())
        : List.of(Excess.POWERS);
  }

  private static void belongs(Mandate mandate, UUID supplier) {
    if (!mandate.holder().id().equals(supplier)) {
      throw new NotFound("mandate " + mandate.id() + " of supplier " + supplier);
    }
  }

  private LocalDate today() {
    return organisations.today();
  }

  private void record(
      String action, Mandate mandate, String reason, StaffMember clerk, String clientIp) {
    var said = mandate.said();
    var details = new HashMap<String, String>();
    details.put("mandate", mandate.id().toString());
    details.put("organisation", mandate.holder().name());
    details.put("principal", said.principal().printed());
    details.put("agent", said.agent().printed());
    details.put("mail", said.agent().mail());
    details.put("powers", said.scope().powers().toString());
    details.put("kinds", said.scope().kinds().toString());
    details.put(
        "most", said.scope().most().isPresent() ? said.scope().most().getAsLong() + "" : "");
    details.put("from", said.scope().from().toString());
    details.put("until", said.scope().until().toString());
    details.put("number", said.paper().number());
    details.put("document", said.paper().sha256().hex());
    details.put("version", String.valueOf(mandate.version()));
    mandate.parent().ifPresent(parent -> details.put("parent", parent.toString()));
    mandate.end().ifPresent(end -> details.put("endedOn", end.on().toString()));
    if (!reason.isEmpty()) {
      details.put("reason", reason);
    }
    audit.record(clerk.actor(), action, null, clientIp, Map.copyOf(details));
  }
}
