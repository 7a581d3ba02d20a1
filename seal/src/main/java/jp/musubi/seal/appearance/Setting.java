package jp.musubi.seal.appearance;

import java.util.List;
import java.util.Optional;

/**
 * Lines set into a box: as large as they fit, shrunk before they are broken, never cut off.
 *
 * @param size in points
 * @param lines as drawn
 */
record Setting(float size, List<String> lines) {
  static final float SMALLEST = 5;
  static final float LEADING = 1.35f;
  private static final float LARGEST = 14;
  private static final float COMFORTABLE = 8;
  private static final float STEP = 0.5f;

  static Optional<Setting> of(Lettering lettering, List<String> lines, float width, float height) {
    for (var size = LARGEST; size >= COMFORTABLE; size -= STEP) {
      if (fits(lettering, lines, size, width, height)) {
        return Optional.of(new Setting(size, lines));
      }
    }
    for (var size = LARGEST; size >= SMALLEST; size -= STEP) {
      var at = size;
      var broken =
          lines.stream().flatMap(line -> lettering.wrap(line, at, width).stream()).toList();
      if (fits(lettering, broken, size, width, height)) {
        return Optional.of(new Setting(size, broken));
      }
    }
    return Optional.empty();
  }

  boolean isSmall() {
    return size < COMFORTABLE;
  }

  private static boolean fits(
      Lettering lettering, List<String> lines, float size, float width, float height) {
    return lines.size() * size * LEADING <= height
        && lines.stream().allMatch(line -> lettering.width(line, size) <= width);
  }
}
