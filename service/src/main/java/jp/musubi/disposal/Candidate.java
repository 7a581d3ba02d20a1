package jp.musubi.disposal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractKind;
import org.jspecify.annotations.Nullable;

/**
 * 廃棄の対象. A contract as far as its disposal goes.
 *
 * @param keepingYears 保存年限; empty for 永年, and where none is noted
 * @param keptUntil the last day of it
 * @param readableUntil until when the counterparty was promised to read it, exclusively
 * @param renews whether its wording renews it by itself
 * @param referring numbers of contracts that change, correct or take the place of this one
 * @param held whether a hold is open
 * @param proposed the open proposal that names it
 */
record Candidate(
    ContractId id,
    String number,
    String title,
    ContractKind kind,
    String state,
    UUID section,
    Instant createdAt,
    String counterparties,
    Optional<LocalDate> contractDate,
    Optional<LocalDate> periodUntil,
    Optional<Instant> concludedAt,
    OptionalInt keepingYears,
    Optional<LocalDate> keptUntil,
    Optional<LocalDate> readableUntil,
    boolean renews,
    List<String> referring,
    boolean held,
    @Nullable UUID proposed) {

  /** Keeps its own copy. */
  Candidate {
    referring = List.copyOf(referring);
  }

  /** Why it may not be disposed of; empty when it may, if two people want it. */
  Optional<Refusal> refuses(LocalDate today) {
    if (!isKept()) {
      return Optional.of(Refusal.NOT_CONCLUDED);
    }
    if (held) {
      return Optional.of(Refusal.HELD);
    }
    // On its last day it is still to be kept.
    return keptUntil.filter(last -> last.isBefore(today)).isPresent()
        ? Optional.empty()
        : Optional.of(Refusal.NOT_DUE);
  }

  /** Whether it is concluded, here or elsewhere, and its file is kept. */
  boolean isKept() {
    return state.equals("CONCLUDED") || state.equals("ELSEWHERE");
  }

  /** Whether the counterparty was promised that it may still read it on that day. */
  boolean isPromised(LocalDate today) {
    return state.equals("CONCLUDED") && readableUntil.filter(today::isBefore).isPresent();
  }
}
