package jp.musubi.download;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Rows with nothing in them that a spreadsheet would run (CWE-1236). */
record Rows(CSVPrinter printer) implements AutoCloseable {
  static Rows of(OutputStream out, List<String> headings) throws IOException {
    var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    // The mark that spreadsheets look for.
    writer.write('\uFEFF');
    var rows = new Rows(CSVFormat.RFC4180.print(writer));
    rows.printRecord(headings);
    return rows;
  }

  void printRecord(String... cells) throws IOException {
    printRecord(List.of(cells));
  }

  void printRecord(List<String> cells) throws IOException {
    printer.printRecord(cells.stream().map(Rows::inert).toList());
  }

  void flush() throws IOException {
    printer.flush();
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }

  private static String inert(String cell) {
    return !cell.isEmpty() && "=+-@\t\r\n＝＋－＠".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }
}
