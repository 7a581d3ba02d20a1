package jp.musubi.bench.report;

import java.util.List;
import java.util.Locale;

/**
 * 棒グラフ — Bars in panels, one panel below another, over one logarithmic scale: engines differ by
 * hundreds. Each bar carries its number, so that nothing hangs on colour or length alone.
 *
 * @param title what it shows
 * @param unit of the numbers
 * @param panels in their order
 */
public record BarChart(String title, String unit, List<Panel> panels) {
  private static final int WIDTH = 720;
  private static final int LEFT = 96;
  private static final int RIGHT = 90;
  private static final int BAR = 16;
  private static final int STEP = 22;
  private static final int HEAD = 34;
  private static final int TOP = 40;

  public BarChart {
    panels = List.copyOf(panels);
  }

  /**
   * Bars that belong together.
   *
   * @param heading what they have in common
   */
  public record Panel(String heading, List<Bar> bars) {
    public Panel {
      bars = List.copyOf(bars);
    }
  }

  /**
   * One bar.
   *
   * @param kind ours, limit or other
   */
  public record Bar(String name, double value, Kind kind) {}

  /** What a bar stands for; decides its colour. */
  public enum Kind {
    /** Our engine. */
    OURS,
    /** What cannot be beaten. */
    LIMIT,
    /** Another engine. */
    OTHER;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The picture's words, for those who cannot see it. */
  public String description() {
    var words = new StringBuilder();
    for (var panel : panels) {
      words.append(panel.heading()).append(": ");
      for (var bar : panel.bars()) {
        words.append(String.format(Locale.ROOT, "%s %s, ", bar.name(), number(bar.value())));
      }
      words.setLength(words.length() - 2);
      words.append(". ");
    }
    return words.append("Numbers are in ").append(unit).append('.').toString();
  }

  /** The picture. */
  public String svg() {
    var height =
        TOP + panels.stream().mapToInt(panel -> HEAD + panel.bars().size() * STEP).sum() + 30;
    var svg = new Svg(WIDTH, height, title, description());
    svg.text(0, 18, "start", "head", title);
    var values =
        panels.stream().flatMap(panel -> panel.bars().stream()).mapToDouble(Bar::value).toArray();
    var low = Math.floor(Math.log10(least(values)));
    var high = Math.ceil(Math.log10(most(values)));
    for (var power = low; power <= high; power++) {
      var x = x(Math.pow(10, power), low, high);
      svg.line(x, TOP, x, height - 24.0, "grid");
      svg.text(x, height - 8.0, "middle", "faint", number(Math.pow(10, power)) + " " + unit);
    }
    var y = TOP;
    for (var panel : panels) {
      y += HEAD;
      svg.text(0, y - 10.0, "start", "head", panel.heading());
      for (var bar : panel.bars()) {
        var end = x(bar.value(), low, high);
        svg.text(LEFT - 8.0, y + 12.5, "end", "name", bar.name());
        svg.bar(LEFT, y, end - LEFT, BAR, bar.kind().word());
        svg.text(end + 6, y + 12.5, "start", "value", number(bar.value()));
        y += STEP;
      }
    }
    return svg.toString();
  }

  private static double x(double value, double low, double high) {
    var share = (Math.log10(value) - low) / Math.max(high - low, 1);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double least(double[] values) {
    return java.util.Arrays.stream(values).filter(value -> value > 0).min().orElse(1);
  }

  private static double most(double[] values) {
    return java.util.Arrays.stream(values).max().orElse(1);
  }

  static String number(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return value >= 10 || value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, value < 0.1 ? "%.3f" : "%.1f", value);
  }
}
