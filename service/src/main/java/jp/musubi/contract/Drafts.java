package jp.musubi.contract;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.archival.ArchivalReport;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 下書きを作る. What a sender enters, saved step by step; nothing leaves the house from here.
 *
 * <p>All steps throw {@link jp.musubi.platform.ConcurrentChange} when the contract is no draft any
 * more, {@link StepRefused} while a {@link SendingGate} keeps it as it is, and {@link NotFound}
 * when the current body has none of that key.
 */
@Service
@Transactional
public class Drafts {
  private final DraftStore drafts;
  private final Layouts layouts;
  private final Archival archival;
  private final ContractStore contracts;
  private final Organisations organisations;
  private final List<SendingGate> gates;
  private final Arrangements arrangements;
  private final Mandates mandates;
  private final AuditTrail audit;
  private final Clock clock;

  Drafts(
      DraftStore drafts,
      Layouts layouts,
      Archival archival,
      ContractStore contracts,
      Organisations organisations,
      List<SendingGate> gates,
      Arrangements arrangements,
      Mandates mandates,
      AuditTrail audit,
      Clock clock) {
    this.drafts = drafts;
    this.layouts = layouts;
    this.archival = archival;
    this.contracts = contracts;
    this.organisations = organisations;
    this.gates = List.copyOf(gates);
    this.arrangements = arrangements;
    this.mandates = mandates;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A file that was inspected, rebuilt and stored.
   *
   * @param fileName as uploaded; a name only, never a path
   * @param original digest of the upload itself, before it was written anew; empty where unknown
   * @param madeFrom name of the office's document that this PDF was made from, if it was
   * @param archival whether it is the PDF/A that it claims to be; empty where nobody has looked
   */
  public record Document(
      String fileName,
      Sha256 sha256,
      int pages,
      Optional<Sha256> original,
      Optional<String> madeFrom,
      Optional<ArchivalReport> archival) {

    /** A file whose claim of being PDF/A was not checked. */
    public Document(
        String fileName,
        Sha256 sha256,
        int pages,
        Optional<Sha256> original,
        Optional<String> madeFrom) {
      this(fileName, sha256, pages, original, madeFrom, Optional.empty());
    }

    /** A file of which only the rebuilt form is known. */
    public Document(String fileName, Sha256 sha256, int pages) {
      this(fileName, sha256, pages, Optional.empty(), Optional.empty());
    }

    /** What the contract is called until somebody enters its 件名. */
    String provisionalTitle() {
      var stem = fileName.replaceFirst("(?i)\\.pdf$", "").strip();
      return stem.isEmpty() ? fileName : stem;
    }
  }

  /** Begins a draft with its document. */
  public ContractId begin(Document document, StaffMember clerk, String clientIp) {
    return begin(document, document.provisionalTitle(), clerk, clientIp);
  }

  /** The same where it is known already what the contract is called. */
  public ContractId begin(Document document, String title, StaffMember clerk, String clientIp) {
    var now = clock.instant();
    var id = new ContractId(UUID.randomUUID());
    var year = DocumentNumbers.fiscalYear(now);
    drafts.insert(
        new DraftStore.Opening(
            id,
            DocumentNumbers.of(year, contracts.nextNumber(year)),
            title,
            clerk.sectionId(),
            clerk.id(),
            document.fileName(),
            document.sha256(),
            document.pages(),
            now));
    drafts.setOriginal(id, document.original());
    layouts.made(id, document.sha256(), document.madeFrom());
    document.archival().ifPresent(report -> archival.note(id, document.sha256(), report));
    record(id, "contract.drafted", clerk, clientIp, documentDetails(document));
    return id;
  }

  /** Puts another document in the draft's place; what was prepared from the old one is void. */
  public void replaceDocument(
      ContractId id, Document document, StaffMember clerk, String clientIp) {
    mayBeChanged(id);
    drafts.setDocument(id, document.fileName(), document.sha256(), document.pages());
    drafts.setOriginal(id, document.original());
    layouts.made(id, document.sha256(), document.madeFrom());
    document.archival().ifPresent(report -> archival.note(id, document.sha256(), report));
    record(id, "contract.document-replaced", clerk, clientIp, documentDetails(document));
  }

  /** Settles who signs, and when. */
  public void enterParties(ContractId id, Lineup lineup, StaffMember clerk) {
    mayBeChanged(id);
    var body = organisations.body(clerk.tenant()).orElseThrow(() -> new NotFound("body"));
    var section =
        organisations.section(clerk.sectionId()).orElseThrow(() -> new NotFound("section"));
    drafts.setOffice(id, lineup.office().id());
    var parties = lineup.parties(body, section, clerk);
    parties.forEach(party -> drafts.put(id, party, lineup.identification(party)));
    drafts.removeFrom(id, parties.size());
  }

  /**
   * Settles this, by which 委任 agents act, and how the parties were to stand.
   *
   * @param arrangement chosen for it; empty for none
   */
  public void enterParties(
      ContractId id,
      Lineup lineup,
      Optional<UUID> arrangement,
      StaffMember clerk,
      String clientIp) {
    enterParties(id, lineup, clerk);
    mandates.choose(id, lineup.mandates(), clerk, clientIp);
    arrangements.choose(id, arrangement, clerk, clientIp);
  }

  /** Settles what the contract is about and until when. */
  public void enterTerms(ContractId id, Terms terms) {
    mayBeChanged(id);
    drafts.setTerms(id, terms);
  }

  /** Settles this, and what of its wording decides whether it may be electronic. */
  public void enterTerms(ContractId id, Terms terms, Clauses clauses) {
    enterTerms(id, terms);
    drafts.setClauses(id, clauses);
  }

  /** Settles all this, and what other features asked beside it. */
  public void enterTerms(
      ContractId id, Terms terms, Clauses clauses, List<TermsPart.Entered> beside) {
    enterTerms(id, terms, clauses);
    beside.forEach(TermsPart.Entered::save);
  }

  /** Settles the bytes that will be signed. */
  public void settle(ContractId id, Sha256 prepared) {
    settle(id, prepared, OptionalInt.empty());
  }

  /**
   * The same for bytes that were bound from several files.
   *
   * @param pages of them; empty where they are the document's
   */
  void settle(ContractId id, Sha256 prepared, OptionalInt pages) {
    mayBeChanged(id);
    drafts.setPrepared(id, prepared, pages);
  }

  /** What is part of the file has changed: what was prepared before is void. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void unsettle(ContractId id) {
    mayBeChanged(id);
    drafts.unsettle(id);
  }

  /**
   * A draft as it stands, its row locked until the caller's transaction ends, so that nobody
   * changes or sends it meanwhile.
   *
   * @throws StepRefused when it is no draft any more
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Particulars hold(ContractId id) {
    if (!(contracts.lock(id).value() instanceof Contract.Draft)) {
      throw new StepRefused(new Refusal.NotInThisState("Dispatched"));
    }
    return contracts.find(id).orElseThrow();
  }

  /** Digest of the upload itself; empty for drafts from before it was kept. */
  @Transactional(readOnly = true)
  public Optional<Sha256> original(ContractId id) {
    return drafts.original(id);
  }

  /** How a counterparty shows who it is. */
  @Transactional(readOnly = true)
  public Identification identification(PartyId party) {
    return drafts.identification(party);
  }

  /** The row stays locked, so that nobody asks for approval between the question and the change. */
  void mayBeChanged(ContractId id) {
    contracts.lock(id);
    for (var gate : gates) {
      gate.refusesEditing(id)
          .ifPresent(refusal -> {
            throw new StepRefused(refusal);
          });
    }
  }

  private void record(
      ContractId id,
      String action,
      StaffMember clerk,
      String clientIp,
      Map<String, String> details) {
    audit.record(clerk.actor(), action, id.value(), clientIp, details);
  }

  private static Map<String, String> documentDetails(Document document) {
    return Map.of("file", document.fileName(), "document", document.sha256().hex());
  }
}
