package jp.musubi.signing;

import java.util.Map;
import java.util.TreeMap;
import jp.musubi.evidence.AuditTrail;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What somebody did by a link, in the record: by whom, with which link, from where. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class VisitRecord {
  private final AuditTrail audit;

  VisitRecord(AuditTrail audit) {
    this.audit = audit;
  }

  void note(Visit visit, Visitor visitor, String action, Map<String, String> details) {
    var all = new TreeMap<>(details);
    all.put("link", visit.link().id().toString());
    all.put("userAgent", visitor.userAgent());
    audit.record(visit.actor(), action, visit.contract().id().value(), visitor.clientIp(), all);
  }
}
