package jp.musubi.disposal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 廃棄の案. What somebody proposes to dispose of, and what another decided.
 *
 * @param decision null while it waits
 */
record Proposal(
    UUID id,
    String reason,
    UUID proposedBy,
    String proposedName,
    Instant proposedAt,
    int contracts,
    @Nullable Decision decision) {

  /** How it was decided. */
  enum Outcome {
    /** 確定. */
    CONFIRMED,
    /** 差戻し. */
    RETURNED
  }

  /**
   * What was decided.
   *
   * @param reason of what was sent back
   */
  record Decision(Outcome outcome, String name, Optional<String> reason, Instant at) {}

  /** Whether it waits. */
  boolean isOpen() {
    return decision == null;
  }

  /**
   * Why somebody may not confirm it; empty when they may.
   *
   * @param byProposer whether it is the human being who proposed, under another account too
   */
  Optional<Refusal> refusesConfirmation(
      boolean byProposer, List<Candidate> contracts, LocalDate today) {
    if (!isOpen()) {
      return Optional.of(Refusal.DECIDED);
    }
    if (byProposer) {
      return Optional.of(Refusal.SAME_PERSON);
    }
    return contracts.stream().flatMap(each -> each.refuses(today).stream()).findFirst();
  }
}
