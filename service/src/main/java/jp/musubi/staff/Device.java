package jp.musubi.staff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 端末. What a browser says of itself, in words by which its owner knows it again; a hint, never a
 * proof.
 */
final class Device {
  private record Sign(String mark, String words) {}

  // The order matters: Edge says Chrome too, Chrome says Safari, an iPad says Mac OS X.
  private static final List<Sign> SYSTEMS =
      List.of(
          new Sign("Windows", "Windows"),
          new Sign("Android", "Android"),
          new Sign("iPhone", "iPhone"),
          new Sign("iPad", "iPad"),
          new Sign("CrOS", "Chromebook"),
          new Sign("Macintosh", "Mac"),
          new Sign("Linux", "Linux"));
  private static final List<Sign> BROWSERS =
      List.of(
          new Sign("Edg", "Edge"),
          new Sign("Firefox", "Firefox"),
          new Sign("Chrome", "Chrome"),
          new Sign("Safari", "Safari"));

  private Device() {}

  /** The words for a {@code User-Agent} header. */
  static String of(@Nullable String userAgent) {
    var said = userAgent == null ? "" : userAgent;
    return "%s（%s）".formatted(first(SYSTEMS, said, "ほかの端末"), first(BROWSERS, said, "ほかのブラウザー"));
  }

  private static String first(List<Sign> signs, String said, String otherwise) {
    return signs.stream()
        .filter(sign -> said.contains(sign.mark()))
        .map(Sign::words)
        .findFirst()
        .orElse(otherwise);
  }
}
