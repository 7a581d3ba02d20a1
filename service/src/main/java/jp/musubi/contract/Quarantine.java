package jp.musubi.contract;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.malware.MalwareScans;
import jp.musubi.malware.Verdict;
import jp.musubi.platform.Unavailable;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.inspection.Action;
import jp.musubi.seal.inspection.Finding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** 検疫. No upload is opened, inspected or kept before the scanner has seen it. */
@Component
class Quarantine {
  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "malware", "むすび");

  private final MalwareScans scans;
  private final AuditTrail audit;
  private final TransactionOperations transactions;

  Quarantine(MalwareScans scans, AuditTrail audit, TransactionOperations transactions) {
    this.scans = scans;
    this.audit = audit;
    this.transactions = transactions;
  }

  /**
   * The reason not to take an upload, if the scanner found one; it goes into the body's record.
   *
   * @throws Unavailable if the scanner gives no verdict
   */
  Optional<Finding> refuses(Path upload) {
    if (!(scans.scan(upload).verdict() instanceof Verdict.Infected(var signature))) {
      return Optional.empty();
    }
    var digest = Sha256.of(upload);
    LOG.warn("malware in an upload: {} in {}", signature, digest);
    transactions.executeWithoutResult(_ ->
        audit.record(
            SERVICE,
            "file.malware-found",
            null,
            null,
            Map.of("file", digest.hex(), "signature", signature)));
    return Optional.of(
        new Finding(
            "MALWARE", Action.REJECT, "malware", OptionalInt.empty(), Optional.empty(), signature));
  }
}
