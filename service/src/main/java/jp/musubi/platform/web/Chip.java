package jp.musubi.platform.web;

import java.util.Locale;

/**
 * 状態の札 — a state in one word, told by an icon and words and only then by colour (UI-7).
 *
 * @param mood what the state means to the reader
 * @param icon a name of fragments/icons.html
 * @param label message key of the word
 */
public record Chip(Mood mood, String icon, String label) {

  /** What a state means to the reader. */
  public enum Mood {
    /** Nothing happens now. */
    NEUTRAL,
    /** Somebody or something is at work. */
    ACTIVE,
    /** It ended well. */
    OK,
    /** It goes on, but wants a look. */
    WARN,
    /** It stopped. */
    STOP
  }

  /** The mood as the style sheet names it. */
  public String tone() {
    return mood.name().toLowerCase(Locale.ROOT);
  }
}
