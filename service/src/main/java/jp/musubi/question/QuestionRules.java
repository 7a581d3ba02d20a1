package jp.musubi.question;

import java.time.Duration;
import java.util.Optional;

/**
 * How much one party may ask, so that a link's holder cannot flood the clerk.
 *
 * @param open its questions that wait for an answer
 * @param lately those of the last {@link #LATELY}
 */
record QuestionRules(int open, int lately) {
  /** Most characters of a question or an answer, as a person counts them. */
  static final int LONGEST = 2_000;

  static final Duration LATELY = Duration.ofHours(1);
  static final int MOST_OPEN = 20;
  static final int MOST_LATELY = 5;

  /** Why one more is too much. */
  Optional<Questions.Refused> refusal() {
    return open >= MOST_OPEN
        ? Optional.of(Questions.Refused.MANY_OPEN)
        : lately >= MOST_LATELY ? Optional.of(Questions.Refused.MANY_LATELY) : Optional.empty();
  }
}
