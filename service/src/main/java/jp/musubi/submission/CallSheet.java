package jp.musubi.submission;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.Particulars;

/**
 * What is asked of one counterparty, and what came.
 *
 * @param draft the contract; empty while there is none
 */
record CallSheet(Call call, Optional<Particulars> draft, List<Slot> slots) {

  /** Keeps its own copy. */
  CallSheet {
    slots = List.copyOf(slots);
  }

  /** The document of that key. */
  Optional<Slot> find(UUID wanted) {
    return slots.stream().filter(slot -> slot.wanted().id().equals(wanted)).findFirst();
  }

  /** What the contract is called, or will be. */
  String title() {
    return draft.map(Particulars::title).orElse(call.title());
  }
}
