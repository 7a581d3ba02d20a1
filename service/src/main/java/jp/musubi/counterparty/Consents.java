package jp.musubi.counterparty;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.secrets.MailedSecrets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 承諾の記録（建設業法 19 条 3 項）. Asked for by mail, given and withdrawn by whoever gets it. */
@Service
@Transactional
public class Consents {
  /** How long an answer is waited for. */
  public static final Duration VALID = Duration.ofDays(30);

  /** By what the person was known: the mailed link. */
  private static final String METHOD = "MAIL_LINK";

  private final ConsentStore store;
  private final SupplierStore suppliers;
  private final CounterpartyLetters letters;
  private final ProofSecrets secrets;
  private final Texts texts;
  private final AuditTrail audit;
  private final Clock clock;

  Consents(
      ConsentStore store,
      SupplierStore suppliers,
      CounterpartyLetters letters,
      ProofSecrets secrets,
      Texts texts,
      AuditTrail audit,
      Clock clock) {
    this.store = store;
    this.suppliers = suppliers;
    this.letters = letters;
    this.secrets = secrets;
    this.texts = texts;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Asks somebody who acts for a supplier.
   *
   * @param contractTitle the one contract it is for; empty for all that come
   */
  public UUID ask(
      Supplier supplier,
      Supplier.Person person,
      String contractTitle,
      Actor by,
      @Nullable String clientIp) {
    var id = UUID.randomUUID();
    var now = clock.instant();
    var text = texts.consent(letters.body(), supplier, person, contractTitle);
    var asked =
        new Consent(
            id,
            supplier.id(),
            supplier.details().name(),
            person.name(),
            person.title(),
            person.mail(),
            contractTitle,
            text,
            Texts.digest(text),
            secrets.hashOf(id),
            now,
            now.plus(VALID),
            Optional.empty(),
            Optional.empty());
    store.insert(asked, by.name());
    letters.consentAsked(asked);
    audit.record(by, "consent.asked", null, clientIp, facts(asked));
    return id;
  }

  /** What a mailed link leads to; empty for a wrong one. Changes nothing. */
  @Transactional(readOnly = true)
  public Optional<Consent> find(UUID id, String secret) {
    return store.find(id).filter(asked -> MailedSecrets.matches(secret, asked.secretHash()));
  }

  /** 承諾する. Given, withdrawn or too late before, it changes nothing. */
  public Optional<Consent> give(UUID id, String secret, Applicant from) {
    store.lock(id);
    var found = find(id, secret);
    var now = clock.instant();
    if (found.isPresent() && found.get().life(now) == Consent.Life.ASKED) {
      var asked = found.get();
      store.give(id, asked.digest(), METHOD, from, now);
      letters.consentGiven(asked);
      record("consent.given", asked, from);
    }
    return find(id, secret);
  }

  /** 撤回する; contracts made until now stay as they are. */
  public Optional<Consent> withdraw(UUID id, String secret, Applicant from) {
    store.lock(id);
    var found = find(id, secret);
    var now = clock.instant();
    if (found.isPresent() && found.get().life(now) == Consent.Life.LIVE) {
      store.withdraw(id, from, now);
      letters.consentWithdrawn(found.get());
      record("consent.withdrawn", found.get(), from);
    }
    return find(id, secret);
  }

  /** Those that a supplier was asked for, the newest first. */
  @Transactional(readOnly = true)
  public List<Consent> of(UUID supplier) {
    return store.ofSupplier(supplier);
  }

  /** Where it stands now. */
  public Consent.Life life(Consent consent) {
    return consent.life(clock.instant());
  }

  /** Whether a contract of works may go to this person of this organisation. */
  @Transactional(readOnly = true)
  public boolean isLiveFor(String organisation, String mail, String contractTitle) {
    var acting = suppliers.byMail(mail).stream().map(Supplier::id).toList();
    var now = clock.instant();
    return store.ofName(organisation).stream()
        .anyMatch(consent -> consent.covers(organisation, mail, acting, contractTitle, now));
  }

  private void record(String action, Consent asked, Applicant from) {
    var facts = facts(asked);
    facts.put("method", METHOD);
    facts.put("userAgent", from.userAgent());
    audit.record(
        new Actor(Actor.Kind.COUNTERPARTY, asked.id().toString(), asked.name()),
        action,
        null,
        from.clientIp(),
        facts);
  }

  private static Map<String, String> facts(Consent asked) {
    var facts = new TreeMap<String, String>();
    facts.put("consent", asked.id().toString());
    facts.put("supplier", asked.supplier().toString());
    facts.put("organisation", asked.organisation());
    facts.put("mail", asked.mail());
    facts.put("sha256", asked.digest().hex());
    return facts;
  }
}
