package jp.musubi.submission;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.secrets.MailedSecrets;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 提出の依頼を整える. What counterparties are asked to hand in, the links by which they do, and what is sent
 * back. Only while the contract is a draft, or not even that.
 */
@Service
@Transactional
class Submissions {
  private final CallStore calls;
  private final HandedInStore files;
  private final Slots slots;
  private final SubmissionSecrets secrets;
  private final SubmissionLetters letters;
  private final Contracts contracts;
  private final Drafts drafts;
  private final AuditTrail audit;
  private final Clock clock;

  Submissions(
      CallStore calls,
      HandedInStore files,
      Slots slots,
      SubmissionSecrets secrets,
      SubmissionLetters letters,
      Contracts contracts,
      Drafts drafts,
      AuditTrail audit,
      Clock clock) {
    this.calls = calls;
    this.files = files;
    this.slots = slots;
    this.secrets = secrets;
    this.letters = letters;
    this.contracts = contracts;
    this.drafts = drafts;
    this.audit = audit;
    this.clock = clock;
  }

  /** Who does it, and from where. */
  record By(Actor actor, UUID staff, String clientIp) {}

  /** A link with what it is for. */
  record Opened(CallLink link, CallSheet sheet) {
    CallLink.Life life(java.time.Instant now) {
      return link.life(sheet.call(), sheet.draft(), now);
    }
  }

  /** All that is asked for a contract, party by party. */
  @Transactional(readOnly = true)
  public List<CallSheet> of(ContractId contract) {
    var draft = Optional.of(contracts.get(contract));
    return calls.of(contract).stream().map(call -> sheet(call, draft)).toList();
  }

  /** One of them. */
  @Transactional(readOnly = true)
  public CallSheet of(Call call) {
    return sheet(call);
  }

  /** The link that works now, of those that were mailed for a call; it may have expired. */
  @Transactional(readOnly = true)
  public Optional<CallLink> newest(Call call) {
    return calls.newest(call.id());
  }

  /** The sheet of a contract in which a document is asked for. */
  @Transactional(readOnly = true)
  public CallSheet holding(ContractId contract, UUID wanted) {
    return of(contract).stream()
        .filter(sheet -> sheet.find(wanted).isPresent())
        .findFirst()
        .orElseThrow(() -> new NotFound("wanted document " + wanted));
  }

  /** What a mailed link leads to; empty for a wrong one. Changes nothing. */
  @Transactional(readOnly = true)
  public Optional<Opened> find(UUID id, String secret) {
    return calls
        .link(id)
        .filter(link -> MailedSecrets.matches(secret, link.secretHash()))
        .map(link -> new Opened(link, sheet(calls.find(link.call()).orElseThrow())));
  }

  /**
   * Asks a draft's counterparty for one more document; nothing is mailed yet.
   *
   * @return false when it is asked for as many as there may be
   */
  boolean add(ContractId contract, int place, Wanted typed, By by) {
    var draft = drafts.hold(contract);
    var call =
        calls.of(contract).stream()
            .filter(each -> each.place() == place)
            .findFirst()
            .orElseGet(() -> {
              var made = Call.to(contract, place, draft.sectionId(), by.staff(), clock.instant());
              if (made.addressee(Optional.of(draft)).isEmpty()) {
                throw new NotFound("counterparty %d of %s".formatted(place, contract));
              }
              calls.insert(made);
              return made;
            });
    var asked = calls.wanted(call.id());
    if (asked.size() >= Wanted.MOST) {
      return false;
    }
    insert(call, typed, asked.isEmpty() ? 0 : asked.getLast().ordinal() + 1);
    record(
        "submission.wanted",
        call,
        by,
        Map.of("wanted", typed.name(), "purpose", typed.purpose().name()));
    return true;
  }

  /** Puts a document down in a call; nothing else. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void insert(Call call, Wanted typed, int ordinal) {
    calls.insert(
        new Wanted(
            UUID.randomUUID(),
            call.id(),
            ordinal,
            typed.name(),
            typed.note(),
            typed.purpose(),
            typed.mandatory(),
            typed.due()),
        clock.instant());
  }

  /**
   * Takes a question back.
   *
   * @return false when something was handed in for it
   */
  boolean remove(ContractId contract, UUID wanted, By by) {
    drafts.hold(contract);
    var sheet = holding(contract, wanted);
    var slot = sheet.find(wanted).orElseThrow();
    if (!slot.files().isEmpty()) {
      return false;
    }
    calls.remove(wanted);
    record("submission.unwanted", sheet.call(), by, Map.of("wanted", slot.wanted().name()));
    return true;
  }

  /**
   * 提出を依頼する: mails a link. An earlier one to the same party is dead from now on.
   *
   * @throws NotFound when the draft has no such counterparty, or nothing is asked of it
   */
  void ask(ContractId contract, int place, By by) {
    var draft = drafts.hold(contract);
    var call =
        calls.of(contract).stream()
            .filter(each -> each.place() == place && !calls.wanted(each.id()).isEmpty())
            .findFirst()
            .orElseThrow(() -> new NotFound("call %d of %s".formatted(place, contract)));
    ask(sheet(call, Optional.of(draft)), Optional.empty(), by);
  }

  /**
   * The same for a call that the caller holds.
   *
   * @param returned what is sent back with it, if something is
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void ask(CallSheet sheet, Optional<HandedIn> returned, By by) {
    var call = sheet.call();
    var to =
        call.addressee(sheet.draft())
            .orElseThrow(() -> new NotFound("addressee of call " + call.id()));
    var now = clock.instant();
    var id = UUID.randomUUID();
    var link =
        new CallLink(
            id,
            call.id(),
            to.name(),
            to.mail(),
            secrets.hashOf(id),
            now,
            now.plus(CallLink.VALID),
            Optional.empty());
    calls.insert(link);
    letters.ask(sheet, to, link, returned);
    record("submission.asked", call, by, Map.of("party", to.printed(), "mail", to.mail()));
  }

  /**
   * 差し戻す: what stands for a document is sent back with a reason, and a new link goes with it; to
   * somebody who is no party any more nothing is sent.
   *
   * @throws ConcurrentChange when another file stands by now
   */
  void giveBack(CallSheet shown, UUID file, String reason, By by) {
    var sheet = held(shown.call());
    var slot =
        sheet.slots().stream()
            .filter(each -> each.standing().filter(at -> at.id().equals(file)).isPresent())
            .findFirst()
            .orElseThrow(() -> new ConcurrentChange("handed in " + file));
    var stands = slot.standing().orElseThrow();
    files.returned(file, reason, clock.instant());
    record(
        "submission.returned",
        sheet.call(),
        by,
        Map.of(
            "wanted", slot.wanted().name(),
            "file", stands.name(),
            "document", stands.sha256().hex(),
            "reason", reason));
    var renewed = sheet(sheet.call(), sheet.draft());
    sheet
        .call()
        .addressee(sheet.draft())
        .filter(to -> stands.isOf(to.mail()))
        .ifPresent(_ -> ask(renewed, renewed.find(slot.wanted().id()).flatMap(Slot::returned), by));
  }

  /**
   * A call as it stands, nobody else changing it or its contract until the transaction ends.
   *
   * @throws StepRefused when its contract has left, or when one was made of it meanwhile
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public CallSheet held(Call call) {
    if (!call.cameFirst()) {
      return sheet(call, Optional.of(drafts.hold(call.contract().orElseThrow())));
    }
    var now =
        calls
            .lock(call.id())
            .filter(each -> each.endedAt().isEmpty())
            .orElseThrow(() -> new NotFound("call " + call.id()));
    if (now.contract().isPresent()) {
      throw new StepRefused(new Refusal.NotInThisState("DRAFT"));
    }
    return sheet(now, Optional.empty());
  }

  private CallSheet sheet(Call call) {
    return sheet(call, call.contract().map(contracts::get));
  }

  private CallSheet sheet(Call call, Optional<Particulars> draft) {
    return new CallSheet(call, draft, slots.of(call.id()));
  }

  private void record(String action, Call call, By by, Map<String, String> details) {
    audit.record(
        by.actor(),
        action,
        call.contract().map(ContractId::value).orElse(null),
        by.clientIp(),
        details);
  }
}
