package jp.musubi.platform.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * 手順 — one step of a way through several pages or of a contract's life.
 *
 * @param label message key of its name
 * @param place where it lies from here
 * @param note a smaller second line, such as a day
 */
public record Step(String label, Place place, @Nullable String note) {

  /** Where a step lies from here. */
  public enum Place {
    /** Behind us. */
    DONE,
    /** Here. */
    NOW,
    /** Ahead. */
    TODO,
    /** Where the way ended early. */
    STOPPED
  }

  /** A step without a second line. */
  public static Step of(String label, Place place) {
    return new Step(label, place, null);
  }

  /** The place as the style sheet names it. */
  public String state() {
    return place.name().toLowerCase(Locale.ROOT);
  }
}
