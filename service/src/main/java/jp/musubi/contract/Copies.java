package jp.musubi.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 複写. A new draft with the document and its attachments, the parties and the terms of an earlier
 * contract; what is of its time, 契約日 and deadline, and what was kept within the house, is not
 * copied.
 */
@Service
@Transactional
public class Copies {
  private final ContractStore contracts;
  private final Drafts drafts;
  private final DraftStore rows;
  private final AttachmentStore attachments;
  private final Layouts layouts;
  private final Archival archival;
  private final Origins origins;
  private final List<TermsPart> parts;
  private final List<Inscription> inscriptions;
  private final SealLooks looks;
  private final Arrangements arrangements;
  private final Organisations organisations;
  private final Idempotency idempotency;
  private final AuditTrail audit;

  Copies(
      ContractStore contracts,
      Drafts drafts,
      DraftStore rows,
      AttachmentStore attachments,
      Layouts layouts,
      Archival archival,
      Origins origins,
      List<TermsPart> parts,
      List<Inscription> inscriptions,
      SealLooks looks,
      Arrangements arrangements,
      Organisations organisations,
      Idempotency idempotency,
      AuditTrail audit) {
    this.contracts = contracts;
    this.drafts = drafts;
    this.rows = rows;
    this.attachments = attachments;
    this.layouts = layouts;
    this.archival = archival;
    this.origins = origins;
    this.parts = List.copyOf(parts);
    this.inscriptions = List.copyOf(inscriptions);
    this.looks = looks;
    this.arrangements = arrangements;
    this.organisations = organisations;
    this.idempotency = idempotency;
    this.audit = audit;
  }

  /**
   * Makes the draft, in the clerk's own section.
   *
   * @param relation how it goes back to the earlier one; empty for a mere copy
   * @param key the form's idempotency key
   * @throws StepRefused if the earlier one cannot be gone back to so
   */
  public ContractId copy(
      ContractId from, Optional<Relation> relation, String key, StaffMember clerk, String ip) {
    var answer =
        idempotency.once(
            key,
            "copy %s %s".formatted(from, relation),
            () -> make(from, relation, clerk, ip).toString());
    return new ContractId(UUID.fromString(answer));
  }

  private ContractId make(
      ContractId from, Optional<Relation> relation, StaffMember clerk, String ip) {
    var earlier = contracts.find(from).orElseThrow(() -> new NotFound("contract " + from));
    if (earlier.wasConcludedElsewhere()) {
      // Its file was kept as it came, and never written anew as a draft's document is (PDF-P16).
      throw new StepRefused(new Refusal.NotInThisState(earlier.state()));
    }
    var draft =
        drafts.begin(
            new Drafts.Document(
                earlier.fileName(),
                earlier.document(),
                attachments.of(from).documentPages(),
                drafts.original(from),
                Optional.empty()),
            clerk,
            ip);
    attachments.copy(from, draft, clerk.id());
    layouts.copy(from, draft);
    archival.copy(from, draft);
    lineup(earlier)
        .ifPresent(lineup ->
            drafts.enterParties(
                draft, lineup, arrangements.chosenFor(from).map(Arrangement::id), clerk, ip));
    rows.copyTerms(from, draft);
    parts.forEach(part -> part.copy(from, draft));
    inscriptions.forEach(each -> each.copy(from, draft));
    looks.copy(from, draft);
    relation.ifPresent(
        how -> origins.set(draft, Optional.of(new Origin.Registered(how, from)), clerk, ip));
    audit.record(
        clerk.actor(), "contract.copied", draft.value(), ip, Map.of("from", from.toString()));
    return draft;
  }

  /** Who took part, if the office is held today; whoever holds it signs this time. */
  private Optional<Lineup> lineup(Particulars earlier) {
    var parties = earlier.parties(Party.Kind.COUNTERPARTY);
    if (parties.isEmpty()) {
      return Optional.empty();
    }
    var office = earlier.parties(Party.Kind.OFFICE);
    return earlier
        .officeId()
        .flatMap(id -> organisations.officeHeldOn(id, organisations.today()))
        .map(held ->
            new Lineup(
                parties.stream().map(this::counterparty).toList(),
                held,
                !office.isEmpty() && office.getFirst().turn() < parties.getFirst().turn()));
  }

  private Counterparty counterparty(Party party) {
    return new Counterparty(
        party.capacity() == null ? Party.Capacity.AUTHORITY : party.capacity(),
        party.venture(),
        party.turn(),
        party.organisation(),
        party.title(),
        party.name(),
        party.mail() == null ? "" : party.mail(),
        drafts.identification(party.id()),
        // A 委任 is chosen anew: it may have ended since, or not cover the copy.
        Optional.empty(),
        party.ownSignature());
  }
}
