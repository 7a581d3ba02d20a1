package jp.musubi.renewal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;

/**
 * 一括検証 — the concluded contracts of a span of days, each file read and judged anew.
 *
 * @param all how many contracts there are that its asker may still know of
 * @param done of these, how many are judged
 */
record Round(
    UUID id,
    LocalDate from,
    LocalDate until,
    Instant askedAt,
    Optional<Instant> finishedAt,
    int all,
    int done,
    int valid,
    int invalid,
    int undecided) {

  /** What came of one contract. */
  enum Verdict {
    /** 有効. */
    VALID,
    /** 無効. */
    INVALID,
    /** 判定できません. */
    UNDECIDED
  }

  /**
   * The outcome for a contract.
   *
   * @param reasons codes, the gravest first
   */
  record Outcome(
      Verdict verdict,
      List<String> reasons,
      Optional<Instant> stampedAt,
      Optional<Instant> endsAt) {

    /** Keeps its own copy. */
    Outcome {
      reasons = List.copyOf(reasons);
    }

    /** Of a file that is lost or is not the one that was stored, or of a contract without files. */
    static Outcome of(Verdict verdict, String reason) {
      return new Outcome(verdict, List.of(reason), Optional.empty(), Optional.empty());
    }
  }

  /** A line of the result; without an outcome while it is not judged. */
  record Line(
      ContractId contract,
      String number,
      String title,
      Instant concludedAt,
      Optional<Outcome> outcome) {}
}
