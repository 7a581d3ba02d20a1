package jp.musubi.approval;

import java.util.LinkedHashMap;
import java.util.Map;
import jp.musubi.contract.ContractId;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Component;

/** What the audit chain keeps of an approval, in the transaction of the step. */
@Component
class ApprovalRecord {
  private final AuditTrail audit;
  private final People people;

  ApprovalRecord(AuditTrail audit, People people) {
    this.audit = audit;
    this.people = people;
  }

  void asked(
      ContractId contract, Approval.Asked asked, String route, StaffMember clerk, String clientIp) {
    var details = details(asked);
    details.put("route", route);
    details.put("version", String.valueOf(asked.subject().version()));
    details.put("content", asked.subject().content().hex());
    details.put("number", asked.decided().number());
    details.put("day", asked.decided().day().map(Object::toString).orElse(""));
    details.put("decided", asked.decided().digest().map(Sha256::hex).orElse(""));
    details.put("comparison", asked.decided().comparison().name());
    audit.record(clerk.actor(), "approval.asked", contract.value(), clientIp, details);
  }

  /** The same, along another route; who asked stays who asked. */
  void askedAlong(
      ContractId contract, Approval.Asked anew, String route, StaffMember admin, String clientIp) {
    var details = details(anew);
    details.put("route", route);
    audit.record(admin.actor(), "approval.led-along", contract.value(), clientIp, details);
  }

  /** An entry for each seat, and one for the end. */
  void taken(ContractId contract, Outcome.Taken taken, StaffMember who, String clientIp) {
    for (var consent : taken.given()) {
      var details = details(taken.next().asked());
      details.put("post", people.post(consent.post()));
      details.put("step", String.valueOf(consent.step() + 1));
      consent
          .instead()
          .ifPresent(holder -> {
            details.put("insteadOf", holder.toString());
            details.put("instead", people.name(holder));
          });
      audit.record(
          who.actor(),
          consent.instead().isPresent() ? "approval.given-instead" : "approval.given",
          contract.value(),
          clientIp,
          details);
    }
    var details = details(taken.next().asked());
    switch (taken.next()) {
      case Approval.UnderWay _ -> {}
      case Approval.Approved _ ->
          audit.record(who.actor(), "approval.completed", contract.value(), clientIp, details);
      case Approval.Returned returned -> {
        details.put("reason", returned.comment());
        audit.record(who.actor(), "approval.returned", contract.value(), clientIp, details);
      }
      case Approval.Rerouted rerouted -> {
        details.put("reason", rerouted.reason());
        audit.record(who.actor(), "approval.rerouted", contract.value(), clientIp, details);
      }
      case Approval.Recalled _ ->
          audit.record(who.actor(), "approval.recalled", contract.value(), clientIp, details);
    }
  }

  private static Map<String, String> details(Approval.Asked asked) {
    var details = new LinkedHashMap<String, String>();
    details.put("approval", asked.id().toString());
    details.put("document", asked.subject().document().hex());
    return details;
  }
}
