package jp.musubi.renewal;

/** How a step with one contract went. */
enum Outcome {
  DONE,
  /** It was done by another, or is not wanted any more. */
  NOTHING,
  /** This contract waits. */
  WAITS,
  /** An authority does not answer, or has nothing better: so it would be with all others. */
  ALL_WAIT
}
