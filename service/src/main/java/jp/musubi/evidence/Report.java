package jp.musubi.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 報告書, whatever it reports. Facts and tables of numbers, in words that are ready to be printed.
 *
 * @param aside what stands beside the title: of when, or a number to ask about it by
 * @param body whose report it is
 * @param facts about the whole; those of a part stand in a section
 * @param foot what stands at the foot of each page, before its number
 */
public record Report(
    String title,
    String aside,
    String body,
    String lead,
    List<Fact> facts,
    List<Section> sections,
    List<Table> tables,
    List<String> closing,
    String foot) {

  /** Keeps its own copies. */
  public Report {
    facts = List.copyOf(facts);
    sections = List.copyOf(sections);
    tables = List.copyOf(tables);
    closing = List.copyOf(closing);
  }

  /** Facts under a heading. */
  public record Section(String heading, List<Fact> facts) {

    /** Keeps its own copy. */
    public Section {
      facts = List.copyOf(facts);
    }
  }

  /** A label and its value. */
  public record Fact(String label, String value) {}

  /**
   * A table.
   *
   * @param note what the numbers mean
   * @param legend what a bar's filled and hatched part are; empty where rows have no bars
   * @param columns the first is of the rows' labels
   */
  public record Table(
      String caption, String note, String legend, List<String> columns, List<Row> rows) {

    /** Keeps its own copies. */
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      var width = columns.size();
      if (rows.stream().anyMatch(row -> row.cells().size() + 1 != width)) {
        throw new IllegalArgumentException("a row has another number of cells than columns");
      }
    }
  }

  /**
   * A row.
   *
   * @param sum whether it sums up the others
   */
  public record Row(String label, List<String> cells, @Nullable Bar bar, boolean sum) {

    /** Keeps its own copy. */
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /** A bar's filled part and the one behind it, in thousandths of the longest. */
  public record Bar(int solid, int open) {}
}
