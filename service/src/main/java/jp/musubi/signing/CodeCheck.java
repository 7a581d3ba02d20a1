package jp.musubi.signing;

/** What became of an access code that somebody entered. */
sealed interface CodeCheck {
  /** It was the right one. */
  record Passed() implements CodeCheck {}

  /** It was not; so many tries are left, at least one. */
  record Wrong(int triesLeft) implements CodeCheck {}

  /** No number was sent, or it is too old; no try was counted. */
  record Stale() implements CodeCheck {}

  /** No try is left. */
  record Locked(boolean justNow) implements CodeCheck {}
}
