package jp.musubi.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * 月ごとの棒. A picture in its own units, each column's electronic part below and the paper's on top;
 * the table beside it says it all without.
 */
record Chart(int width, int height, int ground, List<Line> lines, List<Column> columns) {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 280;
  private static final int LEFT = 56;
  private static final int TOP = 28;
  private static final int GROUND = 236;
  private static final List<Integer> STEPS = List.of(4, 6, 8, 10, 12, 16, 20, 24, 30, 40);

  /** Keeps its own copies. */
  Chart {
    lines = List.copyOf(lines);
    columns = List.copyOf(columns);
  }

  /** A line across, and the number it stands for. */
  record Line(int y, String number) {}

  /** The numbers of a month. */
  record Month(String name, int solid, int hatched) {}

  /**
   * A column.
   *
   * @param sum above it; empty where there is none
   */
  record Column(
      String month,
      int centre,
      int x,
      int width,
      int solidY,
      int solid,
      int hatchedY,
      int hatched,
      String sum) {}

  /** As high as the highest column needs. */
  static Chart of(List<Month> months) {
    var most = months.stream().mapToInt(month -> month.solid() + month.hatched()).max().orElse(0);
    var top = roundedUp(Math.max(most, 4));
    var lines = new ArrayList<Line>();
    for (var quarter = 0; quarter <= 2; quarter++) {
      lines.add(
          new Line(GROUND - height(top * quarter / 2, top), "%,d".formatted(top * quarter / 2)));
    }
    var columns = new ArrayList<Column>();
    var step = (WIDTH - LEFT) / Math.max(1, months.size());
    for (var month : months) {
      var x = LEFT + columns.size() * step + step / 6;
      var solid = height(month.solid(), top);
      var hatched = height(month.hatched(), top);
      var sum = month.solid() + month.hatched();
      columns.add(
          new Column(
              month.name(),
              LEFT + columns.size() * step + step / 2,
              x,
              step - step / 3,
              GROUND - solid,
              solid,
              GROUND - solid - hatched,
              hatched,
              sum == 0 ? "" : "%,d".formatted(sum)));
    }
    return new Chart(WIDTH, HEIGHT, GROUND, lines, columns);
  }

  private static int height(int number, int top) {
    return (int) ((long) (GROUND - TOP) * number / top);
  }

  /** To a number whose half is a whole one too, and leaves little room above the columns. */
  private static int roundedUp(int number) {
    for (var power = 1L; ; power *= 10) {
      for (var step : STEPS) {
        if (step * power >= number) {
          return (int) Math.min(Integer.MAX_VALUE, step * power);
        }
      }
    }
  }
}
