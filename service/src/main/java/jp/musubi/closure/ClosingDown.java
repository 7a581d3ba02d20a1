package jp.musubi.closure;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.BodyFiles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 消去の実施. Keys first, so that from then on no stored file can be read; then sessions and jobs, files
 * in both stores, rows table by table, the body itself; then everything is counted anew, and only
 * if nothing is left it is reported. It may end anywhere and begin again.
 */
final class ClosingDown {
  private static final Logger LOG = LoggerFactory.getLogger(ClosingDown.class);
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "closure", "むすび");
  private static final List<String> KEYS = List.of("body_key");

  private final ClosureStore store;
  private final BodyRows rows;
  private final Leftovers leftovers;
  private final Inventories inventories;
  private final BodyFiles files;
  private final ErasedList list;
  private final ClosureLetters letters;
  private final ErasureReports reports;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final TransactionTemplate transactions;
  private final Clock clock;

  ClosingDown(
      ClosureStore store,
      BodyRows rows,
      Leftovers leftovers,
      Inventories inventories,
      BodyFiles files,
      ErasedList list,
      ClosureLetters letters,
      ErasureReports reports,
      Organisations organisations,
      AuditTrail audit,
      TransactionTemplate transactions,
      Clock clock) {
    this.store = store;
    this.rows = rows;
    this.leftovers = leftovers;
    this.inventories = inventories;
    this.files = files;
    this.list = list;
    this.letters = letters;
    this.reports = reports;
    this.organisations = organisations;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Carries out what is due, for the operators' body; how many were finished. */
  int run() {
    var done = 0;
    for (var closure : in(store::all)) {
      try {
        if (closure.state() == Closure.State.ERASING || mayBegin(closure)) {
          carryOut(closure);
          done++;
        }
      } catch (RuntimeException e) {
        // One body's trouble is not another's; the next run goes on where it stopped.
        LOG.atError()
            .setCause(e)
            .addKeyValue("closure", closure.id())
            .log("a body is not erased yet");
      }
    }
    return done;
  }

  private boolean mayBegin(Closure closure) {
    return closure.isDueOn(organisations.today())
        && as(closure, () -> in(() -> store.hindered().isEmpty()));
  }

  private void carryOut(Closure closure) {
    if (closure.state() != Closure.State.ERASING) {
      as(
          closure,
          () -> {
            var before = inventories.take();
            transactions.executeWithoutResult(
                _ -> store.begin(clock.instant(), ErasureReport.json(before)));
            return true;
          });
    }
    var begun = in(() -> store.find(closure.id())).orElseThrow();
    list.add(body(begun), String.valueOf(begun.beganAt()));
    var after =
        as(
            begun,
            () -> {
              erase();
              return inventories.take();
            });
    if (!after.isNothing()) {
      // Somebody wrote while it was erased; nothing is reported that is not so.
      throw new IllegalStateException("%d rows are left".formatted(after.sum()));
    }
    transactions.executeWithoutResult(_ -> finish(begun, after));
  }

  private void erase() {
    transactions.executeWithoutResult(_ -> rows.erase(KEYS));
    transactions.executeWithoutResult(_ -> leftovers.erase());
    files.removeAll();
    for (var tables : in(rows::steps)) {
      transactions.executeWithoutResult(_ -> rows.erase(tables));
    }
    transactions.executeWithoutResult(_ -> rows.eraseBody());
  }

  private void finish(Closure closure, ErasureReport.Inventory after) {
    var locked = store.lock(closure.id()).orElseThrow();
    if (locked.state() != Closure.State.ERASING) {
      return;
    }
    var report = reports.of(locked, after, clock.instant());
    var json = report.json();
    var sha256 = Sha256.of(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hex();
    store.end(locked.id(), report.endedAt(), json);
    letters.reported(locked, report, sha256);
    audit.record(
        SERVICE,
        "closure.erased",
        null,
        null,
        Map.of(
            "closure",
            locked.id().toString(),
            "body",
            locked.request().code(),
            "rows",
            String.valueOf(report.rowsBefore()),
            "report",
            sha256));
  }

  private static TenantId body(Closure closure) {
    return closure.request().body();
  }

  private static <T extends @Nullable Object> T as(Closure closure, Supplier<T> work) {
    return Tenancy.in(body(closure), work::get);
  }

  private <T> T in(Supplier<T> query) {
    return Objects.requireNonNull(transactions.execute(_ -> query.get()));
  }
}
