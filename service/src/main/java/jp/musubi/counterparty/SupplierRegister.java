package jp.musubi.counterparty;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 相手方台帳. The current body's suppliers. What is alike is warned of, and a person decides. */
@Service
@Transactional
public class SupplierRegister {
  private final SupplierStore store;
  private final SupplierSteps steps;
  private final Idempotency idempotency;

  SupplierRegister(SupplierStore store, SupplierSteps steps, Idempotency idempotency) {
    this.store = store;
    this.steps = steps;
    this.idempotency = idempotency;
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

  /** The live suppliers with one of these 業者番号 or 法人番号. */
  @Transactional(readOnly = true)
  public List<Supplier> numbered(Collection<String> codes, Collection<String> numbers) {
    return store.numbered(codes, numbers);
  }

  /** What of the register is like this. */
  @Transactional(readOnly = true)
  public List<NearMiss> alike(NearMiss.Typed typed) {
    return new Likenesses(store.known()).of(typed);
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
    return new Outcome.Done(
        UUID.fromString(
            idempotency.once(
                key,
                details + " " + first,
                () -> {
                  var id = UUID.randomUUID();
                  steps.add(id, details, found.size(), by, clientIp);
                  first.ifPresent(person -> steps.addContact(id, person, by, clientIp));
                  return id.toString();
                })));
  }

  /** Changes what is registered, over the version that was read. */
  public Outcome change(
      UUID id,
      int version,
      Supplier.Details details,
      boolean sure,
      Actor by,
      @Nullable String clientIp) {
    var before = live(id).details();
    store.lock();
    var asBefore = before.name().equals(details.name()) && before.number().equals(details.number());
    var found =
        asBefore
            ? List.<NearMiss>of()
            : alike(
                new NearMiss.Typed(Optional.of(id), details.name(), details.number(), List.of()));
    if (!found.isEmpty() && !sure) {
      return new Outcome.Alike(found);
    }
    steps.change(id, version, before, details, by, clientIp);
    return new Outcome.Done(id);
  }

  /** 使わない: the supplier is offered no more; what was made with it stays. */
  public void end(UUID id, String reason, Actor by, @Nullable String clientIp) {
    steps.end(live(id), reason, by, clientIp);
  }

  /** Adds somebody who acts for a supplier. */
  public Outcome add(
      UUID supplier, Supplier.Person person, boolean sure, Actor by, @Nullable String clientIp) {
    var before = live(supplier);
    store.lock();
    var found = alikeMails(before, person.mail());
    if (!found.isEmpty() && !sure) {
      return new Outcome.Alike(found);
    }
    steps.addContact(supplier, person, by, clientIp);
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
    var owner = live(supplier);
    var before = contact(supplier, contact).person();
    var found =
        before.mail().equals(person.mail())
            ? List.<NearMiss>of()
            : alikeMails(owner, person.mail()).stream()
                .filter(miss -> !miss.detail().equals(before.mail()))
                .toList();
    if (!found.isEmpty() && !sure) {
      return new Outcome.Alike(found);
    }
    steps.changeContact(supplier, contact, version, before, person, by, clientIp);
    return new Outcome.Done(supplier);
  }

  /** Takes a contact out of use. */
  public void endContact(UUID supplier, UUID contact, Actor by, @Nullable String clientIp) {
    steps.endContact(supplier, contact(supplier, contact), by, clientIp);
  }

  /** Of the supplier itself, too: an address one edit apart may be the slip of a hand. */
  private List<NearMiss> alikeMails(Supplier supplier, String mail) {
    return alike(
        new NearMiss.Typed(
            Optional.of(supplier.id()),
            // Of the name nothing is asked here: it was, when the supplier was registered.
            "",
            Optional.empty(),
            List.of(mail)));
  }

  private Supplier live(UUID id) {
    var supplier = get(id);
    if (!supplier.isLive()) {
      throw new NotFound("supplier " + id + " has ended");
    }
    return supplier;
  }
}
