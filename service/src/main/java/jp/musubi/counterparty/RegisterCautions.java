package jp.musubi.counterparty;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.SendingCaution;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * 台帳から見た注意. An address or a name that is nearly one of the register, somebody whose time ends
 * before the deadline, a domain that is not on the body's list.
 */
@Component
@Transactional(readOnly = true)
class RegisterCautions implements SendingCaution {
  private final SupplierStore suppliers;
  private final CounterpartyRules rules;

  RegisterCautions(SupplierStore suppliers, CounterpartyRules rules) {
    this.suppliers = suppliers;
    this.rules = rules;
  }

  @Override
  public List<Text> of(Particulars draft) {
    var cautions = new ArrayList<Text>();
    var register = new Likenesses(suppliers.known());
    var domains = rules.current().domains();
    var lastDay =
        draft.deadline().map(deadline -> LocalDate.ofInstant(deadline, JapaneseDates.ZONE));
    for (var party : draft.parties(Party.Kind.COUNTERPARTY)) {
      var mail = String.valueOf(party.mail());
      var registered = suppliers.byMail(mail);
      if (registered.isEmpty()) {
        alike(register, party, mail).ifPresent(cautions::add);
      } else if (registered.stream()
          .noneMatch(
              each -> OrganisationNames.alike(each.details().name(), party.organisation()))) {
        cautions.add(
            Text.of(
                "supplier.caution.otherName",
                party.organisation(),
                mail,
                registered.getFirst().details().name()));
      }
      lastDay
          .flatMap(day -> ending(registered, mail, day))
          .ifPresent(until ->
              cautions.add(
                  Text.of("supplier.caution.ends", party.signature(), JapaneseDates.date(until))));
      if (domains.of(mail) == MailDomains.Verdict.NOT_ALLOWED) {
        cautions.add(Text.of("supplier.caution.domain", mail));
      }
    }
    return cautions;
  }

  /** An address that nobody has, of a name or nearly an address that somebody has. */
  private static Optional<Text> alike(Likenesses register, Party party, String mail) {
    return register
        .of(
            new NearMiss.Typed(
                Optional.empty(), party.organisation(), Optional.empty(), List.of(mail)))
        .stream()
        // An address nearly typed says more than a name that is the same.
        .min(java.util.Comparator.comparing(miss -> miss.kind() == NearMiss.Kind.SAME_NAME))
        .map(miss ->
            Text.of(
                "supplier.caution." + miss.kind(),
                party.organisation(),
                mail,
                miss.name(),
                miss.detail()));
  }

  /** The last day of whoever acts by this address, if it comes before the deadline's. */
  private static Optional<LocalDate> ending(List<Supplier> registered, String mail, LocalDate day) {
    var acting =
        registered.stream()
            .flatMap(each -> each.contacts().stream())
            .filter(each -> each.endedAt().isEmpty())
            .filter(each -> each.person().mail().equalsIgnoreCase(mail))
            .toList();
    return acting.isEmpty() || acting.stream().anyMatch(each -> each.actsOn(day))
        ? Optional.empty()
        : acting.stream().flatMap(each -> each.person().until().stream()).max(LocalDate::compareTo);
  }
}
