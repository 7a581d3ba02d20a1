package jp.musubi.recipient;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.contract.ContractEvent;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.NewestVersions;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.secrets.MailedSecrets;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 受取人に届ける. Who is given the concluded document, the letter to each in the transaction that
 * concludes it, and the record that it was taken.
 */
@Service
@Transactional
public class Recipients {
  /** How long a mailed link leads to the document; the clerk may mail another. */
  static final Duration VALID = Duration.ofDays(60);

  private final RecipientStore store;
  private final RecipientLinks links;
  private final RecipientLetters letters;
  private final Contracts contracts;
  private final NewestVersions newest;
  private final AuditTrail audit;
  private final Clock clock;

  Recipients(
      RecipientStore store,
      RecipientLinks links,
      RecipientLetters letters,
      Contracts contracts,
      NewestVersions newest,
      AuditTrail audit,
      Clock clock) {
    this.store = store;
    this.links = links;
    this.letters = letters;
    this.contracts = contracts;
    this.newest = newest;
    this.audit = audit;
    this.clock = clock;
  }

  /** What came of naming somebody. */
  enum Named {
    /** Noted; of a concluded document the letter is on its way. */
    ADDED,
    /** There is somebody with this address already. */
    TWICE,
    /** There are as many as there may be. */
    FULL
  }

  /** How many a contract names. */
  @Transactional(readOnly = true)
  public int count(ContractId contract) {
    return store.of(contract).size();
  }

  /** Those of a contract, in the order in which they were named. */
  @Transactional(readOnly = true)
  public List<Recipient> of(ContractId contract) {
    return store.of(contract);
  }

  /** Names somebody. */
  public Named add(ContractId id, Recipient.Entered entered, Actor by, String clientIp) {
    store.lock(id);
    var contract = open(id);
    var there = store.of(id);
    if (there.stream().anyMatch(each -> each.entered().mail().equalsIgnoreCase(entered.mail()))) {
      return Named.TWICE;
    }
    if (there.size() >= Recipient.MOST) {
      return Named.FULL;
    }
    var recipient = UUID.randomUUID();
    store.insert(recipient, id, entered, clock.instant());
    audit.record(by, "recipient.added", id.value(), clientIp, facts(entered));
    if (contract.state().equals("CONCLUDED")) {
      send(contract, store.find(recipient).orElseThrow(), by, clientIp);
    }
    return Named.ADDED;
  }

  /** Takes somebody off the list; a letter that is out leads nowhere from now on. */
  public void remove(ContractId id, UUID recipient, Actor by, String clientIp) {
    store.lock(id);
    var found = store.find(recipient).filter(each -> each.contract().equals(id));
    if (found.isPresent() && found.get().receipt().isEmpty()) {
      store.remove(recipient, clock.instant());
      audit.record(by, "recipient.removed", id.value(), clientIp, facts(found.get().entered()));
    }
  }

  /** Mails another link; the one before is dead. */
  public void again(ContractId id, UUID recipient, Actor by, String clientIp) {
    store.lock(id);
    var contract = open(id);
    var found =
        store
            .find(recipient)
            .filter(each -> each.contract().equals(id))
            .orElseThrow(() -> new NotFound("recipient " + recipient));
    if (contract.state().equals("CONCLUDED")) {
      send(contract, found, by, clientIp);
    }
  }

  @EventListener
  void on(ContractEvent event) {
    if (event instanceof ContractEvent.Concluded(var id, _)) {
      var contract = contracts.get(id);
      store
          .of(id)
          .forEach(each ->
              send(contract, each, new Actor(Actor.Kind.SERVICE, "recipient", "むすび"), null));
    }
  }

  private void send(Particulars contract, Recipient to, Actor by, @Nullable String clientIp) {
    var id = UUID.randomUUID();
    var now = clock.instant();
    var link = new Recipient.Link(id, links.hashOf(id), now, now.plus(VALID));
    store.link(to.id(), link);
    letters.send(contract, to, link);
    audit.record(by, "recipient.sent", contract.id().value(), clientIp, facts(to.entered()));
  }

  /**
   * Behind a mailed link.
   *
   * @param contract concluded, and not disposed of
   */
  record Delivery(Recipient recipient, Particulars contract) {}

  /** What a mailed link leads to; empty for a wrong or closed one. Changes nothing. */
  @Transactional(readOnly = true)
  public Optional<Delivery> find(UUID link, String secret) {
    return store
        .byLink(link)
        .filter(each -> MailedSecrets.matches(secret, each.link().orElseThrow().secretHash()))
        .map(each -> new Delivery(each, contracts.get(each.contract())))
        .filter(each -> each.contract().state().equals("CONCLUDED"));
  }

  /** Whether the link's time is over. */
  boolean isOver(Delivery delivery) {
    return !clock.instant().isBefore(delivery.recipient().link().orElseThrow().expiresAt());
  }

  /** 受領する. The first time is kept; again changes nothing. */
  public void receive(Delivery delivery, String clientIp, String userAgent) {
    var contract = delivery.contract();
    var recipient = delivery.recipient();
    var file = newest.of(contract.id(), contract.finalFile().orElseThrow());
    var receipt = new Recipient.Receipt(clock.instant(), file);
    if (store.receive(recipient.id(), receipt, clientIp, userAgent)) {
      var facts = facts(recipient.entered());
      facts.put("document", file.hex());
      facts.put("userAgent", userAgent);
      audit.record(actor(recipient), "recipient.received", contract.id().value(), clientIp, facts);
    }
  }

  static Actor actor(Recipient recipient) {
    return new Actor(
        Actor.Kind.COUNTERPARTY, recipient.id().toString(), recipient.entered().signature());
  }

  /** Now, for pages that tell how a delivery stands. */
  Instant now() {
    return clock.instant();
  }

  /** A contract whose recipients may change. */
  Particulars open(ContractId id) {
    var contract = contracts.get(id);
    if (contract.endedAt().isPresent()
        || contract.isDisposed()
        || contract.wasConcludedElsewhere()) {
      throw new StepRefused(new Refusal.NotInThisState(contract.state()));
    }
    return contract;
  }

  private static Map<String, String> facts(Recipient.Entered entered) {
    var facts = new TreeMap<String, String>();
    facts.put("recipient", entered.signature());
    facts.put("mail", entered.mail());
    return facts;
  }
}
