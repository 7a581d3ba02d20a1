package jp.musubi.renewal;

import java.time.Clock;
import java.time.Duration;
import jp.musubi.contract.ContractId;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.Unavailable;
import jp.musubi.seal.Port;
import jp.musubi.seal.SealException;
import jp.musubi.sealing.NotValid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** 待つ理由: what could not be done stays to be done, says why, and is tried again after a pause. */
@Component("renewalWaiting")
class Waiting {
  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
  private static final Duration PAUSE = Duration.ofHours(1);

  private final Work work;
  private final TransactionOperations transactions;
  private final Clock clock;

  Waiting(Work work, TransactionOperations transactions, Clock clock) {
    this.work = work;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Notes what happened; whether the same would happen to all others. */
  Outcome on(ContractId contract, RuntimeException e) {
    var trouble = trouble(e);
    LOG.atWarn()
        .setCause(e)
        .addKeyValue("contract", contract)
        .addKeyValue("trouble", trouble)
        .log("the validity of a contract could not be looked at or extended yet");
    var now = clock.instant();
    transactions.executeWithoutResult(_ -> work.waits(contract, trouble, now, now.plus(PAUSE)));
    var all = e instanceof NoLater || (e instanceof SealException seal && seal.port() != Port.PDF);
    return all ? Outcome.ALL_WAIT : Outcome.WAITS;
  }

  private static String trouble(RuntimeException e) {
    return switch (e) {
      case SealException seal -> seal.port().name();
      case Unavailable _, IntegrityBroken _ -> "STORE";
      case NotValid _ -> "VALIDATION";
      case NoLater _ -> "NO_LATER";
      default -> "OTHER";
    };
  }
}
