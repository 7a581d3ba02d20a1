package jp.musubi.seal.appearance;

import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;

/**
 * 押す場所. A rectangle on a page as a person sees it: turned by the page's rotation and cut by its
 * CropBox. Lengths in points (1/72 inch) from the upper left corner.
 *
 * @param page from 1
 */
public record Place(int page, float left, float top, float width, float height) {
  static final float SHORTEST_SIDE = 12;
  static final float LONGEST_SIDE = 320;

  /** Refuses what is no place on any page. */
  public Place {
    if (page < 1
        || !(left >= 0 && top >= 0 && width > 0 && height > 0)
        || !Float.isFinite(left + top + width + height)) {
      throw new IllegalArgumentException(
          "page %d, left %s, top %s, width %s, height %s"
              .formatted(page, left, top, width, height));
    }
  }

  /** One of nine places on a page of this size, {@code margin} away from its edges. */
  public static Place at(
      Position position, int page, PDRectangle shown, float width, float height, float margin) {
    return new Place(
        page,
        position.across().from(shown.getWidth(), width, margin),
        position.down().from(shown.getHeight(), height, margin),
        width,
        height);
  }

  /** The size of a page as it is shown. */
  public static PDRectangle shown(PDPage page) {
    var box = page.getCropBox();
    var unit = page.getUserUnit();
    return switch (rotation(page)) {
      case 90, 270 -> new PDRectangle(box.getHeight() * unit, box.getWidth() * unit);
      default -> new PDRectangle(box.getWidth() * unit, box.getHeight() * unit);
    };
  }

  static int rotation(PDPage page) {
    return Math.floorMod(page.getRotation(), 360);
  }

  Optional<ImprintRefusal> refusedBy(PDPage on) {
    if (Math.min(width, height) < SHORTEST_SIDE || Math.max(width, height) > LONGEST_SIDE) {
      return Optional.of(new ImprintRefusal.UnfitSize(width, height));
    }
    var shown = shown(on);
    return left + width > shown.getWidth() || top + height > shown.getHeight()
        ? Optional.of(new ImprintRefusal.OutsideThePage(shown.getWidth(), shown.getHeight()))
        : Optional.empty();
  }

  boolean meets(Place other) {
    return page == other.page
        && left < other.left + other.width
        && other.left < left + width
        && top < other.top + other.height
        && other.top < top + height;
  }

  /** The rectangle in the page's own coordinates (ISO 32000-2, 8.3.2.3 and 7.7.3.3). */
  PDRectangle on(PDPage page) {
    var box = page.getCropBox();
    var unit = page.getUserUnit();
    var x = left / unit;
    var y = top / unit;
    var w = width / unit;
    var h = height / unit;
    return switch (rotation(page)) {
      case 90 -> new PDRectangle(box.getLowerLeftX() + y, box.getLowerLeftY() + x, h, w);
      case 180 -> new PDRectangle(box.getUpperRightX() - x - w, box.getLowerLeftY() + y, w, h);
      case 270 -> new PDRectangle(box.getUpperRightX() - y - h, box.getUpperRightY() - x - w, h, w);
      default -> new PDRectangle(box.getLowerLeftX() + x, box.getUpperRightY() - y - h, w, h);
    };
  }

  /** Takes points from the place's lower left corner to the page's own coordinates, upright. */
  Matrix matrix(PDPage page) {
    var rectangle = on(page);
    var left = rectangle.getLowerLeftX();
    var bottom = rectangle.getLowerLeftY();
    var right = rectangle.getUpperRightX();
    var top = rectangle.getUpperRightY();
    var unit = 1 / page.getUserUnit();
    return switch (rotation(page)) {
      case 90 -> new Matrix(0, unit, -unit, 0, right, bottom);
      case 180 -> new Matrix(-unit, 0, 0, -unit, right, top);
      case 270 -> new Matrix(0, -unit, unit, 0, left, top);
      default -> new Matrix(unit, 0, 0, unit, left, bottom);
    };
  }
}
