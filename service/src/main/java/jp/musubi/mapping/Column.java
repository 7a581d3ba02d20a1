package jp.musubi.mapping;

import java.util.Optional;

/** 列. One of theirs: by its heading, or by its place where headings are missing or not unique. */
public sealed interface Column {
  /** Most columns that a list may have. */
  int MOST = 500;

  /**
   * By heading, so that columns may come in another order another day.
   *
   * @param heading stripped, never empty
   */
  record Named(String heading) implements Column {}

  /**
   * By place.
   *
   * @param number from 1
   */
  record Numbered(int number) implements Column {}

  /** As a form sends it. */
  default String key() {
    return switch (this) {
      case Named(var heading) -> "h:" + heading;
      case Numbered(var number) -> "n:" + number;
    };
  }

  /** Reads what {@link #key} wrote; empty for anything else. */
  static Optional<Column> parse(String key) {
    if (key.startsWith("h:") && !key.substring(2).isBlank()) {
      return Optional.of(new Named(key.substring(2).strip()));
    }
    if (key.matches("n:[1-9][0-9]{0,2}")) {
      var number = Integer.parseInt(key.substring(2));
      return number <= MOST ? Optional.of(new Numbered(number)) : Optional.empty();
    }
    return Optional.empty();
  }
}
