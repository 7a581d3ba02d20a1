package jp.musubi.operations;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.index.Packing;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.staff.StaffMember;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 毎晩の監査. The service audits itself and says what it found; that nothing was found for a day is said
 * too, since an auditor that does not run finds nothing either.
 */
class NightlyAudit {
  /** A day, and time enough for a long run. */
  static final Duration PATIENCE = Duration.ofHours(26);

  private static final Logger LOG = LoggerFactory.getLogger(NightlyAudit.class);

  private final Function<AuditScope, AuditReport> auditor;
  private final Organisations organisations;
  private final AuditRuns runs;
  private final AuditAlarms alarms;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;
  private final Packing packing;
  private final Clock clock;

  NightlyAudit(
      Function<AuditScope, AuditReport> auditor,
      Organisations organisations,
      AuditRuns runs,
      AuditAlarms alarms,
      AuditTrail trail,
      TransactionTemplate transaction,
      Packing packing,
      Clock clock) {
    this.auditor = auditor;
    this.organisations = organisations;
    this.runs = runs;
    this.alarms = alarms;
    this.trail = trail;
    this.transaction = transaction;
    this.packing = packing;
    this.clock = clock;
  }

  /** Audits, writes down what was found, and raises the alarm in the same transaction. */
  void run() {
    var scope = AuditRun.next(newestFirst(), clock.instant());
    var began = clock.instant();
    var report = auditor.apply(scope);
    var run =
        new AuditRun(
            UUID.randomUUID(),
            scope.equals(AuditScope.whole()) ? AuditRun.Extent.WHOLE : AuditRun.Extent.CHANGED,
            began,
            clock.instant(),
            report.bodies(),
            report.contracts(),
            report.objects(),
            report.violations().size(),
            report.violations());
    if (!run.isClean()) {
      LOG.error("the nightly audit found {} violations", run.violations());
    }
    asOperators(() -> {
      runs.add(run);
      if (!run.isClean()) {
        alarms.found(run);
      }
      return run;
    });
    mend(report);
  }

  /**
   * What a search would not find is found again from now on: without its index a body's contracts
   * are compared one by one, until the job has built it anew.
   */
  private void mend(AuditReport report) {
    var codes =
        report.violations().stream()
            .filter(violation -> violation.code().equals(Auditor.INDEX_INCOMPLETE))
            .map(Violation::body)
            .toList();
    for (var body : organisations.bodies()) {
      if (codes.contains(body.code())) {
        Tenancy.in(
            body.id(),
            () -> {
              packing.drop();
              return true;
            });
        LOG.warn("the index of body {} is built anew", body.code());
      }
    }
  }

  /** Raises the alarm, once a day, if no run ended for longer than {@link #PATIENCE}. */
  void watch() {
    if (isOverdue()) {
      LOG.error("no nightly audit ended within {} hours", PATIENCE.toHours());
      asOperators(() -> {
        alarms.absent(clock.instant());
        return true;
      });
    }
  }

  /** Whether no run ended for longer than a night; never in a service younger than that. */
  boolean isOverdue() {
    var oldest = clock.instant().minus(PATIENCE);
    return asOperators(() -> runs.lastEnd().isBefore(oldest)).orElse(false);
  }

  /** What was found, night by night. */
  List<AuditRun> newestFirst() {
    return asOperators(() -> runs.newestFirst()).orElseGet(List::of);
  }

  /** That an operator did not want to wait for the night. */
  void asked(StaffMember operator, String clientIp) {
    asOperators(() -> {
      trail.record(
          new Actor(Actor.Kind.OPERATOR, operator.id().toString(), operator.name()),
          "nightly-audit.asked",
          null,
          clientIp,
          Map.of());
      return true;
    });
  }

  /** Before there are operators there is nobody to tell, and no place to write it down. */
  private <T> Optional<T> asOperators(Supplier<T> work) {
    return organisations.bodies().stream()
        .filter(Body::isOperators)
        .findFirst()
        .map(body -> Tenancy.in(body.id(), () -> transaction.execute(_ -> work.get())));
  }
}
