package jp.musubi.seal.inspection;

import java.awt.Shape;
import java.awt.geom.PathIterator;

/**
 * What drawing costs, counted before anything is drawn (PDF-P15). A dashed line is a few bytes in
 * the file and a shape for each of its dashes to whoever draws it.
 */
final class Effort {
  /**
   * Dashes of a page, a wide one counted as often as it is points wide: a second of drawing. All
   * lines of an A3 sheet ruled and dotted at each second point have a quarter of a million.
   */
  private static final double MOST_OF_PAGE = 500_000;

  /** Of a document: 2,000 pages of 10,000, which is a page of a printed table with dotted rules. */
  private static final double MOST_OF_ALL = 20_000_000;

  /** Points: seventy of the longest pages. Round ends of wider lines take seconds each. */
  private static final float WIDEST = 1_000_000;

  /** Points from the origin; what lies beyond runs over in the arithmetic of curves. */
  private static final double FARTHEST = 1e9;

  /** Points; below it PDFBox draws no dash and no gap, however short it was asked for. */
  private static final float SHORTEST = 0.062f;

  /** Operators of a glyph that is one picture: bitmap fonts have thousands of them on a page. */
  private static final long PICTURE = 16;

  private final long maxOperators;
  private long operators;
  private double dashes;
  private double dashesOfPage;

  Effort(long maxOperators) {
    this.maxOperators = maxOperators;
  }

  /** What a piece of content cost when it was read. */
  record Spent(long operators, double dashes) {}

  /** Thrown when the content is more than anyone may be asked to draw. */
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    TooMuch(String what, String detail) {
      super(detail);
      this.what = what;
    }

    String what() {
      return what;
    }
  }

  void nextPage() {
    dashesOfPage = 0;
  }

  void operator() {
    operators(1);
  }

  Spent spent() {
    return new Spent(operators, dashes);
  }

  /** The same content once more, without reading it. */
  void again(Spent before, Spent after) {
    operators(Math.max(0, after.operators() - before.operators() - PICTURE));
    dashes(after.dashes() - before.dashes());
  }

  /** A stroked line, in points as it lies on the page. */
  void stroke(Shape line, float width, float[] pattern) {
    if (!(width <= WIDEST)) {
      throw new TooMuch("stroke-too-large", width + " pt wide");
    }
    var length = length(line);
    var period = period(pattern);
    if (period > 0) {
      dashes(length / period * pattern.length / 2 * Math.max(1, width));
    }
  }

  private void operators(long more) {
    operators += more;
    if (operators > maxOperators) {
      throw new TooMuch("too-many-operators", "more than " + maxOperators);
    }
  }

  private void dashes(double more) {
    dashes += more;
    dashesOfPage += more;
    if (dashesOfPage > MOST_OF_PAGE || dashes > MOST_OF_ALL) {
      throw new TooMuch("too-many-dashes", Math.round(dashesOfPage) + " on the page");
    }
  }

  /** How long a pattern is before it begins anew; 0 when it makes no dashes, as PDFBox has it. */
  private static double period(float[] pattern) {
    var period = 0.0;
    var zero = true;
    for (var part : pattern) {
      if (!Float.isFinite(part)) {
        return 0;
      }
      zero &= part == 0;
      period += Math.max(part, SHORTEST);
    }
    return zero ? 0 : period;
  }

  /** Of curves, the length of the lines between their control points, which is never less. */
  private static double length(Shape line) {
    var length = 0.0;
    var at = new double[6];
    double x = 0;
    double y = 0;
    double startX = 0;
    double startY = 0;
    for (var step = line.getPathIterator(null); !step.isDone(); step.next()) {
      var kind = step.currentSegment(at);
      if (kind == PathIterator.SEG_CLOSE) {
        length += Math.hypot(startX - x, startY - y);
        x = startX;
        y = startY;
        continue;
      }
      var points =
          switch (kind) {
            case PathIterator.SEG_CUBICTO -> 3;
            case PathIterator.SEG_QUADTO -> 2;
            default -> 1;
          };
      for (var i = 0; i < points; i++) {
        if (!(Math.abs(at[2 * i]) <= FARTHEST && Math.abs(at[2 * i + 1]) <= FARTHEST)) {
          throw new TooMuch("stroke-too-large", "a line to " + at[2 * i] + ", " + at[2 * i + 1]);
        }
        length +=
            kind == PathIterator.SEG_MOVETO ? 0 : Math.hypot(at[2 * i] - x, at[2 * i + 1] - y);
        x = at[2 * i];
        y = at[2 * i + 1];
      }
      if (kind == PathIterator.SEG_MOVETO) {
        startX = x;
        startY = y;
      }
    }
    return length;
  }
}
