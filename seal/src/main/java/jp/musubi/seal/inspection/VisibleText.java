package jp.musubi.seal.inspection;

import java.awt.Shape;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What of a page's text can be seen (PDF-P12). Each character is nine points; it is hidden when
 * none of them shows it, in the order in which the page is painted.
 */
final class VisibleText {
  /** A colour that is not one: an image, a pattern, something one can see through. */
  static final int MANY_COLOURS = -1;

  private static final int PAPER = 0xffffff;
  private static final double[] GRID = {1 / 6.0, 1 / 2.0, 5 / 6.0};
  private static final double SMALLEST_PAINT = 2;
  private static final int SAME = 8;

  /** Why a character cannot be seen. */
  enum Why {
    /** Text rendering mode 3, or 7 with nothing painted through it. */
    INVISIBLE_MODE,
    /** Outside of the crop box. */
    OUTSIDE_PAGE,
    /** Outside of the clipping path. */
    CLIPPED,
    /** Painted with next to no opacity. */
    TRANSPARENT,
    /** Painted in the colour of what lies below. */
    SAME_COLOUR,
    /** Painted over afterwards. */
    COVERED,
    /** A letter whose font draws nothing. */
    NO_SHAPE,
    /** Painted over by an annotation or a field. */
    COVERED_BY_ANNOTATION
  }

  /**
   * How a character is painted.
   *
   * @param mode text rendering mode
   * @param fill its colour as RGB, or {@link #MANY_COLOURS}
   * @param opacity 0 to 1
   * @param drawn whether its font draws anything
   */
  record Look(int mode, int fill, double opacity, boolean drawn) {}

  private record Paint(Shape shape, Shape clip, Rectangle2D bounds, int colour) {}

  private static final class Glyph {
    private final Point2D[] points = new Point2D[GRID.length * GRID.length];
    private final Rectangle2D box;
    private int shown;

    Glyph(Rectangle2D box) {
      this.box = box;
      for (var i = 0; i < points.length; i++) {
        points[i] =
            new Point2D.Double(
                box.getX() + box.getWidth() * GRID[i % GRID.length],
                box.getY() + box.getHeight() * GRID[i / GRID.length]);
      }
    }
  }

  private final Rectangle2D page;
  private final Map<Why, Integer> hidden = new EnumMap<>(Why.class);
  private final List<Paint> paints = new ArrayList<>();
  private final List<Glyph> shown = new ArrayList<>();
  private final List<Glyph> unpainted = new ArrayList<>();
  private final List<Glyph> outlines = new ArrayList<>();
  private final List<Shape> images = new ArrayList<>();
  private int characters;
  private boolean veiled;
  private boolean inAnnotation;

  VisibleText(Rectangle2D page) {
    this.page = page;
  }

  /** From here on annotations and fields are painted. */
  void annotations() {
    inAnnotation = true;
  }

  /** One character; blank ones are not to be told. */
  void character(Rectangle2D box, Look look, Shape clip) {
    characters++;
    var glyph = new Glyph(box);
    if (look.mode() == 3) {
      unpainted.add(glyph);
    } else if (look.mode() == 7) {
      outlines.add(glyph);
    } else if (!page.intersects(box)) {
      hide(Why.OUTSIDE_PAGE);
    } else if (look.opacity() < 0.05) {
      hide(Why.TRANSPARENT);
    } else if (!look.drawn()) {
      hide(Why.NO_SHAPE);
    } else {
      painted(glyph, look.fill(), clip);
    }
  }

  private void painted(Glyph glyph, int colour, Shape clip) {
    var clipped = true;
    for (var i = 0; i < glyph.points.length; i++) {
      var point = glyph.points[i];
      if (page.contains(point) && clip.contains(point)) {
        clipped = false;
        if (!same(colour, below(point))) {
          glyph.shown |= 1 << i;
        }
      }
    }
    if (clipped) {
      hide(Why.CLIPPED);
    } else if (glyph.shown == 0) {
      hide(Why.SAME_COLOUR);
    } else {
      shown.add(glyph);
    }
  }

  private int below(Point2D point) {
    for (var paint : paints.reversed()) {
      if (paint.bounds().contains(point)
          && paint.shape().contains(point)
          && paint.clip().contains(point)) {
        return paint.colour();
      }
    }
    return PAPER;
  }

  private static boolean same(int one, int other) {
    return one != MANY_COLOURS
        && other != MANY_COLOURS
        && Math.abs((one >> 16 & 0xff) - (other >> 16 & 0xff)) <= SAME
        && Math.abs((one >> 8 & 0xff) - (other >> 8 & 0xff)) <= SAME
        && Math.abs((one & 0xff) - (other & 0xff)) <= SAME;
  }

  /**
   * Something is painted.
   *
   * @param colour RGB, or {@link #MANY_COLOURS}
   * @param opaque whether nothing below can be seen through it
   */
  void painted(Shape shape, Shape clip, int colour, boolean opaque) {
    // What is painted through letters makes them visible.
    outlines.clear();
    var bounds = shape.getBounds2D().createIntersection(clip.getBounds2D());
    if (bounds.getWidth() < SMALLEST_PAINT || bounds.getHeight() < SMALLEST_PAINT) {
      return;
    }
    paints.add(new Paint(shape, clip, bounds, opaque ? colour : MANY_COLOURS));
    var covered = shown.iterator();
    while (covered.hasNext()) {
      var glyph = covered.next();
      if (!bounds.intersects(glyph.box)) {
        continue;
      }
      if (!opaque) {
        veiled = true;
        continue;
      }
      for (var i = 0; i < glyph.points.length; i++) {
        if (shape.contains(glyph.points[i]) && clip.contains(glyph.points[i])) {
          glyph.shown &= ~(1 << i);
        }
      }
      if (glyph.shown == 0) {
        hide(inAnnotation ? Why.COVERED_BY_ANNOTATION : Why.COVERED);
        covered.remove();
      }
    }
  }

  /** An image is painted; text without paint that lies with it is the text of a scan. */
  void image(Shape place, Shape clip, boolean opaque) {
    images.add(place);
    painted(place, clip, MANY_COLOURS, opaque);
  }

  private void hide(Why why) {
    hidden.merge(why, 1, Integer::sum);
  }

  /** What was found, when all of the page is painted. */
  Found found() {
    outlines.forEach(_ -> hide(Why.INVISIBLE_MODE));
    outlines.clear();
    var layer = 0;
    for (var glyph : unpainted) {
      if (images.stream().anyMatch(image -> image.contains(glyph.points[4]))) {
        layer++;
      } else {
        hide(Why.INVISIBLE_MODE);
      }
    }
    unpainted.clear();
    return new Found(characters, layer, veiled, Map.copyOf(hidden));
  }

  /**
   * A page's text.
   *
   * @param characters in all
   * @param layer those that are the text of a scan, without paint over its image
   * @param veiled whether something that one can see through lies over text
   * @param hidden how many cannot be seen, and why
   */
  record Found(int characters, int layer, boolean veiled, Map<Why, Integer> hidden) {

    int by(Why why) {
      return hidden.getOrDefault(why, 0);
    }

    /** Hidden by the page itself. */
    int inPage() {
      return Arrays.stream(Why.values())
          .filter(why -> why != Why.COVERED_BY_ANNOTATION)
          .mapToInt(this::by)
          .sum();
    }
  }
}
