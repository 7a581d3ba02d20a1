package jp.musubi.input;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ClerkMail;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.notification.Outbox;
import jp.musubi.organisation.Contacts;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.secrets.MailedSecrets;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 記入の依頼. Asks a counterparty by mail to fill its fields of a draft, and knows who answers. */
@Service
@Transactional
class InputRequests {
  /** How long an answer is waited for. */
  static final Duration VALID = Duration.ofDays(14);

  private final InputStore store;
  private final InputSecrets secrets;
  private final Contracts contracts;
  private final Drafts drafts;
  private final Outbox outbox;
  private final ClerkMail clerks;
  private final Organisations organisations;
  private final Contacts contacts;
  private final AuditTrail audit;
  private final Book book;
  private final Clock clock;

  InputRequests(
      InputStore store,
      InputSecrets secrets,
      Contracts contracts,
      Drafts drafts,
      Outbox outbox,
      ClerkMail clerks,
      Organisations organisations,
      Contacts contacts,
      AuditTrail audit,
      Book book,
      Clock clock) {
    this.store = store;
    this.secrets = secrets;
    this.contracts = contracts;
    this.drafts = drafts;
    this.outbox = outbox;
    this.clerks = clerks;
    this.organisations = organisations;
    this.contacts = contacts;
    this.audit = audit;
    this.book = book;
    this.clock = clock;
  }

  /** A request with the draft it is about. */
  record Opened(InputRequest request, Particulars contract) {}

  /**
   * Asks; an earlier link to the same party is dead from now on.
   *
   * @throws NotFound when the draft has no such counterparty
   */
  void ask(ContractId contract, int filler, Inputs.By by) {
    var draft = drafts.hold(contract);
    var party =
        draft.parties(Party.Kind.COUNTERPARTY).stream()
            .filter(each -> each.ordinal() == filler && each.mail() != null)
            .findFirst()
            .orElseThrow(() -> new NotFound("counterparty %d of %s".formatted(filler, contract)));
    var now = clock.instant();
    var id = UUID.randomUUID();
    store.end(contract, filler, now);
    var request =
        new InputRequest(
            id,
            contract,
            filler,
            party.name(),
            String.valueOf(party.mail()),
            secrets.hashOf(id),
            now,
            now.plus(VALID),
            Optional.empty(),
            Optional.empty());
    store.insert(request);
    var body = organisations.current();
    outbox.enqueue(
        "input-asked/" + id,
        contract.value(),
        request.mail(),
        book.of("input.mail.asked.subject", body.name()),
        book.of(
            "input.mail.asked.body",
            body.name(),
            contacts.ofBody(),
            party.organisation(),
            party.name(),
            draft.title(),
            "{link:" + id + "}",
            JapaneseDates.time(request.expiresAt())));
    audit.record(
        by.actor(),
        "input.asked",
        contract.value(),
        by.clientIp(),
        Map.of("party", party.signature(), "mail", request.mail()));
  }

  /** What a mailed link leads to; empty for a wrong one. Changes nothing. */
  @Transactional(readOnly = true)
  public Optional<Opened> find(UUID id, String secret) {
    return store
        .request(id)
        .filter(request -> MailedSecrets.matches(secret, request.secretHash()))
        .map(request -> new Opened(request, contracts.get(request.contract())));
  }

  /** Where it stands now. */
  InputRequest.Life life(Opened opened) {
    return opened.request().life(opened.contract(), clock.instant());
  }

  /** Those of a contract that are waited for, or were answered. */
  @Transactional(readOnly = true)
  public List<InputRequest> of(ContractId contract) {
    return store.requests(contract);
  }

  /**
   * Notes that somebody has answered, and tells the clerk.
   *
   * @throws jp.musubi.platform.ConcurrentChange when the link has ended since it was shown
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void answered(InputRequest request) {
    var now = clock.instant();
    var current = store.request(request.id()).orElseThrow();
    if (current.life(contracts.get(request.contract()), now) != InputRequest.Life.OPEN) {
      throw new jp.musubi.platform.ConcurrentChange("input request " + request.id());
    }
    store.answered(request.id(), now);
    clerks.write(
        "input-filled/%s/%d".formatted(request.id(), now.toEpochMilli()),
        request.contract(),
        "input.mail.filled",
        request.name());
  }
}
