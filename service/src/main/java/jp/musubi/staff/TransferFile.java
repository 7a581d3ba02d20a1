package jp.musubi.staff;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.platform.CsvTable;

/** 異動のCSV. Reads a list as spreadsheets write it ({@link CsvTable}). */
public final class TransferFile {
  /** More lines are no transfer but a mistake. */
  static final int MOST_ROWS = 50_000;

  private TransferFile() {}

  /** What came of reading. */
  public sealed interface Reading {
    /** The lines, and what is wrong with the form of some. */
    record Read(List<TransferRow> rows, List<TransferFinding> findings) implements Reading {
      /** Keeps its own copies. */
      public Read {
        rows = List.copyOf(rows);
        findings = List.copyOf(findings);
      }
    }

    /** Neither encoding fits, or it is no CSV. */
    record Unreadable() implements Reading {}

    /** Headings are missing. */
    record WithoutHeadings(List<String> missing) implements Reading {}

    /** More lines than anybody transfers. */
    record TooLong() implements Reading {}
  }

  /** Reads a file. */
  public static Reading read(byte[] file) {
    return switch (CsvTable.read(file, TransferRow.HEADINGS, MOST_ROWS)) {
      case CsvTable.Reading.Read(var lines) -> read(lines);
      case CsvTable.Reading.Unreadable _ -> new Reading.Unreadable();
      case CsvTable.Reading.WithoutHeadings(var missing) -> new Reading.WithoutHeadings(missing);
      case CsvTable.Reading.TooLong _ -> new Reading.TooLong();
    };
  }

  private static Reading read(List<CsvTable.Line> lines) {
    var rows = new ArrayList<TransferRow>();
    var findings = new ArrayList<TransferFinding>();
    for (var line : lines) {
      line.cells()
          .ifPresentOrElse(
              cells -> rows.add(TransferRow.of(line.number(), cells)),
              () ->
                  findings.add(
                      new TransferFinding(
                          line.number(),
                          "区分",
                          TransferFinding.Reason.COLUMNS,
                          String.valueOf(line.found()))));
    }
    return new Reading.Read(rows, findings);
  }
}
