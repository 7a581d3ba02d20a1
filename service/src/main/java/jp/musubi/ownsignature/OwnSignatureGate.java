package jp.musubi.ownsignature;

import java.util.Optional;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.SendingGate;
import jp.musubi.platform.PartyAnchors;
import org.springframework.stereotype.Component;

/** Nobody is asked for a signature that the installation could not take. */
@Component
class OwnSignatureGate implements SendingGate {
  private final PartyAnchors anchors;

  OwnSignatureGate(PartyAnchors anchors) {
    this.anchors = anchors;
  }

  @Override
  public Optional<Refusal> refusesSending(Particulars draft) {
    var own = draft.parties().stream().filter(Party::ownSignature).toList();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    if (!anchors.isOn()) {
      return Optional.of(new Refusal.OwnSignatureNotPossible());
    }
    var crowded = draft.order().crowded();
    return crowded.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Refusal.OwnSignatureNotAlone(crowded.stream().map(Party::signature).toList()));
  }

  @Override
  public Optional<Refusal> refusesEditing(ContractId draft) {
    return Optional.empty();
  }

  @Override
  public Optional<Standing> standing(Particulars draft) {
    if (!draft.state().equals("DRAFT")) {
      return Optional.empty();
    }
    return refusesSending(draft)
        .map(refusal -> {
          var key =
              refusal instanceof Refusal.OwnSignatureNotAlone
                  ? "contract.own.crowded"
                  : "contract.own.off";
          return new Standing(
              key,
              key + ".text",
              "contract.own.link",
              "/contracts/" + draft.id() + "/parties",
              true,
              false);
        });
  }
}
