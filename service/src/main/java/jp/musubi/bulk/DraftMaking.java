package jp.musubi.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.DraftBatch;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.EligibilityRegister;
import jp.musubi.contract.IdentificationRegister;
import jp.musubi.contract.Lineup;
import jp.musubi.contract.Terms;
import jp.musubi.organisation.Office;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.FileName;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.appearance.Filling;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 下書きをまとめて作る. Fills the form for some lines beside each other and stores the files; then makes
 * their drafts in one transaction with what the lines say of them.
 */
@Component
class DraftMaking {
  /**
   * As many lines are made at most twice when the work is broken off, and then only their files.
   */
  static final int AT_ONCE = 50;

  /** More than there are processors: most of the time a file waits for the disk to have it. */
  private static final int WORKERS = 4;

  private static final int NAME_LENGTH = 100;

  private final RunStore store;
  private final RowStore rows;
  private final TemplateStore forms;
  private final Templates templates;
  private final EligibilityRegister eligibility;
  private final IdentificationRegister identification;
  private final DraftBatch batch;
  private final Organisations organisations;
  private final Vault vault;
  private final CaseStore cases;
  private final TransactionTemplate transaction;

  DraftMaking(
      RunStore store,
      RowStore rows,
      TemplateStore forms,
      Templates templates,
      EligibilityRegister eligibility,
      IdentificationRegister identification,
      DraftBatch batch,
      Organisations organisations,
      Vault vault,
      CaseStore cases,
      PlatformTransactionManager transactions) {
    this.store = store;
    this.rows = rows;
    this.forms = forms;
    this.templates = templates;
    this.eligibility = eligibility;
    this.identification = identification;
    this.batch = batch;
    this.organisations = organisations;
    this.vault = vault;
    this.cases = cases;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Why it came to an end. */
  enum End {
    /** No line waits any more but those that failed. */
    DONE,
    /** Somebody stopped it. */
    STOPPED,
    /** Nobody holds the office. */
    OFFICE_VACANT
  }

  /** All that a run's lines have in common. */
  private record Form(
      Run run, Template template, Filling filling, Planning planning, Office office) {}

  /** A line whose files are stored, or why it has none. */
  private sealed interface Prepared {
    record Ready(int line, DraftBatch.Ready draft) implements Prepared {}

    record Failed(int line, String trouble) implements Prepared {}
  }

  /** Makes drafts until none is left to make or somebody stops it. */
  End make(Run run, StaffMember clerk) {
    var form = open(run);
    if (form.isEmpty()) {
      return End.OFFICE_VACANT;
    }
    try (var workers = Executors.newFixedThreadPool(WORKERS)) {
      while (!in(() -> store.find(run.id(), false)).orElseThrow().paused()) {
        if (!some(form.get(), clerk, workers)) {
          return End.DONE;
        }
      }
    }
    return End.STOPPED;
  }

  /** Makes at most {@link #AT_ONCE} drafts; whether any line waited. */
  boolean some(Run run, StaffMember clerk) {
    try (var workers = Executors.newFixedThreadPool(WORKERS)) {
      return some(open(run).orElseThrow(), clerk, workers);
    }
  }

  private Optional<Form> open(Run run) {
    var template = in(() -> forms.find(run.template(), false)).orElseThrow();
    var filling = templates.open(template);
    var planning =
        new Planning(template, eligibility.current(), identification.current(), filling::misfits);
    return in(() -> organisations.officeHeldOn(run.office(), organisations.today()))
        .map(office -> new Form(run, template, filling, planning, office));
  }

  private boolean some(Form form, StaffMember clerk, ExecutorService workers) {
    var run = form.run();
    var lines = in(() -> rows.waiting(run.id(), AT_ONCE));
    if (lines.isEmpty()) {
      return false;
    }
    var prepared = prepared(form, lines, workers);
    in(() -> {
      keep(run, prepared, clerk);
      return true;
    });
    return true;
  }

  private List<Prepared> prepared(Form form, List<RowStore.Line> lines, ExecutorService workers) {
    var tenant = Tenancy.required();
    var futures = new ArrayList<Future<Prepared>>();
    for (var line : lines) {
      futures.add(workers.submit(() -> Tenancy.in(tenant, () -> prepared(form, line))));
    }
    try {
      var all = new ArrayList<Prepared>();
      for (var future : futures) {
        all.add(future.get());
      }
      return all;
    } catch (InterruptedException e) {
      futures.forEach(future -> future.cancel(true));
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while files are made", e);
    } catch (ExecutionException e) {
      futures.forEach(future -> future.cancel(true));
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("a file could not be made", e.getCause());
    }
  }

  private Prepared prepared(Form form, RowStore.Line line) {
    return switch (form.planning().of(line.line(), line.cells())) {
      // The rules changed since the list was checked.
      case Planning.Outcome.Wrong(var findings) ->
          new Prepared.Failed(line.line(), findings.getFirst().reason().key());
      case Planning.Outcome.Fits(var row) -> new Prepared.Ready(line.line(), ready(form, row));
    };
  }

  private DraftBatch.Ready ready(Form form, Planning.Row row) {
    try {
      var folder = Files.createTempDirectory("musubi-bulk");
      var plain = folder.resolve("plain.pdf");
      var withFields = folder.resolve("prepared.pdf");
      try {
        form.filling().write(row.texts(), plain, withFields);
        var document = vault.put(plain, "application/pdf");
        var prepared = vault.put(withFields, "application/pdf");
        return ready(form, row, document, prepared);
      } finally {
        Files.deleteIfExists(plain);
        Files.deleteIfExists(withFields);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DraftBatch.Ready ready(
      Form form, Planning.Row row, Sha256 document, Sha256 prepared) {
    return new DraftBatch.Ready(
        new Drafts.Document(fileName(row.title()), document, form.template().document().pages()),
        prepared,
        Lineup.of(row.counterparty(), form.office()),
        new Terms(
            row.title(),
            form.template().kind(),
            row.amount(),
            row.contractDate(),
            row.from(),
            row.until(),
            form.run().deadline(),
            form.run().readingYears()),
        form.planning().clauses());
  }

  private void keep(Run run, List<Prepared> prepared, StaffMember clerk) {
    var ready = new TreeMap<Integer, DraftBatch.Ready>();
    for (var each : prepared) {
      switch (each) {
        case Prepared.Ready(var line, var draft) -> ready.put(line, draft);
        case Prepared.Failed(var line, var trouble) -> rows.trouble(run.id(), line, trouble);
      }
    }
    if (ready.isEmpty()) {
      return;
    }
    var still = rows.lockWaiting(run.id(), List.copyOf(ready.keySet()));
    if (still.isEmpty()) {
      return;
    }
    var ids =
        batch.begin(
            still.stream().map(line -> Objects.requireNonNull(ready.get(line))).toList(),
            clerk,
            run.makerIp());
    var drafts = new TreeMap<Integer, ContractId>();
    for (var i = 0; i < still.size(); i++) {
      drafts.put(still.get(i), ids.get(i));
    }
    rows.drafted(run.id(), drafts);
    cases.note(run.id(), drafts);
  }

  private static String fileName(String title) {
    var plain = FileName.plain(title);
    return (plain.codePointCount(0, plain.length()) <= NAME_LENGTH
            ? plain
            : plain.substring(0, plain.offsetByCodePoints(0, NAME_LENGTH)))
        + ".pdf";
  }

  private <T> T in(java.util.function.Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(_ -> work.get()));
  }
}
