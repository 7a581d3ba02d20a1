package jp.musubi.counterparty;

import java.time.Clock;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 利用申出の審査. The body accepts or rejects an application whose addresses have answered. */
@Service
@Transactional
public class ApplicationDesk {
  private final ApplicationStore store;
  private final SupplierStore suppliers;
  private final SupplierSteps steps;
  private final Consents consents;
  private final CounterpartyLetters letters;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final Clock clock;

  ApplicationDesk(
      ApplicationStore store,
      SupplierStore suppliers,
      SupplierSteps steps,
      Consents consents,
      CounterpartyLetters letters,
      Organisations organisations,
      AuditTrail audit,
      Clock clock) {
    this.store = store;
    this.suppliers = suppliers;
    this.steps = steps;
    this.consents = consents;
    this.letters = letters;
    this.organisations = organisations;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * 受理. The supplier's register gets who agrees and who checks; consent is asked for where it was
   * wanted.
   *
   * @param supplier whose application it is; a new one when empty
   * @return the supplier, or nothing when there was nothing to decide
   */
  public Optional<UUID> accept(
      UUID id, Optional<UUID> supplier, Actor by, @Nullable String clientIp) {
    suppliers.lock();
    var application = locked(id);
    if (!isToDecide(application)) {
      return Optional.empty();
    }
    var said = application.said();
    var owner =
        supplier
            .map(chosen ->
                suppliers
                    .find(chosen)
                    .filter(Supplier::isLive)
                    .orElseThrow(() -> new NotFound("supplier " + chosen)))
            .orElseGet(() -> register(said, by, clientIp));
    var signatory =
        new Supplier.Person(
            said.signatory().name(),
            said.signatory().title(),
            said.signatory().mail(),
            said.signatory().agent() ? Supplier.Capacity.AGENT : Supplier.Capacity.REPRESENTATIVE,
            Optional.of(said.validUntil()));
    put(owner, signatory, by, clientIp);
    if (said.mails().size() > 1) {
      put(
          owner,
          new Supplier.Person(
              said.clerkName(),
              "",
              said.clerkMail(),
              Supplier.Capacity.CLERK,
              Optional.of(said.validUntil())),
          by,
          clientIp);
    }
    decide(application, Optional.empty(), Optional.of(owner.id()), by, clientIp);
    if (said.wantsConsent()) {
      consents.ask(owner, signatory, said.contractTitle(), by, clientIp);
    }
    return Optional.of(owner.id());
  }

  /** 却下, with the reason that the applicant reads; whether there was something to decide. */
  public boolean reject(UUID id, String reason, Actor by, @Nullable String clientIp) {
    var application = locked(id);
    if (!isToDecide(application)) {
      return false;
    }
    decide(application, Optional.of(reason), Optional.empty(), by, clientIp);
    return true;
  }

  private void decide(
      Application application,
      Optional<String> reason,
      Optional<UUID> supplier,
      Actor by,
      @Nullable String clientIp) {
    var decided = new Application.Decided(clock.instant(), by.name(), reason);
    store.decided(application.id(), decided, supplier);
    letters.decided(application, decided);
    var facts = new TreeMap<String, String>();
    facts.put("application", application.id().toString());
    facts.put("organisation", application.said().organisation());
    facts.put("sha256", application.digest().hex());
    reason.ifPresent(why -> facts.put("reason", why));
    supplier.ifPresent(owner -> facts.put("supplier", owner.toString()));
    audit.record(
        by,
        supplier.isPresent() ? "application.accepted" : "application.rejected",
        null,
        clientIp,
        facts);
  }

  private Supplier register(Application.Said said, Actor by, @Nullable String clientIp) {
    var id = UUID.randomUUID();
    steps.add(
        id,
        new Supplier.Details(
            said.organisation(), said.number(), said.address(), said.phone(), "", ""),
        0,
        by,
        clientIp);
    return suppliers.find(id).orElseThrow();
  }

  /** Adds a person, or writes over what is registered of the same address. */
  private void put(Supplier owner, Supplier.Person person, Actor by, @Nullable String clientIp) {
    var before =
        owner.contacts().stream()
            .filter(each -> each.endedAt().isEmpty())
            .filter(each -> each.person().mail().equalsIgnoreCase(person.mail()))
            .findFirst();
    if (before.isEmpty()) {
      steps.addContact(owner.id(), person, by, clientIp);
    } else {
      var contact = before.get();
      steps.changeContact(
          owner.id(), contact.id(), contact.version(), contact.person(), person, by, clientIp);
    }
  }

  private boolean isToDecide(Application application) {
    return application.standing(organisations.today(), clock.instant())
        == Application.Standing.TO_DECIDE;
  }

  private Application locked(UUID id) {
    return store.find(id, true).orElseThrow(() -> new NotFound("application " + id));
  }
}
