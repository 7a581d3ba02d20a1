package jp.musubi.disposal;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.DocumentPages;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.vault.Erasure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * 消去: takes away what was confirmed, of the current body. It may end anywhere and begin again; what
 * is done is written down file by file, and the end only when all is.
 */
@Service
class Erasing {
  private static final Logger LOG = LoggerFactory.getLogger(Erasing.class);
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "disposal", "むすび");

  private final RecordStore records;
  private final Erasure erasure;
  private final DocumentPages pages;
  private final Blanking blanking;
  private final AuditTrail audit;
  private final TransactionOperations transactions;
  private final Clock clock;

  Erasing(
      RecordStore records,
      Erasure erasure,
      DocumentPages pages,
      Blanking blanking,
      AuditTrail audit,
      TransactionOperations transactions,
      Clock clock) {
    this.records = records;
    this.erasure = erasure;
    this.pages = pages;
    this.blanking = blanking;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Erases all that is to be; how many contracts are done with. */
  int run() {
    var done = 0;
    for (var contract : in(records::toErase)) {
      try {
        erase(contract);
        done++;
      } catch (RuntimeException e) {
        // One contract's trouble must not keep the others; the next run goes on where it stopped.
        LOG.atError()
            .setCause(e)
            .addKeyValue("contract", contract)
            .log("what was disposed of could not be erased yet");
      }
    }
    return done;
  }

  private void erase(ContractId contract) {
    for (var file : in(() -> records.unsettled(contract))) {
      var outcome = erasure.of(file);
      if (outcome == Erasure.Outcome.ERASED) {
        pages.forget(file);
      }
      transactions.executeWithoutResult(
          _ -> records.settle(contract, file, outcome, clock.instant()));
    }
    transactions.executeWithoutResult(_ -> finish(contract));
  }

  private void finish(ContractId contract) {
    if (!records.erased(contract, clock.instant())) {
      return;
    }
    blanking.of(contract);
    var record = records.find(contract).orElseThrow();
    audit.record(
        SERVICE,
        "disposal.erased",
        contract.value(),
        null,
        Map.of(
            "document",
            record.sha256(),
            "files",
            String.valueOf(record.files()),
            "kept",
            String.valueOf(record.kept())));
  }

  private <T> T in(Supplier<T> query) {
    return Objects.requireNonNull(transactions.execute(_ -> query.get()));
  }
}
