package jp.musubi.counterparty;

import java.util.List;
import java.util.Optional;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.SendingGate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 建設工事の承諾の関門. A contract of works goes to nobody who has not consented before (建設業法 19 条 3 項). */
@Component
@Transactional(readOnly = true)
class ConsentGate implements SendingGate {
  private final Consents consents;
  private final SupplierStore suppliers;

  ConsentGate(Consents consents, SupplierStore suppliers) {
    this.consents = consents;
    this.suppliers = suppliers;
  }

  @Override
  public Optional<Refusal> refusesSending(Particulars draft) {
    return missing(draft).stream()
        .findFirst()
        .map(party -> new Refusal.ConsentMissing(party.signature()));
  }

  @Override
  public Optional<Refusal> refusesEditing(ContractId draft) {
    return Optional.empty();
  }

  @Override
  public Optional<Standing> standing(Particulars draft) {
    return missing(draft).stream().findFirst().map(this::standing);
  }

  private Standing standing(Party party) {
    var known =
        suppliers.byMail(String.valueOf(party.mail())).stream()
            .filter(each -> OrganisationNames.alike(each.details().name(), party.organisation()))
            .findFirst();
    return new Standing(
        "consent.gate.heading",
        known.isPresent() ? "consent.gate.text" : "consent.gate.unknown",
        known.isPresent() ? "consent.ask" : "supplier.new",
        known.map(each -> "/suppliers/" + each.id() + "/consents/new").orElse("/suppliers/new"),
        true,
        false);
  }

  private List<Party> missing(Particulars draft) {
    return draft.kind() == ContractKind.WORKS
        ? draft.parties(Party.Kind.COUNTERPARTY).stream()
            .filter(party ->
                !consents.isLiveFor(
                    party.organisation(), String.valueOf(party.mail()), draft.title()))
            .toList()
        : List.of();
  }
}
