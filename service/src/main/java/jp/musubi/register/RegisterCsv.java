package jp.musubi.register;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.authority.Reach;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.platform.CsvCells;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import org.apache.commons.csv.CSVFormat;
import org.springframework.stereotype.Component;

/** 契約台帳のCSV. Written as it is read, however long it is: the same lines as the page shows. */
@Component
class RegisterCsv {
  private static final List<String> COLUMNS =
      List.of(
          "number",
          "title",
          "kind",
          "counterparty",
          "amount",
          "pricing",
          "contractDate",
          "concluded",
          "periodFrom",
          "periodUntil",
          "fiscalYear",
          "section",
          "office",
          "decision",
          "keeping",
          "longTerm",
          "debtBurden",
          "budgetClause",
          "phase",
          "tags");

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(JapaneseDates.ZONE);

  private final RegisterSearch search;
  private final SectionRegister sections;
  private final Items items;
  private final Tags tags;
  private final Book book;

  RegisterCsv(RegisterSearch search, SectionRegister sections, Items items, Tags tags, Book book) {
    this.search = search;
    this.sections = sections;
    this.items = items;
    this.tags = tags;
    this.book = book;
  }

  /** As CSV (RFC 4180), with nothing in it that a spreadsheet would run. */
  void write(Reach reach, RegisterQuery query, Letters letters, OutputStream out)
      throws IOException {
    var writer = new OutputStreamWriter(out, letters.charset());
    if (letters == Letters.UTF_8) {
      writer.write('\uFEFF');
    }
    var printer = CSVFormat.RFC4180.print(writer);
    var names = new SectionNames(sections.terms());
    var own = items.all();
    var words = tags.all();
    printer.printRecord(headings(own, letters));
    search.each(
        reach,
        query,
        row -> {
          try {
            printer.printRecord(line(cells(row, names, own, words), letters));
          } catch (IOException gone) {
            throw new UncheckedIOException(gone);
          }
        });
    writer.flush();
  }

  private List<String> headings(List<Item> own, Letters letters) {
    var headings =
        Stream.concat(
                COLUMNS.stream().map(column -> book.of("register.column." + column)),
                own.stream().map(Item::name))
            .map(CsvCells::inert)
            .toList();
    var written = new ArrayList<>(letters.write(headings).cells());
    if (letters != Letters.UTF_8) {
      written.add(book.of("register.column.replaced"));
    }
    return written;
  }

  private static List<String> line(List<String> cells, Letters letters) {
    var written = letters.write(cells);
    var line = new ArrayList<>(written.cells().stream().map(CsvCells::inert).toList());
    if (letters != Letters.UTF_8) {
      line.add(written.replaced());
    }
    return line;
  }

  private List<String> cells(RegisterRow row, SectionNames names, List<Item> own, List<Tag> words) {
    var entry = row.entry();
    var cells = new ArrayList<String>();
    cells.add(row.number());
    cells.add(row.title());
    cells.add(book.of("contract.kind." + row.kind()));
    cells.add(row.counterparties());
    cells.add(row.amount().isPresent() ? String.valueOf(row.amount().getAsLong()) : "");
    cells.add(entry.pricing().map(kind -> book.of("register.pricing." + kind)).orElse(""));
    cells.add(day(row.contractDate()));
    cells.add(
        row.concludedAt()
            .map(RegisterCsv::minute)
            .or(() -> row.paperOn().map(LocalDate::toString))
            .orElse(""));
    cells.add(day(row.periodFrom()));
    cells.add(day(row.periodUntil()));
    cells.add(
        EntryWords.fiscalYear(entry, row.contractDate()).map(FiscalYear::toString).orElse(""));
    cells.add(names.at(row.section(), row.createdAt()));
    cells.add(row.office());
    cells.add(row.decision());
    cells.add(entry.keeping().map(Keeping::toString).orElse(""));
    cells.add(mark(entry.longTerm()));
    cells.add(mark(entry.debtBurden()));
    cells.add(mark(entry.budgetClause()));
    cells.add(book.of("contract.phase." + row.phase()));
    cells.add(Tags.names(words.stream().filter(tag -> row.tags().contains(tag.id())).toList()));
    // Plain numbers and ISO days: for a program, as the other columns.
    own.forEach(item -> cells.add(entry.values().getOrDefault(item.id(), "")));
    return cells;
  }

  private static String minute(Instant moment) {
    return MINUTE.format(moment);
  }

  private static String day(Optional<LocalDate> day) {
    return day.map(LocalDate::toString).orElse("");
  }

  private static String mark(boolean on) {
    return on ? "○" : "";
  }
}
