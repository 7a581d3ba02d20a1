package jp.musubi.renewal;

import java.time.Clock;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import jp.musubi.contract.ContractId;
import jp.musubi.organisation.Body;
import jp.musubi.platform.Tenancy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * 延長の一巡, of one body: no more at a time than was agreed, so that no body keeps the others waiting.
 * Where it ends, the next begins: what is done is no longer due.
 */
@Component
class RenewalRound {
  private static final Logger LOG = LoggerFactory.getLogger(RenewalRound.class);
  private static final int MOST = 500;

  /** What is due for longer is an alarm. */
  static final Period LATE = Period.ofDays(30);

  private final Assessing assessing;
  private final Renewing renewing;
  private final Versions versions;
  private final Progress progress;
  private final TransactionOperations transactions;
  private final Clock clock;

  RenewalRound(
      Assessing assessing,
      Renewing renewing,
      Versions versions,
      Progress progress,
      TransactionOperations transactions,
      Clock clock) {
    this.assessing = assessing;
    this.renewing = renewing;
    this.versions = versions;
    this.progress = progress;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** How many contracts were looked at for the first time, and how many were renewed. */
  record Done(int assessed, int renewed) {}

  /** One body's trouble must not keep the others waiting. */
  void of(Body body) {
    try {
      Tenancy.in(body.id(), this::run);
      var late = Tenancy.in(body.id(), () -> in(() -> progress.counts(clock.instant()))).late();
      if (late > 0) {
        LOG.error(
            "ALARM: {} contracts of body {} are due for renewal for more than 30 days",
            late,
            body.code());
      }
    } catch (RuntimeException e) {
      LOG.error("the contracts of body {} could not be renewed", body.code(), e);
    }
  }

  /** Of the current body. */
  Done run() {
    return new Done(
        each(in(() -> versions.unknown(clock.instant(), MOST)), assessing::of),
        each(in(() -> versions.due(clock.instant(), MOST)), renewing::renew));
  }

  private static int each(List<ContractId> contracts, Function<ContractId, Outcome> step) {
    var done = 0;
    for (var contract : contracts) {
      switch (step.apply(contract)) {
        case DONE -> done++;
        case NOTHING, WAITS -> {}
        case ALL_WAIT -> {
          return done;
        }
      }
    }
    return done;
  }

  /** Since when something must have been due to be late. */
  static java.time.Instant lateBefore(java.time.Instant now) {
    return now.atOffset(ZoneOffset.UTC).minus(LATE).toInstant();
  }

  private <T> T in(Supplier<T> query) {
    return Objects.requireNonNull(transactions.execute(_ -> query.get()));
  }
}
