package jp.musubi.bulk;

import java.util.List;
import java.util.Optional;
import jp.musubi.platform.CsvTable;
import jp.musubi.platform.NotFound;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What is told of a list: its lines, what is wrong with them, what became of them. */
@Service
@Transactional(readOnly = true)
class RunReports {
  private final RunStore store;
  private final RowStore rows;
  private final TemplateStore templates;
  private final Runs runs;
  private final CaseStore cases;

  RunReports(RunStore store, RowStore rows, TemplateStore templates, Runs runs, CaseStore cases) {
    this.store = store;
    this.rows = rows;
    this.templates = templates;
    this.runs = runs;
    this.cases = cases;
  }

  /** A list in figures, before anything is made of it. */
  record Summary(long sum, String first, String last, int newAddresses) {}

  /**
   * A list.
   *
   * @param findings the first of them
   * @param rows the first lines that fit
   * @param again lines whose 調達案件番号 a contract has already
   * @param ahead sent ones whose letters have not left yet
   * @param toSend drafts that wait to be looked at and sent
   * @param codes whether access codes can be taken now
   */
  record Report(
      Run run,
      Template template,
      Run.Counts counts,
      int errors,
      List<RowFinding> findings,
      List<Planning.Row> rows,
      List<CaseStore.Again> again,
      Optional<Summary> summary,
      List<Run.Stuck> stuck,
      Run.Ahead ahead,
      int toSend,
      boolean codes) {}

  Report of(Run run) {
    var template = template(run);
    var counts = rows.counts(run.id());
    var plan =
        run.state() == Run.State.CHECKED
            ? Optional.of(plan(run, template))
            : Optional.<Planning.Plan>empty();
    var fit = plan.map(Planning.Plan::rows).orElse(List.of());
    return new Report(
        run,
        template,
        counts,
        store.countFindings(run.id()),
        store.findings(run.id(), RunSheets.MOST_SHOWN),
        fit.stream().limit(RunSheets.MOST_SHOWN).toList(),
        run.state() == Run.State.CHECKED ? cases.again(run.id(), RunSheets.MOST_SHOWN) : List.of(),
        plan.filter(each -> !each.rows().isEmpty()).map(each -> summary(each.rows())),
        rows.stuck(run.id(), RunSheets.MOST_SHOWN),
        counts.sent() == 0 ? Run.Ahead.NOTHING : rows.ahead(run.id()),
        counts.drafted() == 0 ? 0 : rows.drafted(run.id()).size(),
        counts.sent() > 0 && !rows.codes(run.id()).isEmpty());
  }

  /** Everything that is wrong with it. */
  List<RowFinding> findings(Run run) {
    return store.findings(run.id(), Integer.MAX_VALUE);
  }

  Template template(Run run) {
    return templates
        .find(run.template(), false)
        .orElseThrow(() -> new NotFound("template " + run.template()));
  }

  /** What a line means, for a look at its contract before it is made. */
  Planning.Row row(Run run, int line) {
    var found =
        rows.line(run.id(), line)
            .orElseThrow(() -> new NotFound("line " + line + " of run " + run.id()));
    return switch (runs.planning(template(run)).of(found.line(), found.cells())) {
      case Planning.Outcome.Fits(var row) -> row;
      case Planning.Outcome.Wrong _ -> throw new NotFound("line " + line + " has errors");
    };
  }

  private Planning.Plan plan(Run run, Template template) {
    return runs.planning(template)
        .of(
            rows.all(run.id()).stream()
                .map(line ->
                    new CsvTable.Line(line.line(), line.cells().size(), Optional.of(line.cells())))
                .toList());
  }

  private Summary summary(List<Planning.Row> fit) {
    return new Summary(
        fit.stream().mapToLong(row -> row.amount().orElse(0)).sum(),
        name(fit.getFirst()),
        name(fit.getLast()),
        rows.newAddresses(fit.stream().map(row -> row.counterparty().mail()).toList()));
  }

  private static String name(Planning.Row row) {
    return row.title() + "　" + row.counterparty().organisation();
  }
}
