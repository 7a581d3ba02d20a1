package jp.musubi.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the audit chain keeps of a step beside who, when and from where (LAW-4). */
final class AuditDetails {
  private AuditDetails() {}

  static Map<String, String> of(Decision.Accepted accepted, Agreement.@Nullable Manner manner) {
    var details = new LinkedHashMap<String, String>();
    switch (accepted.next()) {
      case AwaitingAgreements c -> details.put("document", c.current().hex());
      case Contract.Concluded c -> concluded(details, c);
      case Contract.Elsewhere c -> details.put("document", c.file().hex());
      case Contract.Disposed(Contract.Concluded was) -> concluded(details, was);
      case Contract.Disposed(Contract.Elsewhere was) -> details.put("document", was.file().hex());
      case Contract.Declined c -> details.put("reason", c.reason());
      case Contract.Returned c -> details.put("reason", c.reason());
      case Contract.OnPaper c -> details.put("reason", c.reason());
      case Contract.Withdrawn c -> details.put("reason", c.reason());
      case Contract.Scheduled c -> {
        details.put("document", c.prepared().hex());
        details.put("releaseAt", c.releaseAt().toString());
      }
      case Contract.Draft _, Contract.Concluding _, Contract.Expired _ -> {}
    }
    for (var event : accepted.events()) {
      if (event instanceof ContractEvent.Agreed(_, var party)) {
        details.put("party", party.signature());
      }
      if (event instanceof ContractEvent.HeldBack(_, _, var because)) {
        details.put("refusal", RefusalMessages.key(because));
      }
      if (event instanceof ContractEvent.Delegated(_, _, var to)) {
        details.put("party", to.signature());
      }
    }
    if (manner != null) {
      details.put("authentication", manner.authentication());
      details.put("level", manner.level());
      details.put("userAgent", manner.userAgent());
    }
    return details;
  }

  private static void concluded(Map<String, String> details, Contract.Concluded c) {
    details.put("document", c.file().hex());
    details.put("certificate", c.certificate().hex());
    details.put("certificateMasked", c.certificateMasked().hex());
  }
}
