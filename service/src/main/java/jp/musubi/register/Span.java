package jp.musubi.register;

import java.util.Optional;

/**
 * 範囲. From one value to another, both included; open at an end that is not given.
 *
 * @param from nothing below it
 * @param until nothing above it
 */
record Span<T>(Optional<T> from, Optional<T> until) {

  /** Everything. */
  static <T> Span<T> open() {
    return new Span<>(Optional.empty(), Optional.empty());
  }

  /** Whether it lets everything through. */
  boolean isOpen() {
    return from.isEmpty() && until.isEmpty();
  }
}
