package jp.musubi.statistics;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.platform.CsvCells;
import jp.musubi.platform.web.Book;
import jp.musubi.register.Letters;
import org.apache.commons.csv.CSVFormat;
import org.springframework.stereotype.Component;

/** 図表のCSV: its rows as the page shows them, with plain numbers. */
@Component
class FigureCsv {
  private final Book book;

  FigureCsv(Book book) {
    this.book = book;
  }

  /** As CSV (RFC 4180), with nothing in it that a spreadsheet would run. */
  void write(Figure figure, Letters letters, OutputStream out) throws IOException {
    var writer = new OutputStreamWriter(out, letters.charset());
    if (letters == Letters.UTF_8) {
      writer.write('\uFEFF');
    }
    var printer = CSVFormat.RFC4180.print(writer);
    printer.printRecord(line(figure.columns(), letters, book.of("register.column.replaced")));
    for (var row : figure.rows()) {
      var cells = new ArrayList<String>();
      cells.add(row.label());
      row.cells().forEach(cell -> cells.add(cell.plain()));
      printer.printRecord(line(cells, letters, ""));
    }
    writer.flush();
  }

  private static List<String> line(List<String> cells, Letters letters, String heading) {
    var written = letters.write(cells);
    var line = new ArrayList<>(written.cells().stream().map(CsvCells::inert).toList());
    if (letters != Letters.UTF_8) {
      line.add(heading.isEmpty() ? written.replaced() : heading);
    }
    return line;
  }
}
