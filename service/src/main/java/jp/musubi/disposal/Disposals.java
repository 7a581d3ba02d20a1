package jp.musubi.disposal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Decision;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 廃棄: one proposes, another confirms or sends back. Confirming writes state and record in one
 * transaction, and from then on nobody reads the files; {@link Erasing} takes them away afterwards.
 */
@Service
@Transactional
class Disposals {
  private final Candidates candidates;
  private final ProposalStore proposals;
  private final RecordStore records;
  private final Contracts contracts;
  private final Organisations organisations;
  private final Idempotency idempotency;
  private final AuditTrail audit;
  private final Clock clock;

  Disposals(
      Candidates candidates,
      ProposalStore proposals,
      RecordStore records,
      Contracts contracts,
      Organisations organisations,
      Idempotency idempotency,
      AuditTrail audit,
      Clock clock) {
    this.candidates = candidates;
    this.proposals = proposals;
    this.records = records;
    this.contracts = contracts;
    this.organisations = organisations;
    this.idempotency = idempotency;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A contract of a proposal.
   *
   * @param files what is stored of it now
   */
  record Item(Candidate contract, List<RecordStore.Stored> files) {}

  /**
   * A proposal with what it would dispose of.
   *
   * @param shown stands for all that a page shows of it, so that exactly that is confirmed
   */
  record Shown(Proposal proposal, List<Item> items, Sha256 shown) {}

  /** What may be proposed within somebody's reach. */
  @Transactional(readOnly = true)
  public List<Candidate> due(StaffMember reader, int most) {
    return candidates.due(
        Authorisation.reach(reader, Act.SEE_DISPOSALS), organisations.today(), most);
  }

  /** One contract, as far as its disposal goes. */
  @Transactional(readOnly = true)
  public Optional<Candidate> find(ContractId contract) {
    return candidates.find(contract);
  }

  /** Which of these numbers are of contracts that somebody may know of. */
  @Transactional(readOnly = true)
  public List<String> known(List<String> numbers, StaffMember reader) {
    return numbers.isEmpty()
        ? numbers
        : candidates.known(Authorisation.reach(reader, Act.SEE_CONTRACT), numbers);
  }

  /** 廃棄記録 of a contract. */
  @Transactional(readOnly = true)
  public Optional<DisposalRecord> record(ContractId contract) {
    return records.find(contract);
  }

  /** 廃棄簿 within somebody's reach, of what was confirmed from one moment until another. */
  @Transactional(readOnly = true)
  public List<DisposalRecord> book(StaffMember reader, Instant from, Instant until) {
    return records.book(Authorisation.reach(reader, Act.SEE_DISPOSALS), from, until);
  }

  /** Proposals all of whose contracts are within reach. */
  @Transactional(readOnly = true)
  public List<Proposal> proposals(StaffMember reader, int most) {
    return proposals.all(most).stream()
        .filter(each -> covers(reader, Act.SEE_DISPOSALS, candidates.of(each.id())))
        .toList();
  }

  /**
   * One proposal.
   *
   * @throws NotFound if there is none, or not all of it is within reach
   */
  @Transactional(readOnly = true)
  public Shown show(UUID id, StaffMember reader) {
    return shown(proposals.find(id).orElseThrow(() -> missing(id)), reader, Act.SEE_DISPOSALS);
  }

  /**
   * Proposes; the form's key makes it happen once.
   *
   * @return where the proposal is
   * @throws Refused if one of them may not be disposed of
   */
  public String propose(
      Collection<UUID> ids, String reason, String key, StaffMember by, String clientIp) {
    return idempotency.once(
        key,
        "disposal of %s because %s".formatted(ids.stream().sorted().toList(), reason),
        () -> {
          var found = candidates.lock(ids);
          if (found.size() != ids.size() || !covers(by, Act.PROPOSE_DISPOSAL, found)) {
            throw new NotFound("contracts to be disposed of");
          }
          found.forEach(each -> {
            each.refuses(organisations.today())
                .ifPresent(refusal -> {
                  throw new Refused(refusal, each.number());
                });
            if (each.proposed() != null) {
              throw new Refused(Refusal.PROPOSED_ALREADY, each.number());
            }
          });
          var proposal =
              new Proposal(
                  UUID.randomUUID(),
                  reason,
                  by.id(),
                  by.name(),
                  clock.instant(),
                  found.size(),
                  null);
          proposals.insert(proposal, ids);
          note(found, "disposal.proposed", proposal, Map.of("reason", reason), by, clientIp);
          return "/disposal/proposals/" + proposal.id();
        });
  }

  /**
   * 差戻し, by whoever might confirm it, or by whoever proposed it.
   *
   * @throws Refused if it was decided on
   */
  public void giveBack(UUID id, String reason, StaffMember by, String clientIp) {
    var proposal = proposals.lock(id).orElseThrow(() -> missing(id));
    var shown = shown(proposal, by, Act.SEE_DISPOSALS);
    if (!proposal.isOpen()) {
      throw new Refused(Refusal.DECIDED, "");
    }
    proposals.decide(
        id,
        new Proposal.Decision(
            Proposal.Outcome.RETURNED, by.name(), Optional.of(reason), clock.instant()),
        by);
    note(
        shown.items().stream().map(Item::contract).toList(),
        "disposal.returned",
        proposal,
        Map.of("reason", reason),
        by,
        clientIp);
  }

  /**
   * 確定 by a second person.
   *
   * @param seen as {@link Shown#shown} was when they looked
   * @throws Refused if it may not be, or is not any more what they saw
   */
  public void confirm(UUID id, String key, Sha256 seen, StaffMember by, Agreement.Manner manner) {
    idempotency.once(
        key,
        "confirmation of disposal %s by %s".formatted(id, by.id()),
        () -> {
          confirm(id, seen, by, manner);
          return "/disposal/proposals/" + id;
        });
  }

  private void confirm(UUID id, Sha256 seen, StaffMember by, Agreement.Manner manner) {
    var proposal = proposals.lock(id).orElseThrow(() -> missing(id));
    candidates.lock(
        candidates.of(id).stream().map(each -> each.id().value()).collect(Collectors.toSet()));
    var shown = shown(proposal, by, Act.CONFIRM_DISPOSAL);
    var all = shown.items().stream().map(Item::contract).toList();
    var today = organisations.today();
    proposal
        .refusesConfirmation(proposals.isProposer(proposal, by), all, today)
        .ifPresent(refusal -> {
          throw new Refused(
              refusal,
              all.stream()
                  .filter(each -> each.refuses(today).filter(refusal::equals).isPresent())
                  .map(Candidate::number)
                  .collect(Collectors.joining("、")));
        });
    if (!shown.shown().equals(seen)) {
      throw new Refused(Refusal.CHANGED, "");
    }
    var now = clock.instant();
    proposals.decide(
        id,
        new Proposal.Decision(Proposal.Outcome.CONFIRMED, by.name(), Optional.empty(), now),
        by);
    var confirmation = new RecordStore.Confirmation(by.name(), now, manner.authentication());
    for (var each : all) {
      records.insert(each, proposal, section(each), confirmation);
      if (contracts.dispose(each.id(), by.actor(), manner) instanceof Decision.Refused(var why)) {
        throw new IllegalStateException("contract %s: %s".formatted(each.number(), why));
      }
    }
  }

  private Shown shown(Proposal proposal, StaffMember reader, Act act) {
    var all = candidates.of(proposal.id());
    if (!covers(reader, act, all)) {
      throw missing(proposal.id());
    }
    var items = all.stream().map(each -> new Item(each, records.files(each.id()))).toList();
    return new Shown(proposal, items, Sha256.of(items.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private boolean covers(StaffMember who, Act act, List<Candidate> all) {
    return candidates.allWithin(Authorisation.reach(who, act), all);
  }

  private String section(Candidate of) {
    var made = LocalDate.ofInstant(of.createdAt(), JapaneseDates.ZONE);
    return organisations.section(of.section(), made).map(Section::name).orElse("");
  }

  private void note(
      List<Candidate> all,
      String action,
      Proposal proposal,
      Map<String, String> more,
      StaffMember by,
      String clientIp) {
    var details = new java.util.TreeMap<>(more);
    details.put("proposal", proposal.id().toString());
    all.forEach(each -> audit.record(by.actor(), action, each.id().value(), clientIp, details));
  }

  private static NotFound missing(UUID id) {
    return new NotFound("disposal proposal " + id);
  }
}
