package jp.musubi.mandate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jp.musubi.platform.CsvCells;
import jp.musubi.platform.web.Book;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.stereotype.Component;

/** 委任の一覧のCSV: UTF-8 with the mark that spreadsheets look for, no cell of it a formula. */
@Component
class MandateCsv {
  private static final List<String> COLUMNS =
      List.of(
          "mandate.holder",
          "mandate.principal.title",
          "mandate.principal.name",
          "mandate.agent.office",
          "mandate.agent.title",
          "mandate.agent.name",
          "mandate.agent.mail",
          "mandate.substitute",
          "mandate.powers",
          "mandate.kinds",
          "mandate.most.yen",
          "mandate.single",
          "mandate.from",
          "mandate.until",
          "mandate.paper.number",
          "mandate.paper.on",
          "mandate.paper.sha256",
          "mandate.standing",
          "mandate.ended.on",
          "mandate.end.reason",
          "mandate.version");

  private final MandateSheets sheets;
  private final MandateWords words;
  private final Book book;

  MandateCsv(MandateSheets sheets, MandateWords words, Book book) {
    this.sheets = sheets;
    this.words = words;
    this.book = book;
  }

  String of(List<Mandate> mandates) {
    var out = new StringBuilder("\uFEFF");
    var lines = new ArrayList<List<String>>();
    lines.add(COLUMNS.stream().map(book::of).toList());
    mandates.stream().map(this::line).forEach(lines::add);
    try (var printer = new CSVPrinter(out, CSVFormat.DEFAULT)) {
      for (var line : lines) {
        printer.printRecord(line.stream().map(CsvCells::inert).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.toString();
  }

  private List<String> line(Mandate mandate) {
    var said = mandate.said();
    var scope = said.scope();
    return Stream.of(
            mandate.holder().name(),
            said.principal().title(),
            said.principal().name(),
            said.agent().office(),
            said.agent().title(),
            said.agent().name(),
            said.agent().mail(),
            mandate.isSubstitute() ? book.of("mandate.substitute") : "",
            words.powers(scope),
            words.kinds(scope),
            scope.most().isPresent() ? String.valueOf(scope.most().getAsLong()) : "",
            scope.single(),
            scope.from().toString(),
            scope.until().toString(),
            said.paper().number(),
            said.paper().on().toString(),
            said.paper().sha256().hex(),
            sheets.standing(mandate),
            mandate.end().map(end -> end.on().toString()).orElse(""),
            mandate.end().map(Mandate.End::reason).orElse(""),
            String.valueOf(mandate.version()))
        .toList();
  }
}
