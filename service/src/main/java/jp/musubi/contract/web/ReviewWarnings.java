package jp.musubi.contract.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.musubi.contract.DocumentPages;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.Identification;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.SendingCaution;
import jp.musubi.organisation.HolderNames;
import jp.musubi.organisation.Office;
import jp.musubi.organisation.OfficeRegister;
import jp.musubi.organisation.OfficeTerm;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** What the sender should look at before sending; nothing here keeps them from it. */
@Component
class ReviewWarnings {
  private static final Pattern PRIVATE_USE = Pattern.compile("\\p{Co}");

  private final Drafts drafts;
  private final DocumentPages pages;
  private final OfficeRegister offices;
  private final Organisations organisations;
  private final List<SendingCaution> cautions;
  private final Words words;

  ReviewWarnings(
      Drafts drafts,
      DocumentPages pages,
      OfficeRegister offices,
      Organisations organisations,
      List<SendingCaution> cautions,
      Words words) {
    this.drafts = drafts;
    this.pages = pages;
    this.offices = offices;
    this.organisations = organisations;
    this.cautions = List.copyOf(cautions);
    this.words = words;
  }

  /** Keys of the words, under which lie {@code .heading} and {@code .text}, and what they name. */
  List<Text> of(Particulars draft) {
    var warnings = new ArrayList<Text>();
    for (var counterparty : draft.parties(Party.Kind.COUNTERPARTY)) {
      if (drafts.identification(counterparty.id()).way() == Identification.Way.MAIL) {
        warnings.add(Text.of("contract.warning.mailOnly"));
      }
      if (PRIVATE_USE.matcher(counterparty.signature()).find()) {
        warnings.add(Text.of("contract.warning.privateUse"));
      }
      for (var office : draft.parties(Party.Kind.OFFICE)) {
        if (HolderNames.samePerson(office.name(), counterparty.name())) {
          warnings.add(
              Text.of("contract.warning.bothSides", office.name(), proposal(draft.officeId())));
        }
      }
    }
    draft.officeId().ifPresent(office -> formerHolders(draft, office, warnings));
    cautions.forEach(caution -> warnings.addAll(caution.of(draft)));
    return warnings;
  }

  private void formerHolders(Particulars draft, UUID office, List<Text> warnings) {
    var today = organisations.today();
    var terms = offices.terms(office);
    var current =
        terms.stream().filter(term -> term.holdsOn(today)).map(OfficeTerm::holderName).toList();
    var former =
        terms.stream()
            .filter(term -> term.until() != null && !term.until().isAfter(today))
            .map(OfficeTerm::holderName)
            .toList();
    if (former.isEmpty()) {
      return;
    }
    var text = new StringBuilder();
    for (var page = 1; page <= draft.pages(); page++) {
      text.append(pages.text(draft.currentFile(), page));
    }
    var named = HolderNames.formerIn(text.toString(), current, former);
    if (!named.isEmpty()) {
      warnings.add(
          Text.of(
              "contract.warning.formerHolder", String.join("、", named), String.join("、", current)));
    }
  }

  /** The office that may act instead, if somebody holds it today. */
  private String proposal(Optional<UUID> office) {
    return offices.offices().stream()
        .filter(other -> office.isPresent() && office.get().equals(other.actingFor()))
        .flatMap(other -> organisations.officeHeldOn(other.id(), organisations.today()).stream())
        .findFirst()
        .map(this::acting)
        .orElseGet(() -> words.of("contract.warning.bothSides.noActing"));
  }

  private String acting(Office office) {
    return words.of("contract.warning.bothSides.acting", office.title(), office.holderName());
  }
}
