package jp.musubi.contract;

import java.util.List;

/** What became of a step: the next state and its announcements, or why not. */
public sealed interface Decision {
  /** The step was taken. */
  record Accepted(Contract next, List<ContractEvent> events) implements Decision {}

  /** The step was not taken; nothing has changed. */
  record Refused(Refusal reason) implements Decision {}
}
