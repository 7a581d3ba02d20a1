package jp.musubi.input;

import java.util.List;
import java.util.Optional;
import jp.musubi.seal.appearance.PageSize;
import jp.musubi.seal.appearance.Place;

/**
 * 欄の位置. Lengths in tenths of a millimetre, from the upper left corner of the page as it is seen.
 *
 * @param page from 1
 */
public record InputBox(int page, int left, int top, int width, int height) {
  /** Shortest side: a letter of 6 points and its frame. */
  public static final int SHORTEST = 30;

  private static final float POINTS = 72 / 254f;

  /** Rounding of a page's size to tenths of a millimetre must not push a box off its edge. */
  private static final float TOLERANCE = 0.5f;

  /** The same in points. */
  public Place place() {
    return new Place(page, left * POINTS, top * POINTS, width * POINTS, height * POINTS);
  }

  /** Whether two boxes share more than an edge. */
  public boolean meets(InputBox other) {
    return page == other.page
        && left < other.left + other.width
        && other.left < left + width
        && top < other.top + other.height
        && other.top < top + height;
  }

  /** Why it cannot stand on these pages. */
  public Optional<Misplaced> refusedOn(List<PageSize> pages) {
    if (page < 1 || page > pages.size()) {
      return Optional.of(new Misplaced.NoSuchPage(pages.size()));
    }
    if (width < SHORTEST || height < SHORTEST) {
      return Optional.of(new Misplaced.TooSmall());
    }
    var size = pages.get(page - 1);
    var wide = tenths(size.width());
    var high = tenths(size.height());
    return left < 0 || top < 0 || left + width > wide || top + height > high
        ? Optional.of(new Misplaced.Outside(wide, high))
        : Optional.empty();
  }

  /** Of a length in points; never more than there is. */
  public static int tenths(float points) {
    return (int) Math.floor(points / POINTS + TOLERANCE / 10);
  }
}
