package jp.musubi.platform.web;

import org.jspecify.annotations.Nullable;

/**
 * 項目 — a name and a value that stand beside each other.
 *
 * @param label message key of the name
 * @param value the value, formatted for people
 * @param note a smaller second line
 */
public record Fact(String label, String value, @Nullable String note) {

  /** A fact without a second line. */
  public static Fact of(String label, String value) {
    return new Fact(label, value, null);
  }
}
