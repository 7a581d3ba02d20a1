package jp.musubi.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** The pages of one list: what was found, how far it has come, what can be done now. */
@Component
class RunSheets {
  static final int MOST_SHOWN = 200;

  private final RunReports reports;
  private final Book book;

  RunSheets(RunReports reports, Book book) {
    this.reports = reports;
    this.book = book;
  }

  /** How far the work has come. */
  record Progress(String label, int done, int all, String text) {}

  ModelAndView page(Run run) {
    var report = reports.of(run);
    var progress = progress(report);
    var page =
        Screens.sheet(
            Sheet.of(run.fileName(), crumbs(run))
                .led(Text.of("bulk.lead." + (isHalted(report) ? "PAUSED" : stage(report))))
                .warning(warning(report))
                .with(facts(report))
                .doing(actions(report))
                .listing(tables(report)));
    return progress == null ? page : page.addObject("progress", progress);
  }

  List<Crumb> crumbs(Run run, Crumb... further) {
    var crumbs = new ArrayList<Crumb>();
    crumbs.addAll(
        Screens.crumbs(
            book,
            book.crumb("bulk.list", "/bulk"),
            new Crumb(run.fileName(), "/bulk/" + run.id())));
    crumbs.addAll(List.of(further));
    return crumbs;
  }

  /** Where it stands, for the words of the page. */
  static String stage(RunReports.Report report) {
    var run = report.run();
    return switch (run.state()) {
      case CHECKED -> report.errors() > 0 ? "WRONG" : "CHECKED";
      case MAKING, MADE, CANCELLED -> run.state().name();
      case SENDING ->
          report.counts().toSend() > 0
              ? "SENDING"
              : report.ahead().onTheirWay() > 0
                  ? "ON_THEIR_WAY"
                  : report.ahead().scheduled() > 0 ? "SCHEDULED" : "SENT";
    };
  }

  /** 止める: of what a clerk can stop, which letters that wait for their turn are not. */
  private static boolean isHalted(RunReports.Report report) {
    return report.run().paused()
        && (report.run().state() == Run.State.MAKING || report.counts().toSend() > 0);
  }

  private static @Nullable Text warning(RunReports.Report report) {
    if (report.run().stopped().isPresent()) {
      return Text.of(report.run().stopped().get());
    }
    if (report.run().state() == Run.State.CHECKED && report.errors() > 0) {
      return Text.of("bulk.hasErrors", number(report.errors()));
    }
    if (!report.again().isEmpty()) {
      return Text.of("bulk.hasAgain", number(report.again().size()));
    }
    var stuck = report.counts().stuckMaking() + report.counts().stuckSending();
    return stuck > 0 ? Text.of("bulk.hasTrouble", number(stuck)) : null;
  }

  private @Nullable Progress progress(RunReports.Report report) {
    var counts = report.counts();
    return switch (stage(report)) {
      case "MAKING" -> progress(report, "making", counts.made(), counts.all());
      case "SENDING" ->
          progress(report, "sending", counts.sent(), counts.sent() + counts.leaving());
      case "ON_THEIR_WAY" -> {
        var ahead = report.ahead();
        var gone = counts.sent() - ahead.scheduled() - ahead.onTheirWay();
        yield progress(report, "onTheirWay", gone, counts.sent());
      }
      default -> null;
    };
  }

  private Progress progress(RunReports.Report report, String step, int done, int all) {
    var halted = isHalted(report);
    return new Progress(
        "bulk.progress." + (halted ? "halted" : step),
        done,
        all,
        book.of(halted ? "bulk.progress.paused" : "bulk.progress.of", number(done), number(all)));
  }

  private static String number(int many) {
    return "%,d".formatted(many);
  }

  private List<Fact> facts(RunReports.Report report) {
    var run = report.run();
    var counts = report.counts();
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("bulk.run.template", report.template().name()));
    facts.add(Fact.of("bulk.run.state", book.of("bulk.stage." + stage(report))));
    facts.add(Fact.of("bulk.run.rows", book.of("bulk.rows", number(counts.all()))));
    facts.add(Fact.of("contract.field.deadline", JapaneseDates.time(run.deadline())));
    report
        .summary()
        .ifPresent(summary -> {
          facts.add(Fact.of("bulk.run.sum", Yen.format(summary.sum())));
          facts.add(Fact.of("bulk.run.first", summary.first()));
          facts.add(Fact.of("bulk.run.last", summary.last()));
          facts.add(
              Fact.of(
                  "bulk.run.newAddresses", book.of("bulk.rows", number(summary.newAddresses()))));
        });
    if (run.state() != Run.State.CHECKED && run.state() != Run.State.CANCELLED) {
      facts.add(Fact.of("bulk.run.made", book.of("bulk.rows", number(counts.made()))));
      facts.add(Fact.of("bulk.run.sent", book.of("bulk.rows", number(counts.sent()))));
      run.releaseAt()
          .ifPresent(at -> facts.add(Fact.of("bulk.run.releaseAt", JapaneseDates.time(at))));
    }
    return facts;
  }

  private List<Sheet.Action> actions(RunReports.Report report) {
    var run = report.run();
    var counts = report.counts();
    var path = "/bulk/" + run.id();
    var actions = new ArrayList<Sheet.Action>();
    switch (run.state()) {
      case CHECKED -> {
        if (report.errors() == 0 && counts.all() > 0) {
          actions.add(Sheet.Action.press("bulk.make", path + "/drafts", Map.of()));
        } else {
          actions.add(Sheet.Action.link("bulk.errors.csv", path + "/errors.csv"));
        }
        actions.add(Sheet.Action.press("bulk.cancel", path + "/cancellation", Map.of()));
      }
      case MAKING -> going(run, path, actions);
      case MADE -> {}
      case SENDING -> {
        if (counts.toSend() > 0) {
          going(run, path, actions);
        } else if (report.ahead().onTheirWay() > 0) {
          actions.add(Sheet.Action.first("bulk.refresh", path));
        }
        if (counts.toSend() == 0 && run.codesWait() && report.codes()) {
          actions.add(Sheet.Action.press("bulk.codes", path + "/codes", Map.of()));
        }
      }
      case CANCELLED -> {}
    }
    if (report.toSend() > 0
        && (run.state() == Run.State.MADE || run.state() == Run.State.SENDING)) {
      actions.addFirst(Sheet.Action.first("bulk.review", path + "/review"));
    }
    if (counts.stuckMaking() + counts.stuckSending() > 0) {
      actions.add(Sheet.Action.press("bulk.retry", path + "/retry", Map.of()));
    }
    return actions;
  }

  private static void going(Run run, String path, List<Sheet.Action> actions) {
    actions.add(Sheet.Action.first("bulk.refresh", path));
    actions.add(
        run.paused()
            ? Sheet.Action.press("bulk.resume", path + "/resumption", Map.of())
            : Sheet.Action.press("bulk.pause", path + "/pause", Map.of()));
  }

  private List<Sheet.Table> tables(RunReports.Report report) {
    var path = "/bulk/" + report.run().id();
    var tables = new ArrayList<Sheet.Table>();
    if (report.run().state() == Run.State.CHECKED) {
      tables.add(
          new Sheet.Table(
              Text.of("bulk.findings"),
              List.of("bulk.line", "bulk.column", "bulk.reason", "bulk.value"),
              report.findings().stream().map(this::row).toList(),
              "bulk.findings.none"));
      if (!report.again().isEmpty()) {
        tables.add(again(report.again()));
      }
      tables.add(
          new Sheet.Table(
              Text.of("bulk.preview", MOST_SHOWN + ""),
              List.of("bulk.line", "contract.title", "contract.counterparty", "contract.amount"),
              report.rows().stream()
                  .map(row ->
                      List.of(
                          report.errors() == 0
                              ? Sheet.Cell.link(
                                  line(row.line()), path + "/rows/" + row.line() + ".pdf")
                              : Sheet.Cell.of(line(row.line())),
                          Sheet.Cell.of(row.title()),
                          Sheet.Cell.of(row.counterparty().organisation())
                              .noted(row.counterparty().mail()),
                          Sheet.Cell.of(yen(row.amount()))))
                  .toList(),
              "bulk.preview.none"));
    }
    if (!report.stuck().isEmpty()) {
      tables.add(
          new Sheet.Table(
              Text.of("bulk.stuck"),
              List.of("bulk.line", "bulk.reason", "bulk.contract"),
              report.stuck().stream()
                  .map(stuck ->
                      List.of(
                          Sheet.Cell.of(line(stuck.line())),
                          Sheet.Cell.of(book.of(stuck.trouble(), "", "")),
                          stuck
                              .contract()
                              .map(id ->
                                  Sheet.Cell.link(book.of("bulk.contract.see"), "/contracts/" + id))
                              .orElseGet(() -> Sheet.Cell.of(""))))
                  .toList(),
              "bulk.stuck.none"));
    }
    return tables;
  }

  /** 注意: nothing is kept from being made by it. */
  private Sheet.Table again(List<CaseStore.Again> again) {
    return new Sheet.Table(
        Text.of("bulk.again"),
        List.of("bulk.line", "bulk.again.case", "bulk.reason"),
        again.stream()
            .map(each ->
                List.of(
                    Sheet.Cell.of(line(each.line())),
                    Sheet.Cell.of(each.number()),
                    Sheet.Cell.of(
                        book.of(each.inList() ? "bulk.again.inList" : "bulk.again.there"))))
            .toList(),
        "bulk.findings.none");
  }

  private List<Sheet.Cell> row(RowFinding finding) {
    return List.of(
        Sheet.Cell.of(line(finding.line())),
        Sheet.Cell.of(finding.field()),
        Sheet.Cell.of(words(finding)),
        Sheet.Cell.of(finding.value()));
  }

  String words(RowFinding finding) {
    return book.of(finding.reason().key(), finding.reason().arguments());
  }

  String line(int line) {
    return book.of("bulk.line.of", line + "");
  }

  String yen(OptionalLong amount) {
    return amount.isPresent() ? Yen.format(amount.getAsLong()) : book.of("contract.amount.unit");
  }
}
