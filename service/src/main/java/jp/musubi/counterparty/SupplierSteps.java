package jp.musubi.counterparty;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes what was decided of a supplier, each step with its entry in the record. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class SupplierSteps {
  private final SupplierStore store;
  private final ContactStore contacts;
  private final AuditTrail audit;
  private final Clock clock;

  SupplierSteps(SupplierStore store, ContactStore contacts, AuditTrail audit, Clock clock) {
    this.store = store;
    this.contacts = contacts;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A supplier is registered.
   *
   * @param alike how many like it there were
   */
  void add(UUID id, Supplier.Details details, int alike, Actor by, @Nullable String clientIp) {
    store.insert(id, details, clock.instant());
    var facts = facts(id, details);
    facts.put("alike", String.valueOf(alike));
    audit.record(by, "supplier.added", null, clientIp, facts);
  }

  void change(
      UUID id,
      int version,
      Supplier.Details before,
      Supplier.Details after,
      Actor by,
      @Nullable String clientIp) {
    store.update(id, version, after);
    var facts = facts(id, after);
    change(facts, "nameChanged", before.name(), after.name());
    change(facts, "numberChanged", number(before), number(after));
    change(facts, "address", before.address(), after.address());
    change(facts, "phone", before.phone(), after.phone());
    change(facts, "notes", before.notes(), after.notes());
    change(facts, "codeChanged", before.code(), after.code());
    audit.record(by, "supplier.changed", null, clientIp, facts);
  }

  void end(Supplier supplier, String reason, Actor by, @Nullable String clientIp) {
    store.end(supplier.id(), reason, clock.instant());
    var facts = facts(supplier.id(), supplier.details());
    facts.put("reason", reason);
    audit.record(by, "supplier.ended", null, clientIp, facts);
  }

  void addContact(UUID supplier, Supplier.Person person, Actor by, @Nullable String clientIp) {
    var id = UUID.randomUUID();
    contacts.insert(id, supplier, person, clock.instant());
    audit.record(by, "supplier.contact-added", null, clientIp, facts(supplier, id, person));
  }

  void changeContact(
      UUID supplier,
      UUID contact,
      int version,
      Supplier.Person before,
      Supplier.Person after,
      Actor by,
      @Nullable String clientIp) {
    contacts.update(contact, version, after);
    var facts = facts(supplier, contact, after);
    facts.put("before", words(before));
    audit.record(by, "supplier.contact-changed", null, clientIp, facts);
  }

  void endContact(UUID supplier, Supplier.Contact contact, Actor by, @Nullable String clientIp) {
    contacts.end(contact.id(), clock.instant());
    audit.record(
        by,
        "supplier.contact-ended",
        null,
        clientIp,
        facts(supplier, contact.id(), contact.person()));
  }

  private static Map<String, String> facts(UUID id, Supplier.Details details) {
    var facts = new TreeMap<String, String>();
    facts.put("supplier", id.toString());
    facts.put("name", details.name());
    details.number().ifPresent(number -> facts.put("corporateNumber", number.digits()));
    if (!details.code().isEmpty()) {
      facts.put("code", details.code());
    }
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

  private static String number(Supplier.Details details) {
    return details.number().map(CorporateNumber::digits).orElse("-");
  }

  private static void change(Map<String, String> facts, String what, String before, String after) {
    if (!before.equals(after)) {
      facts.put(what, before + " → " + after);
    }
  }
}
