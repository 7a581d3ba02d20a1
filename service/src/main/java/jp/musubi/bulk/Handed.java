package jp.musubi.bulk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.platform.CsvTable;
import jp.musubi.platform.web.Text;

/**
 * 渡された一覧. A list as 一括送信 checks it: in the order of the form's headings, whoever wrote it.
 *
 * @param lines to be checked
 * @param unread lines of which something could not be read; nothing more is asked of them
 * @param findings what is wrong with those
 * @param cases 調達案件番号 by line, where there is one
 */
record Handed(
    List<CsvTable.Line> lines,
    List<Integer> unread,
    List<RowFinding> findings,
    Map<Integer, String> cases) {
  /** Keeps its own copies. */
  Handed {
    lines = List.copyOf(lines);
    unread = List.copyOf(unread);
    findings = List.copyOf(findings);
    cases = Map.copyOf(cases);
  }

  /** What came of a file. */
  sealed interface Reading {
    /** A list. */
    record Read(Handed list) implements Reading {}

    /** None, and why. */
    record Unfit(Text why) implements Reading {}
  }

  /** Reads a list that has our own headings. */
  static Reading read(byte[] file, Template form) {
    return switch (CsvTable.read(file, form.headings(), Run.MOST_ROWS)) {
      case CsvTable.Reading.Read(var lines) when lines.isEmpty() ->
          new Reading.Unfit(Text.of("bulk.wrong.noRows"));
      case CsvTable.Reading.Read(var lines) ->
          new Reading.Read(new Handed(lines, List.of(), List.of(), Map.of()));
      case CsvTable.Reading.Unreadable _ -> new Reading.Unfit(Text.of("csv.unreadable"));
      case CsvTable.Reading.WithoutHeadings(var missing) ->
          new Reading.Unfit(Text.of("csv.headings", String.join("、", missing)));
      case CsvTable.Reading.TooLong _ -> new Reading.Unfit(Text.of("bulk.wrong.rows"));
    };
  }

  /** Every line, those without cells that could not be read. */
  List<CsvTable.Line> all() {
    return Stream.concat(
            lines.stream(),
            unread.stream().map(line -> new CsvTable.Line(line, 0, Optional.empty())))
        .sorted(Comparator.comparingInt(CsvTable.Line::number))
        .toList();
  }

  /** What is wrong with the list: its own findings, and those of the check. */
  List<RowFinding> findingsBeside(List<RowFinding> checked) {
    var all = new ArrayList<>(findings);
    all.addAll(checked);
    all.sort(Comparator.comparingInt(RowFinding::line));
    return all;
  }
}
