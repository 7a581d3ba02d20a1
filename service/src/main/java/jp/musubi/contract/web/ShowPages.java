package jp.musubi.contract.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Role;
import jp.musubi.authority.Target;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.CouncilVotes;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.PartyId;
import jp.musubi.contract.Phase;
import jp.musubi.contract.Revision;
import jp.musubi.contract.SendingGate;
import jp.musubi.evidence.AuditEntry;
import jp.musubi.evidence.Factors;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Component;

/** Puts a contract's page together. */
@Component
class ShowPages {
  private final Organisations organisations;
  private final List<SendingGate> gates;
  private final FamilyWords family;
  private final CouncilVotes votes;
  private final Words words;

  ShowPages(
      Organisations organisations,
      List<SendingGate> gates,
      FamilyWords family,
      CouncilVotes votes,
      Words words) {
    this.organisations = organisations;
    this.family = family;
    this.votes = votes;
    this.gates = List.copyOf(gates);
    this.words = words;
  }

  ShowPage of(
      Particulars contract,
      List<Agreement> agreements,
      List<AuditEntry> trail,
      StaffMember reader) {
    var phase = Phase.of(contract, agreements);
    var sealing = phase.isUnderWay() && contract.revisions().size() < agreements.size();
    return new ShowPage(
        "/contracts/" + contract.id(),
        contract.title(),
        contract.number(),
        ContractLines.chip(phase, contract.sealCause().isPresent()),
        LifeSteps.of(contract, phase, agreements),
        now(contract, phase, agreements, sealing),
        Text.of("contract.then." + (sealing ? "SEALING" : phase)),
        contract.sealCause().map(cause -> Text.of("contract.cause." + cause)).orElse(null),
        phase == Phase.CONCLUDED
            ? votes.of(contract.id()).map(CouncilWords::of).orElse(null)
            : null,
        sealing || phase == Phase.CONCLUDING,
        // What is asked before sending is not asked of what was never sent.
        contract.wasConcludedElsewhere()
            ? List.of()
            : gates.stream().flatMap(gate -> gate.standing(contract).stream()).toList(),
        actions(contract, phase, sealing, reader),
        facts(contract, reader),
        family.of(contract, reader),
        // Nobody agreed here to what was concluded elsewhere.
        contract.wasConcludedElsewhere() ? List.of() : signers(contract, agreements),
        trail.stream().map(this::event).toList(),
        contract.currentFile().hex(),
        seals(contract, agreements),
        phase == Phase.CONCLUDED,
        phase == Phase.ELSEWHERE,
        // Of what was disposed of there is nothing to show.
        ShowPage.Sheet.of(phase == Phase.DISPOSED ? 0 : contract.pages()));
  }

  private static Text now(
      Particulars contract, Phase phase, List<Agreement> agreements, boolean sealing) {
    if (sealing) {
      return Text.of("contract.now.SEALING", Words.moment(agreements.getLast().agreedAt()));
    }
    var key = "contract.now." + phase;
    return switch (phase) {
      case DRAFT -> Text.of(key, Words.moment(contract.createdAt()));
      case SCHEDULED -> Text.of(key, Words.moment(contract.releaseAt().orElseThrow()));
      case COUNTERPARTY, OFFICE ->
          Text.of(
              key,
              Phase.next(contract, agreements).stream()
                  .map(Party::signature)
                  .collect(Collectors.joining("、")),
              Words.moment(contract.revisions().getLast().sealedAt()));
      case CONCLUDING -> Text.of(key, Words.moment(agreements.getLast().agreedAt()));
      case CONCLUDED, ELSEWHERE, DISPOSED ->
          Text.of(key, Words.moment(contract.concludedAt().orElseThrow()));
      case DECLINED, RETURNED, WITHDRAWN, ON_PAPER ->
          Text.of(
              key, Words.moment(contract.endedAt().orElseThrow()), contract.endReason().orElse(""));
      case EXPIRED -> Text.of(key, Words.moment(contract.endedAt().orElseThrow()));
    };
  }

  private ShowPage.Actions actions(
      Particulars contract, Phase phase, boolean sealing, StaffMember reader) {
    var path = "/contracts/" + contract.id();
    var place = new Target(organisations.pathOf(contract.sectionId()), Set.of());
    var clerk = Authorisation.reach(reader, Act.HANDLE_CONTRACT).covers(place);
    var signer =
        reader.may(Role.SIGNER)
            && contract.parties(Party.Kind.OFFICE).stream()
                .anyMatch(party -> reader.id().equals(party.staffId()));
    return new ShowPage.Actions(
        clerk && phase == Phase.DRAFT ? path + draftStep(contract) : null,
        signer && phase == Phase.OFFICE && !sealing ? path + "/signature" : null,
        clerk && phase == Phase.COUNTERPARTY && !sealing ? path + "/invitation" : null,
        clerk && (phase.isUnderWay() || phase == Phase.DRAFT) ? path + "/withdrawal" : null,
        clerk && (phase.isUnderWay() || phase == Phase.DRAFT) ? path + "/paper" : null,
        clerk && phase == Phase.SCHEDULED ? path + "/schedule" : null,
        // The file of another service is no draft's document: it was never written anew.
        clerk && !contract.wasConcludedElsewhere() ? path + "/copy" : null,
        clerk && phase == Phase.CONCLUDED ? path + "/council-vote" : null);
  }

  private static String draftStep(Particulars contract) {
    return contract.parties().isEmpty()
        ? "/parties"
        : contract.deadline().isEmpty() ? "/terms" : "/review";
  }

  /** What the contract is about. */
  List<Fact> facts(Particulars contract, StaffMember reader) {
    var facts = new ArrayList<Fact>();
    // As the section was when the contract was made, whatever it is called today.
    organisations
        .section(contract.sectionId(), LocalDate.ofInstant(contract.createdAt(), Words.TOKYO))
        .ifPresent(section -> facts.add(Fact.of("contract.section", section.name())));
    for (var party : contract.parties(Party.Kind.COUNTERPARTY)) {
      facts.add(new Fact("contract.counterparty", party.signature(), party.mail()));
    }
    for (var party : contract.parties(Party.Kind.OFFICE)) {
      facts.add(Fact.of("contract.office", party.signature()));
    }
    facts.add(Fact.of("contract.field.kind", words.of("contract.kind." + contract.kind())));
    facts.add(Fact.of("contract.amount", words.yen(contract.amount())));
    facts.add(
        new Fact(
            "contract.contractDate",
            words.day(contract.contractDate()),
            words.of("contract.contractDate.note")));
    facts.add(
        Fact.of("contract.period", words.period(contract.periodFrom(), contract.periodUntil())));
    contract
        .deadline()
        .ifPresent(deadline -> facts.add(Fact.of("contract.deadline", Words.moment(deadline))));
    if (!contract.wasConcludedElsewhere()) {
      facts.add(Fact.of("contract.reading", words.of("contract.years", contract.readingYears())));
    }
    facts.add(
        new Fact(
            "contract.file", contract.fileName(), words.of("contract.pages", contract.pages())));
    facts.addAll(family.facts(contract, reader));
    return facts;
  }

  /** The parties, and how those who agreed were identified. */
  List<ShowPage.Signer> signers(Particulars contract, List<Agreement> agreements) {
    Map<PartyId, Agreement> given =
        agreements.stream().collect(Collectors.toMap(Agreement::party, Function.identity()));
    return contract.parties().stream()
        .map(party -> {
          var agreement = given.get(party.id());
          return new ShowPage.Signer(
              "contract.role." + party.role(),
              party.signature(),
              party.mail() == null ? "" : party.mail(),
              agreement != null,
              agreement == null ? "" : Words.exactly(agreement.agreedAt()),
              agreement == null ? "" : identified(agreement.manner()));
        })
        .toList();
  }

  /** How somebody was identified, with the level in plain words (LAW-5). */
  String identified(Agreement.Manner manner) {
    var factors =
        String.join(
            words.of("contract.factor.and"),
            Factors.inWords(
                manner.authentication(),
                factor -> words.known("contract.factor." + factor).orElse(factor)));
    return words.of("contract.identified", factors, words.of("contract.level." + manner.level()));
  }

  private ShowPage.Event event(AuditEntry entry) {
    var details = entry.details();
    var values =
        new Object[] {
          entry.actor().name(),
          details.getOrDefault("party", ""),
          Optional.ofNullable(details.get("refusal"))
              .map(refusal -> words.of(refusal + ".what"))
              .orElseGet(() -> details.getOrDefault("reason", "")),
          details.getOrDefault("file", ""),
          details.getOrDefault("post", ""),
          details.getOrDefault("instead", "")
        };
    return new ShowPage.Event(
        entry.at().toString(),
        Words.exactly(entry.at()),
        words
            .known("contract.history." + entry.action(), values)
            .orElseGet(
                () -> words.of("contract.history.other", entry.actor().name(), entry.action())));
  }

  private static String signer(
      Particulars contract, List<Agreement> agreements, Revision revision) {
    return agreements.stream()
        .filter(agreement -> agreement.id().equals(revision.agreement()))
        .findFirst()
        .flatMap(agreement -> contract.party(agreement.party()))
        .map(Party::signature)
        .orElseThrow();
  }

  private static List<ShowPage.Seal> seals(Particulars contract, List<Agreement> agreements) {
    return contract.revisions().stream()
        .map(revision ->
            new ShowPage.Seal(
                revision.ordinal() + 1,
                signer(contract, agreements, revision),
                Words.exactly(revision.sealedAt()),
                revision.sealSerial(),
                revision.timestampSerial()))
        .toList();
  }
}
