package jp.musubi.approval;

/** Why a step of an approval was not taken. Expected in daily use, hence a value. */
enum Objection {
  /** It was approved, returned or recalled before. */
  NOT_UNDER_WAY,
  /** The step that is on waits for other posts. */
  NOT_YOUR_TURN,
  /** This person has approved as all they could. */
  GIVEN_ALREADY,
  /** Nobody approves what they made themselves. */
  OWN_CONTRACT,
  /** The document is not the one that was decided. */
  DIFFERS_FROM_DECIDED,
  /** What was shown is another approval than the one that waits. */
  CHANGED
}
