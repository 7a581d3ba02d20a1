package jp.musubi.counterparty.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jp.musubi.counterparty.CorporateNumber;
import jp.musubi.counterparty.Supplier;
import jp.musubi.counterparty.SupplierLists;
import jp.musubi.counterparty.SupplierPlan;
import jp.musubi.counterparty.SupplierPlan.Step;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** A list's page: what is wrong with it, and what it would do or did. */
@Component
class ImportSheets {
  private static final int MOST_LINES = 1000;

  private final Book book;

  ImportSheets(Book book) {
    this.book = book;
  }

  Sheet of(SupplierLists.Report report) {
    var path = "/suppliers/import/" + report.id();
    var plan = report.plan();
    var actions = new ArrayList<Sheet.Action>();
    if (report.state() == SupplierLists.State.CHECKED) {
      if (plan.findings().isEmpty()) {
        actions.add(
            Sheet.Action.press(
                "supplier.import.apply", path + "/effect", Map.of("looked", plan.digest().hex())));
      }
      actions.add(Sheet.Action.press("supplier.import.cancel", path + "/cancellation", Map.of()));
    }
    return Sheet.of(
            report.fileName(),
            Screens.crumbs(
                book,
                book.crumb("supplier.import", "/suppliers/import"),
                new Crumb(report.fileName(), path)))
        .led(Text.of("supplier.import.lead." + report.state()))
        .warning(
            plan.findings().isEmpty()
                ? null
                : Text.of("supplier.import.hasErrors", String.valueOf(plan.findings().size())))
        .with(
            List.of(
                Fact.of(
                    "supplier.import.state", book.of("supplier.import.state." + report.state())),
                Fact.of("supplier.import.madeAt", JapaneseDates.time(report.madeAt()))))
        .doing(actions)
        .listing(
            report.state() == SupplierLists.State.APPLIED
                ? List.of(effects(report))
                : List.of(findings(plan), difference(plan)));
  }

  private Sheet.Table findings(SupplierPlan plan) {
    return new Sheet.Table(
        Text.of("transfer.findings"),
        List.of("transfer.line", "transfer.field", "transfer.reason", "transfer.value"),
        plan.findings().stream()
            .limit(MOST_LINES)
            .map(finding ->
                List.of(
                    line(finding.line()),
                    Sheet.Cell.of(finding.field()),
                    Sheet.Cell.of(book.of("supplier.list.reason." + finding.reason())),
                    Sheet.Cell.of(finding.value())))
            .toList(),
        "transfer.findings.none");
  }

  private Sheet.Table difference(SupplierPlan plan) {
    return new Sheet.Table(
        Text.of("supplier.import.diff"),
        List.of("transfer.line", "supplier.name", "supplier.import.step", "supplier.import.what"),
        plan.steps().stream()
            .limit(MOST_LINES)
            .map(step ->
                List.of(
                    line(step.line()),
                    Sheet.Cell.of(step.name()),
                    Sheet.Cell.of(
                        book.of("supplier.import.step." + step.getClass().getSimpleName())),
                    what(step)))
            .toList(),
        "supplier.import.diff.none");
  }

  private Sheet.Table effects(SupplierLists.Report report) {
    return new Sheet.Table(
        Text.of("supplier.import.effects"),
        List.of("transfer.line", "supplier.import.step"),
        report.effects().entrySet().stream()
            .limit(MOST_LINES)
            .map(effect ->
                List.of(
                    line(effect.getKey()),
                    Sheet.Cell.of(
                        String.join(
                            "、",
                            Arrays.stream(effect.getValue().split(" "))
                                .map(step -> book.of("supplier.import.step." + step))
                                .toList()))))
            .toList(),
        "supplier.import.diff.none");
  }

  private Sheet.Cell what(Step step) {
    return switch (step) {
      case Step.NewSupplier(_, _, var details, var alike) -> {
        var said = Screens.alike(alike, book);
        yield Sheet.Cell.of(words(details))
            .noted(
                said == null ? null : book.of("supplier.import.alike", said.values().getFirst()));
      }
      case Step.ChangedSupplier(_, _, _, var before, var after) ->
          Sheet.Cell.of(words(after)).noted(book.of("supplier.import.before", words(before)));
      case Step.NewContact(_, _, _, var person) -> Sheet.Cell.of(words(person));
      case Step.ChangedContact(_, _, _, _, _, var before, var after) ->
          Sheet.Cell.of(words(after)).noted(book.of("supplier.import.before", words(before)));
      case Step.Nothing _ -> Sheet.Cell.of("");
    };
  }

  private static String words(Supplier.Details details) {
    return joined(
        details.name(),
        details.number().map(CorporateNumber::digits).orElse(""),
        details.address(),
        details.phone(),
        details.notes(),
        details.code());
  }

  private String words(Supplier.Person person) {
    return joined(
        person.title(),
        person.name(),
        person.mail(),
        book.of("supplier.capacity." + person.capacity()),
        person.until().map(JapaneseDates::date).orElse(""));
  }

  private static String joined(String... texts) {
    return String.join("　", Arrays.stream(texts).filter(text -> !text.isEmpty()).toList());
  }

  private Sheet.Cell line(int number) {
    return Sheet.Cell.of(book.of("transfer.line.of", number));
  }
}
