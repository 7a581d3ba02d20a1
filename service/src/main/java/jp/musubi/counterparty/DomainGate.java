package jp.musubi.counterparty;

import java.util.List;
import java.util.Optional;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.SendingGate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 送信先ドメインの関門. Nothing goes to a domain that the body has shut out. */
@Component
@Transactional(readOnly = true)
class DomainGate implements SendingGate {
  private final CounterpartyRules rules;

  DomainGate(CounterpartyRules rules) {
    this.rules = rules;
  }

  @Override
  public Optional<Refusal> refusesSending(Particulars draft) {
    return denied(draft).stream().findFirst().map(Refusal.DomainDenied::new);
  }

  @Override
  public Optional<Refusal> refusesEditing(ContractId draft) {
    return Optional.empty();
  }

  @Override
  public Optional<Standing> standing(Particulars draft) {
    return denied(draft).stream()
        .findFirst()
        .map(_ ->
            new Standing(
                "rules.gate.heading",
                "rules.gate.text",
                "rules.gate.label",
                "/contracts/" + draft.id() + "/parties",
                true,
                false));
  }

  private List<String> denied(Particulars draft) {
    var domains = rules.current().domains();
    return draft.parties(Party.Kind.COUNTERPARTY).stream()
        .map(party -> String.valueOf(party.mail()))
        .filter(mail -> domains.of(mail) == MailDomains.Verdict.DENIED)
        .toList();
  }
}
