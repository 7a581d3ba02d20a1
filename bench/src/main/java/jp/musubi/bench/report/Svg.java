package jp.musubi.bench.report;

import java.util.Locale;

/**
 * 図の紙 — An SVG being written: a size, a title and a description for those who cannot see it, and
 * colours that follow the reader's light or dark page and can be told apart without colour vision
 * (Okabe and Ito's set).
 */
final class Svg {
  static final int FONT = 13;

  private final StringBuilder body = new StringBuilder();
  private final int width;
  private final int height;
  private final String title;
  private final String description;

  Svg(int width, int height, String title, String description) {
    this.width = width;
    this.height = height;
    this.title = title;
    this.description = description;
  }

  /**
   * A word that starts, ends or is centred at a point: {@code start}, {@code end}, {@code middle}.
   */
  void text(double x, double y, String anchor, String kind, String words) {
    body.append(
        String.format(
            Locale.ROOT,
            "  <text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>\n",
            x,
            y,
            anchor,
            kind,
            escaped(words)));
  }

  /** A bar. */
  void bar(double x, double y, double barWidth, double barHeight, String kind) {
    body.append(
        String.format(
            Locale.ROOT,
            "  <rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"/>\n",
            x,
            y,
            Math.max(barWidth, 1),
            barHeight,
            kind));
  }

  /** A line from a point to a point. */
  void line(double x1, double y1, double x2, double y2, String kind) {
    body.append(
        String.format(
            Locale.ROOT,
            "  <line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>\n",
            x1,
            y1,
            x2,
            y2,
            kind));
  }

  /** A curve through points that are written as {@code x,y x,y}. */
  void curve(String points, String kind) {
    body.append(
        String.format(
            Locale.ROOT, "  <polyline points=\"%s\" class=\"curve %s\"/>\n", points, kind));
  }

  @Override
  public String toString() {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" \
    role="img" aria-labelledby="title desc">
      <title id="title">%s</title>
      <desc id="desc">%s</desc>
      <style>
        text { font: %dpx system-ui, sans-serif; fill: #24292f; }
        .head { font-weight: 600; }
        .faint { fill: #57606a; font-size: 11px; }
        .grid { stroke: #8c959f; stroke-width: .5; stroke-dasharray: 2 3; }
        .ours { fill: #0072b2; }
        .limit { fill: #999999; }
        .other { fill: #e69f00; }
        .curve { fill: none; stroke-width: 2.5; }
        .curve.ours { stroke: #0072b2; }
        .curve.other { stroke: #e69f00; stroke-dasharray: 7 4; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .faint { fill: #9198a1; }
          .ours { fill: #56b4e9; }
          .curve.ours { fill: none; stroke: #56b4e9; }
        }
      </style>
    %s</svg>
    """
        .formatted(width, height, width, height, escaped(title), escaped(description), FONT, body);
  }

  private static String escaped(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
