package jp.musubi.bench;

import java.util.ArrayList;
import java.util.List;

/** 表 — Rows in columns, for a terminal. */
final class Table {
  private Table() {}

  /** Lines of equal columns, numbers to the right. */
  static List<String> lines(List<String> headings, List<? extends Row> rows) {
    var all = new ArrayList<List<String>>();
    all.add(headings);
    rows.forEach(row -> all.add(row.cells()));
    var widths =
        java.util.stream.IntStream.range(0, headings.size())
            .map(column -> all.stream().mapToInt(line -> line.get(column).length()).max().orElse(0))
            .toArray();
    return all.stream().map(line -> line(line, widths)).toList();
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (var column = 0; column < cells.size(); column++) {
      var cell = cells.get(column);
      var padding = " ".repeat(widths[column] - cell.length());
      line.append(column == 0 ? cell + padding : "  " + padding + cell);
    }
    return line.toString().stripTrailing();
  }
}
