package jp.musubi.staff;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.platform.CsvTable;

/** 異動のCSV. The lines of a table as lines of a list of transfers. */
public final class TransferFile {
  /** More lines are no transfer but a mistake. */
  public static final int MOST_ROWS = 50_000;

  private TransferFile() {}

  /** The lines, and what is wrong with the form of some. */
  public record Read(List<TransferRow> rows, List<TransferFinding> findings) {
    /** Keeps its own copies. */
    public Read {
      rows = List.copyOf(rows);
      findings = List.copyOf(findings);
    }
  }

  /** Reads lines whose cells stand in the order of {@link TransferRow#HEADINGS}. */
  public static Read of(List<CsvTable.Line> lines) {
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
    return new Read(rows, findings);
  }
}
