package jp.musubi.operations;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Body;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 緊急閲覧の記録: what each step leaves in the body's chain, and in the operators' own. */
@Component
@Transactional
class EmergencyRecord {
  private final AuditTrail audit;

  EmergencyRecord(AuditTrail audit) {
    this.audit = audit;
  }

  /** Whoever runs the service, as a chain names them. */
  static Actor operator(StaffMember member) {
    return new Actor(Actor.Kind.OPERATOR, member.id().toString(), member.name());
  }

  /** A step, in the chain of the body concerned. */
  void step(
      Emergency emergency, Actor by, String action, String clientIp, Map<String, String> details) {
    var all = new TreeMap<>(details);
    all.put("emergency", emergency.id().toString());
    all.put("reference", emergency.reference());
    all.put("hours", String.valueOf(emergency.length().toHours()));
    audit.record(by, action, emergency.contract(), clientIp, all);
  }

  /** That nothing could be asked for, in the chain of the body concerned. */
  void unasked(Emergencies.Wish wish, StaffMember operator, String why, String clientIp) {
    audit.record(
        operator(operator),
        "emergency.refused",
        null,
        clientIp,
        Map.of("number", wish.contractNumber(), "reason", wish.reason(), "why", why));
  }

  /** That it was asked for or not, in the operators' own chain. */
  void asked(
      Body body, Emergencies.Wish wish, StaffMember operator, boolean waits, String clientIp) {
    audit.record(
        operator(operator),
        waits ? "emergency.asked" : "emergency.refused",
        null,
        clientIp,
        Map.of("body", body.code(), "number", wish.contractNumber(), "reason", wish.reason()));
  }

  /** A later step, in the operators' own chain. */
  void atHome(
      Body body,
      UUID emergency,
      StaffMember operator,
      String action,
      Optional<Emergency.Refusal> refusal,
      String clientIp) {
    var details = new TreeMap<>(Map.of("body", body.code(), "emergency", emergency.toString()));
    refusal.ifPresent(why -> details.put("why", why.name()));
    audit.record(
        operator(operator),
        refusal.isEmpty() ? action : "emergency.refused",
        null,
        clientIp,
        details);
  }
}
