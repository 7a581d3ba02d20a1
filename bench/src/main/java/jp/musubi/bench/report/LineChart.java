package jp.musubi.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * 折れ線グラフ — Curves over 1, 2, 3 …, from nought on; each is named at its end and ours is unbroken.
 *
 * @param title what it shows
 * @param across what is counted from left to right
 * @param unit of the numbers
 */
public record LineChart(String title, String across, String unit, List<Curve> curves) {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 320;
  private static final int LEFT = 60;
  private static final int RIGHT = 120;
  private static final int TOP = 40;
  private static final int BOTTOM = 40;
  private static final int GRID = 4;

  public LineChart {
    curves = List.copyOf(curves);
  }

  /** One curve. */
  public record Curve(String name, List<Double> values, BarChart.Kind kind) {
    public Curve {
      values = List.copyOf(values);
    }
  }

  /** The picture's words, for those who cannot see it. */
  public String description() {
    return curves.stream()
        .filter(curve -> !curve.values().isEmpty())
        .map(curve ->
            String.format(
                Locale.ROOT,
                "%s: from %s at 1 to %s at %d",
                curve.name(),
                BarChart.number(curve.values().getFirst()),
                BarChart.number(curve.values().getLast()),
                curve.values().size()))
        .collect(Collectors.joining("; ", "", ". Numbers are in " + unit + "."));
  }

  /** The picture. */
  public String svg() {
    var svg = new Svg(WIDTH, HEIGHT, title, description());
    var most = curves.stream().flatMap(curve -> curve.values().stream()).mapToDouble(v -> v).max();
    var high = most.orElse(1) * 1.1;
    var count = curves.stream().mapToInt(curve -> curve.values().size()).max().orElse(1);
    svg.text(0, 18, "start", "head", title);
    for (var n = 0; n <= GRID; n++) {
      var value = high * n / GRID;
      svg.line(LEFT, y(value, high), WIDTH - RIGHT, y(value, high), "grid");
      svg.text(LEFT - 6, y(value, high) + 4, "end", "faint", BarChart.number(value));
    }
    svg.text(0, TOP - 8, "start", "faint", unit);
    svg.text(LEFT, HEIGHT - 18, "middle", "faint", "1");
    svg.text(WIDTH - RIGHT, HEIGHT - 18, "middle", "faint", Integer.toString(count));
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 18, "middle", "faint", across);
    for (var curve : curves) {
      if (curve.values().isEmpty()) {
        continue;
      }
      svg.curve(
          IntStream.range(0, curve.values().size())
              .mapToObj(n ->
                  String.format(
                      Locale.ROOT, "%.1f,%.1f", x(n, count), y(curve.values().get(n), high)))
              .collect(Collectors.joining(" ")),
          curve.kind().word());
      svg.text(
          WIDTH - RIGHT + 8,
          y(curve.values().getLast(), high) + 4,
          "start",
          "name",
          curve.name() + " " + BarChart.number(curve.values().getLast()));
    }
    return svg.toString();
  }

  private static double x(int n, int count) {
    return LEFT + (double) n * (WIDTH - RIGHT - LEFT) / Math.max(count - 1, 1);
  }

  private static double y(double value, double high) {
    return HEIGHT - BOTTOM - value / high * (HEIGHT - TOP - BOTTOM);
  }
}
