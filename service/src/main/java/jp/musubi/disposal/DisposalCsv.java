package jp.musubi.disposal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.platform.CsvCells;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.register.Letters;
import org.apache.commons.csv.CSVFormat;
import org.springframework.stereotype.Component;

/** 廃棄簿 as CSV (RFC 4180), with nothing in it that a spreadsheet would run. */
@Component
class DisposalCsv {
  private static final List<String> COLUMNS =
      List.of(
          "disposal.number",
          "contract.title",
          "contract.field.kind",
          "contract.counterparty",
          "contract.section",
          "contract.contractDate",
          "disposal.concluded",
          "disposal.periodUntil",
          "register.keeping",
          "disposal.until",
          "disposal.reason",
          "disposal.proposer",
          "disposal.proposedAt",
          "disposal.confirmer",
          "disposal.confirmedAt",
          "disposal.erased",
          "disposal.filesErased",
          "disposal.filesKept",
          "disposal.how",
          "disposal.sha256");

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(JapaneseDates.ZONE);

  private final Book book;

  DisposalCsv(Book book) {
    this.book = book;
  }

  void write(List<DisposalRecord> records, Letters letters, OutputStream out) throws IOException {
    var writer = new OutputStreamWriter(out, letters.charset());
    if (letters == Letters.UTF_8) {
      writer.write('\uFEFF');
    }
    var printer = CSVFormat.RFC4180.print(writer);
    var headings = new ArrayList<>(letters.write(COLUMNS.stream().map(book::of).toList()).cells());
    if (letters != Letters.UTF_8) {
      headings.add(book.of("register.column.replaced"));
    }
    printer.printRecord(headings);
    for (var each : records) {
      var written = letters.write(cells(each));
      var line = new ArrayList<>(written.cells().stream().map(CsvCells::inert).toList());
      if (letters != Letters.UTF_8) {
        line.add(written.replaced());
      }
      printer.printRecord(line);
    }
    writer.flush();
  }

  private List<String> cells(DisposalRecord of) {
    return List.of(
        of.number(),
        of.title(),
        book.of("contract.kind." + of.kind()),
        of.counterparties(),
        of.section(),
        day(of.contractDate()),
        minute(of.concludedAt()),
        day(of.periodUntil()),
        book.of("disposal.years", of.keepingYears()),
        of.keptUntil().toString(),
        of.reason(),
        of.proposedName(),
        minute(of.proposedAt()),
        of.confirmedName(),
        minute(of.confirmedAt()),
        of.erasedAt().map(DisposalCsv::minute).orElse(""),
        of.erasedAt().isPresent() ? String.valueOf(of.files() - of.kept()) : "",
        of.erasedAt().isPresent() ? String.valueOf(of.kept()) : "",
        book.of("disposal.how.erased"),
        of.sha256());
  }

  private static String minute(Instant moment) {
    return MINUTE.format(moment);
  }

  private static String day(Optional<LocalDate> day) {
    return day.map(LocalDate::toString).orElse("");
  }
}
