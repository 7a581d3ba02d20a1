package jp.musubi.statistics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 図表. A table with a bar to each row: the same on the page, in the CSV and in the report, so that
 * their numbers cannot differ.
 *
 * @param name in addresses
 * @param caption in words, as everything here
 * @param note what the numbers mean; empty for none
 * @param solid what the filled part of a bar is
 * @param hatched what the hatched part is; empty where there is none
 * @param columns the first is of the rows' labels
 */
record Figure(
    String name,
    String caption,
    String note,
    String solid,
    String hatched,
    List<String> columns,
    List<Row> rows) {

  /** Keeps its own copies. */
  Figure {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * A row.
   *
   * @param path where its label leads; null for nowhere
   * @param bar null for none
   * @param sum whether it sums up the others
   */
  record Row(
      String label, @Nullable String path, List<Cell> cells, @Nullable Bar bar, boolean sum) {

    /** Keeps its own copy. */
    Row {
      cells = List.copyOf(cells);
    }

    /** One that stands for itself. */
    static Row of(String label, @Nullable String path, List<Cell> cells, @Nullable Bar bar) {
      return new Row(label, path, cells, bar, false);
    }

    /** One that sums up the others. */
    static Row sum(String label, List<Cell> cells) {
      return new Row(label, null, cells, null, true);
    }
  }

  /**
   * A number.
   *
   * @param shown with its unit
   * @param plain for a program
   * @param path to the contracts that it counts; null for none
   */
  record Cell(String shown, String plain, @Nullable String path) {}

  /** How long a bar is, in thousandths of the longest there may be. */
  record Bar(int solid, int hatched) {

    /** Of two numbers, one after the other. */
    static Bar of(int solid, int hatched, int longest) {
      return longest == 0
          ? new Bar(0, 0)
          : new Bar((int) (1000L * solid / longest), (int) (1000L * hatched / longest));
    }

    /** In percent, as SVG wants lengths. */
    public String solidWidth() {
      return percent(solid);
    }

    /** In percent. */
    public String hatchedWidth() {
      return percent(hatched);
    }

    private static String percent(int thousandths) {
      return thousandths / 10 + "." + thousandths % 10 + "%";
    }
  }
}
