package jp.musubi.counterparty;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 相手方台帳. The current body's suppliers; each step with its entry in the record. */
@Service
@Transactional
public class SupplierRegister {
  private final SupplierStore store;
  private final ContactStore contacts;
  private final AuditTrail audit;
  private final Idempotency idempotency;
  private final Clock clock;

  SupplierRegister(
      SupplierStore store,
      ContactStore contacts,
      AuditTrail audit,
      Idempotency idempotency,
      Clock clock) {
    this.store = store;
    this.contacts = contacts;
    this.audit = audit;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  /** What became of a step. */
  public sealed interface Outcome {
    /** It is done. */
    record Done(UUID supplier) implements Outcome {}

    /** Something alike is registered and nobody said that this is another. Nothing was changed. */
    record Alike(List<NearMiss> found) implements Outcome {
      /** Keeps its own copy. */
      public Alike {
        found = List.copyOf(found);
      }
    }
  }

  /** Those whose name, number, contact or mail has the words, by name. */
  @Transactional(readOnly = true)
  public List<Supplier> search(String words, boolean ended, int limit) {
    return store.search(words, ended, limit);
  }

  /** One of the current body's. */
  @Transactional(readOnly = true)
  public Supplier get(UUID id) {
    return store.find(id).orElseThrow(() -> new NotFound("supplier " + id));
  }

  /** A contact of a supplier. */
  @Transactional(readOnly = true)
  public Supplier.Contact contact(UUID supplier, UUID contact) {
    return get(supplier).contacts().stream()
        .filter(each -> each.id().equals(contact))
        .findFirst()
        .orElseThrow(() -> new NotFound("contact " + contact));
  }

  /** The live suppliers for whom somebody acts by this address. */
  @Transactional(readOnly = true)
  public List<Supplier> byMail(String mail) {
    return store.byMail(mail);
  }

  /** What of the register is like this. */
  @Transactional(readOnly = true)
  public List<NearMiss> alike(NearMiss.Typed typed) {
    return NearMiss.of(typed, store.known());
  }

  /**
   * Adds a supplier, perhaps with somebody who acts for it; once, however often the form is sent.
   *
   * @param key of the form
   * @param sure whether the person has looked at what is alike and means another
   */
  public Outcome add(
      String key,
      Supplier.Details details,
      Optional<Supplier.Person> first,
      boolean sure,
      Actor by,
      @Nullable String clientIp) {
    store.lock();
    var mails = first.map(Supplier.Person::mail).stream().toList();
    var found =
        alike(new NearMiss.Typed(Optional.empty(), details.name(), details.number(), mails));
    if (!found.isEmpty() && !sure) {
      return new Outcome.Alike(found);
    }
    var asked = Sha256.of((details + " " + first).getBytes(StandardCharsets.UTF_8)).hex();
    return new Outcome.Done(
        UUID.fromString(
            idempotency.once(
                key, asked, () -> insert(details, first, found.size(), by, clientIp).toString())));
  }

  /** Writes a supplier with its entry. */
  @Transactional(propagation = Propagation.MANDATORY)
  UUID insert(
      Supplier.Details details,
      Optional<Supplier.Person> first,
      int alike,
      Actor by,
      @Nullable String clientIp) {
    var id = UUID.randomUUID();
    store.insert(id, details, clock.instant());
    var facts = facts(id, details);
    facts.put("alike", String.valueOf(alike));
    audit.record(by, "supplier.added", null, clientIp, facts);
    first.ifPresent(person -> insert(id, person, by, clientIp));
    return id;
  }

  /** Changes what is registered, over the version that was read. */
  public Outcome change(
      UUID id,
      int version,
      Supplier.Details details,
      boolean sure,
      Actor by,
      @Nullable String clientIp) {
    var before = get(id).details();
    store.lock();
    var found =
        alike(new NearMiss.Typed(Optional.of(id), details.name(), details.number(), List.of()));
    var sameAsBefore =
        before.name().equals(details.name()) && before.number().equals(details.number());
    if (!found.isEmpty() && !sure && !sameAsBefore) {
      return new Outcome.Alike(found);
    }
    store.update(id, version, details);
    audit.record(by, "supplier.changed", null, clientIp, changes(id, before, details));
    return new Outcome.Done(id);
  }

  /** 使わない: the supplier is offered no more; what was made with it stays. */
  public void end(UUID id, String reason, Actor by, @Nullable String clientIp) {
    var before = get(id);
    store.end(id, reason, clock.instant());
    var facts = facts(id, before.details());
    facts.put("reason", reason);
    audit.record(by, "supplier.ended", null, clientIp, facts);
  }

  /** Adds somebody who acts for a supplier. */
  public Outcome add(
      UUID supplier, Supplier.Person person, boolean sure, Actor by, @Nullable String clientIp) {
    var details = live(supplier).details();
    store.lock();
    var found = alikeMails(supplier, details, person.mail());
    if (!found.isEmpty() && !sure) {
      return new Outcome.Alike(found);
    }
    insert(supplier, person, by, clientIp);
    return new Outcome.Done(supplier);
  }

  /** Changes somebody who acts for a supplier, over the version that was read. */
  public Outcome change(
      UUID supplier,
      UUID contact,
      int version,
      Supplier.Person person,
      boolean sure,
      Actor by,
      @Nullable String clientIp) {
    var before = contact(supplier, contact).person();
    var found = alikeMails(supplier, live(supplier).details(), person.mail());
    if (!found.isEmpty() && !sure && !before.mail().equals(person.mail())) {
      return new Outcome.Alike(found);
    }
    contacts.update(contact, version, person);
    var facts = facts(supplier, contact, person);
    facts.put("before", words(before));
    audit.record(by, "supplier.contact-changed", null, clientIp, facts);
    return new Outcome.Done(supplier);
  }

  /** Takes a contact out of use. */
  public void endContact(UUID supplier, UUID contact, Actor by, @Nullable String clientIp) {
    var before = contact(supplier, contact).person();
    contacts.end(contact, clock.instant());
    audit.record(by, "supplier.contact-ended", null, clientIp, facts(supplier, contact, before));
  }

  /** Of the supplier itself, an address one edit apart may be the slip of a hand. */
  private List<NearMiss> alikeMails(UUID supplier, Supplier.Details details, String mail) {
    return alike(
        new NearMiss.Typed(Optional.of(supplier), details.name(), details.number(), List.of(mail)));
  }

  private Supplier live(UUID id) {
    var supplier = get(id);
    if (!supplier.isLive()) {
      throw new NotFound("supplier " + id + " has ended");
    }
    return supplier;
  }

  private void insert(UUID supplier, Supplier.Person person, Actor by, @Nullable String clientIp) {
    var id = UUID.randomUUID();
    contacts.insert(id, supplier, person, clock.instant());
    audit.record(by, "supplier.contact-added", null, clientIp, facts(supplier, id, person));
  }

  private static Map<String, String> facts(UUID id, Supplier.Details details) {
    var facts = new TreeMap<String, String>();
    facts.put("supplier", id.toString());
    facts.put("name", details.name());
    details.number().ifPresent(number -> facts.put("corporateNumber", number.digits()));
    return facts;
  }

  private static Map<String, String> facts(UUID supplier, UUID contact, Supplier.Person person) {
    var facts = new TreeMap<String, String>();
    facts.put("supplier", supplier.toString());
    facts.put("contact", contact.toString());
    facts.put("person", words(person));
    return facts;
  }

  private static String words(Supplier.Person person) {
    return "%s %s <%s> %s %s"
        .formatted(
            person.title(),
            person.name(),
            person.mail(),
            person.capacity(),
            person.until().map(Object::toString).orElse("-"))
        .strip();
  }

  private static Map<String, String> changes(
      UUID id, Supplier.Details before, Supplier.Details after) {
    var facts = facts(id, after);
    change(facts, "nameChanged", before.name(), after.name());
    change(
        facts,
        "numberChanged",
        before.number().map(CorporateNumber::digits).orElse("-"),
        after.number().map(CorporateNumber::digits).orElse("-"));
    change(facts, "address", before.address(), after.address());
    change(facts, "phone", before.phone(), after.phone());
    change(facts, "notes", before.notes(), after.notes());
    return facts;
  }

  private static void change(Map<String, String> facts, String what, String before, String after) {
    if (!before.equals(after)) {
      facts.put(what, before + " → " + after);
    }
  }
}
