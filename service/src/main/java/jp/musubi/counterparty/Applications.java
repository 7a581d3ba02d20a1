package jp.musubi.counterparty;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.secrets.MailedSecrets;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 利用申出の受付. What somebody without an account does: apply, and answer the mail. */
@Service
@Transactional
public class Applications {
  /** How long the mailed links are good for. */
  public static final Duration VALID = Duration.ofDays(3);

  private final ApplicationStore store;
  private final CounterpartyRules rules;
  private final CounterpartyLetters letters;
  private final ProofSecrets secrets;
  private final Texts texts;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final Clock clock;

  Applications(
      ApplicationStore store,
      CounterpartyRules rules,
      CounterpartyLetters letters,
      ProofSecrets secrets,
      Texts texts,
      Organisations organisations,
      AuditTrail audit,
      Clock clock) {
    this.store = store;
    this.rules = rules;
    this.letters = letters;
    this.secrets = secrets;
    this.texts = texts;
    this.organisations = organisations;
    this.audit = audit;
    this.clock = clock;
  }

  /** What became of a form. */
  public enum Taken {
    /** Kept, and the letters are on their way; or the form had been sent before. */
    RECEIVED,
    /** Too many came; nothing was kept. */
    TOO_MANY,
    /** The body does not take applications here. */
    CLOSED
  }

  /** A mailed link as it is shown. */
  public record Link(Application application, Application.Proof proof, Fate fate) {
    /** Whether the button is there. */
    public enum Fate {
      /** It waits for the answer. */
      OPEN,
      /** It was answered. */
      ANSWERED,
      /** It is too late. */
      EXPIRED
    }

    /** The address it went to. */
    public String mail() {
      return proof.mail();
    }
  }

  /** Whether the body takes applications on its public page. */
  @Transactional(readOnly = true)
  public boolean areOpen() {
    return rules.current().applicationsOpen();
  }

  /** The sentences that whoever applies agrees to. */
  @Transactional(readOnly = true)
  public String statement() {
    return texts.statement(letters.body());
  }

  /** Keeps an application and asks its addresses. */
  public Taken submit(String formKey, Application.Said said, Applicant from) {
    if (!areOpen()) {
      return Taken.CLOSED;
    }
    var now = clock.instant();
    var flood = store.flood(from.network(), said.mails(), now);
    if (store.isKnown(formKey)) {
      return Taken.RECEIVED;
    }
    if (flood.isFull()) {
      return Taken.TOO_MANY;
    }
    var id = UUID.randomUUID();
    var text = texts.application(letters.body(), said);
    store.insert(id, formKey, said, text, from, now);
    for (var mail : said.mails()) {
      var link = UUID.randomUUID();
      var proof =
          new Application.Proof(
              link,
              mail,
              secrets.hashOf(link),
              now.plus(VALID),
              Optional.empty(),
              Optional.empty());
      store.insert(id, proof, now);
      letters.proof(proof);
    }
    record(
        "application.submitted",
        id,
        said,
        from,
        Map.of("sha256", Texts.digest(text).hex(), "mails", String.join(" ", said.mails())));
    return Taken.RECEIVED;
  }

  /** What a mailed link leads to; empty for a wrong one. Changes nothing. */
  @Transactional(readOnly = true)
  public Optional<Link> find(UUID link, String secret) {
    return find(link, secret, false);
  }

  /** Somebody at the address pressed the button. Pressed again, it changes nothing. */
  public Optional<Link> answer(UUID link, String secret, Applicant from) {
    var found = find(link, secret, true);
    if (found.isEmpty() || found.get().fate() != Link.Fate.OPEN) {
      return found;
    }
    var now = clock.instant();
    var id = found.get().application().id();
    var said = found.get().application().said();
    store.proved(link, from, now);
    record("application.address-proved", id, said, from, Map.of("mail", found.get().mail()));
    var after = get(id);
    if (after.proofs().stream().allMatch(proof -> proof.confirmedAt().isPresent())) {
      store.confirmed(id, now);
      record("application.confirmed", id, said, from, Map.of());
    }
    return find(link, secret, false);
  }

  /** One of those to the current body. */
  @Transactional(readOnly = true)
  public Application get(UUID id) {
    return store.find(id, false).orElseThrow(() -> new NotFound("application " + id));
  }

  /** The newest of these states. */
  @Transactional(readOnly = true)
  public List<Application> newest(List<Application.State> states, int limit) {
    return store.newest(states, limit);
  }

  /** Those that were accepted for a supplier, the newest first. */
  @Transactional(readOnly = true)
  public List<Application> accepted(UUID supplier) {
    return store.accepted(supplier);
  }

  /** What an application is worth now. */
  public Application.Standing standing(Application application) {
    return application.standing(organisations.today(), clock.instant());
  }

  private Optional<Link> find(UUID link, String secret, boolean lock) {
    if (Tenancy.current().isEmpty()) {
      return Optional.empty();
    }
    return store
        .ofProof(link)
        .flatMap(id -> store.find(id, lock))
        .flatMap(application ->
            application.proofs().stream()
                .filter(proof -> proof.id().equals(link))
                .filter(proof -> MailedSecrets.matches(secret, proof.secretHash()))
                .findFirst()
                .map(proof -> new Link(application, proof, fate(proof, clock.instant()))));
  }

  private static Link.Fate fate(Application.Proof proof, Instant now) {
    if (proof.confirmedAt().isPresent()) {
      return Link.Fate.ANSWERED;
    }
    return proof.isOpen(now) ? Link.Fate.OPEN : Link.Fate.EXPIRED;
  }

  private void record(
      String action,
      UUID application,
      Application.Said said,
      Applicant from,
      Map<String, String> more) {
    var facts = new TreeMap<>(more);
    facts.put("application", application.toString());
    facts.put("organisation", said.organisation());
    facts.put("userAgent", from.userAgent());
    audit.record(
        new Actor(Actor.Kind.COUNTERPARTY, application.toString(), said.signatory().name()),
        action,
        null,
        from.clientIp(),
        facts);
  }
}
