package jp.musubi.contract;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A contract that changes or corrects another says something else than that one does. */
@Component
@Transactional(readOnly = true)
class OriginGate implements SendingGate {
  private final OriginStore origins;
  private final ContractStore contracts;

  OriginGate(OriginStore origins, ContractStore contracts) {
    this.origins = origins;
    this.contracts = contracts;
  }

  @Override
  public Optional<Refusal> refusesSending(Particulars draft) {
    return origins
        .find(draft.id())
        .filter(origin -> saysTheSame(draft, origin))
        .map(_ -> new Refusal.SameDocument());
  }

  @Override
  public Optional<Refusal> refusesEditing(ContractId draft) {
    return Optional.empty();
  }

  @Override
  public Optional<Standing> standing(Particulars draft) {
    var key = "contract.origin.same";
    return draft.state().equals("DRAFT") && refusesSending(draft).isPresent()
        ? Optional.of(
            new Standing(
                key,
                key + ".text",
                key + ".link",
                "/contracts/" + draft.id() + "/document",
                true,
                false))
        : Optional.empty();
  }

  private boolean saysTheSame(Particulars draft, Origin origin) {
    return origin.relation().needsOtherWords()
        && origin instanceof Origin.Registered(_, var original)
        && contracts.find(original).orElseThrow().document().equals(draft.document());
  }
}
