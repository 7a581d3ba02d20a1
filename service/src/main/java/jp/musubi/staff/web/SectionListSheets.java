package jp.musubi.staff.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import jp.musubi.organisation.SectionFinding;
import jp.musubi.organisation.SectionLists;
import jp.musubi.organisation.SectionPlan;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.organisation.SectionRow;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** The pages of lists of sections: what is wrong with one, and what it would do or did. */
@Component
class SectionListSheets {
  private static final String PATH = "/sections/lists";
  private static final int MOST_LINES = 1000;

  private final Book book;

  SectionListSheets(Book book) {
    this.book = book;
  }

  List<Crumb> crumbs() {
    return List.of(
        People.home(book),
        book.crumb("section.list", "/sections"),
        book.crumb("section.lists", PATH));
  }

  Sheet all(List<SectionLists.Head> lists) {
    return Sheet.of(book.of("section.lists"), crumbs())
        .led(Text.of("section.lists.lead"))
        .doing(
            List.of(
                Sheet.Action.first("section.lists.new", PATH + "/new"),
                Sheet.Action.link("transfer.template", PATH + "/template.csv")))
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("section.lists"),
                    List.of("transfer.file", "section.from", "transfer.state"),
                    lists.stream()
                        .map(list ->
                            List.of(
                                Sheet.Cell.link(list.fileName(), PATH + "/" + list.id()),
                                Sheet.Cell.of(JapaneseDates.date(list.effectiveOn())),
                                Sheet.Cell.of(state(list))))
                        .toList(),
                    "section.lists.none")));
  }

  Sheet of(SectionLists.Report report) {
    var list = report.list();
    var plan = report.plan();
    var path = PATH + "/" + list.id();
    var checked = list.state() == SectionLists.State.CHECKED;
    var actions = new ArrayList<Sheet.Action>();
    if (checked) {
      if (plan.findings().isEmpty() && !plan.steps().isEmpty()) {
        actions.add(
            Sheet.Action.press(
                "section.lists.apply", path + "/effect", Map.of("looked", plan.digest().hex())));
      }
      actions.add(Sheet.Action.press("section.lists.cancel", path + "/cancellation", Map.of()));
    }
    var crumbs = new ArrayList<>(crumbs());
    crumbs.add(new Crumb(list.fileName(), path));
    return Sheet.of(list.fileName(), crumbs)
        .led(Text.of("section.lists.lead." + list.state()))
        .warning(
            plan.findings().isEmpty()
                ? null
                : Text.of("transfer.hasErrors", String.valueOf(plan.findings().size())))
        .with(
            List.of(
                Fact.of("transfer.state", state(list)),
                Fact.of("section.from", JapaneseDates.date(list.effectiveOn())),
                Fact.of(
                    "section.lists.rows",
                    book.of("section.lists.rows.count", report.rows().size()))))
        .doing(actions)
        .listing(
            checked ? List.of(findings(plan), difference(plan)) : List.of(lines(report.rows())));
  }

  private Sheet.Table findings(SectionPlan plan) {
    return new Sheet.Table(
        Text.of("transfer.findings"),
        List.of("transfer.line", "transfer.field", "transfer.reason", "transfer.value"),
        plan.findings().stream().limit(MOST_LINES).map(this::finding).toList(),
        "transfer.findings.none");
  }

  private List<Sheet.Cell> finding(SectionFinding finding) {
    return List.of(
        line(finding.line()),
        Sheet.Cell.of(finding.field()),
        Sheet.Cell.of(book.of("section.lists.reason." + finding.reason())),
        Sheet.Cell.of(finding.value()));
  }

  private Sheet.Table difference(SectionPlan plan) {
    return new Sheet.Table(
        Text.of("transfer.diff"),
        List.of("transfer.line", "transfer.kind", "section.code", "transfer.after"),
        plan.steps().stream().limit(MOST_LINES).map(step -> step(step, plan)).toList(),
        "transfer.diff.none");
  }

  private List<Sheet.Cell> step(SectionPlan.Step step, SectionPlan plan) {
    var before = step.before();
    var after = step.after();
    var then =
        after == null
            ? book.of("section.lists.successor", plan.name(step.successor()).orElse(""))
            : words(after, plan);
    return List.of(
        line(step.line()),
        Sheet.Cell.of(step.kind().word()),
        Sheet.Cell.of(step.code()),
        Sheet.Cell.of(then)
            .noted(before == null ? null : book.of("section.lists.now", words(before, plan))));
  }

  private String words(SectionRegister.Shape shape, SectionPlan plan) {
    return joined(
        Stream.of(
            shape.name(),
            book.of(
                "section.lists.above",
                plan.name(shape.parent()).orElseGet(() -> book.of("section.top"))),
            Objects.requireNonNullElse(shape.phone(), ""),
            Objects.requireNonNullElse(shape.mail(), "")));
  }

  private Sheet.Table lines(List<SectionRow> rows) {
    return new Sheet.Table(
        Text.of("section.lists.lines"),
        List.of("transfer.line", "transfer.kind", "section.code", "transfer.after"),
        rows.stream()
            .limit(MOST_LINES)
            .map(row ->
                List.of(
                    line(row.line()),
                    Sheet.Cell.of(row.kind()),
                    Sheet.Cell.of(row.code()),
                    Sheet.Cell.of(
                        joined(
                            Stream.of(
                                row.name(),
                                row.parent(),
                                row.phone(),
                                row.mail(),
                                row.successor())))))
            .toList(),
        "transfer.diff.none");
  }

  private static String joined(Stream<String> texts) {
    return String.join("　", texts.filter(text -> !text.isEmpty()).toList());
  }

  private Sheet.Cell line(int number) {
    return Sheet.Cell.of(book.of("transfer.line.of", number));
  }

  private String state(SectionLists.Head list) {
    return book.of("section.lists.state." + list.state());
  }
}
