package jp.musubi.approval;

import java.util.List;

/** What became of a step of an approval. */
sealed interface Outcome {

  /**
   * The step was taken.
   *
   * @param given what was added; none where it ended otherwise
   */
  record Taken(Approval next, List<Consent> given) implements Outcome {}

  /** Nothing has changed. */
  record Refused(Objection why) implements Outcome {}
}
