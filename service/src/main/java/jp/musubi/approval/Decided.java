package jp.musubi.approval;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import jp.musubi.seal.Sha256;

/**
 * 決裁. What the body decided in its own document system, and whether the contract is that document.
 *
 * @param number 決裁番号 or 起案番号; empty where none was entered
 * @param digest of the document that was decided
 * @param uploaded of the contract's document as it was uploaded and as it was written anew
 */
record Decided(
    String number, Optional<LocalDate> day, Optional<Sha256> digest, Set<Sha256> uploaded) {

  /** Keeps its own copy. */
  Decided {
    uploaded = Set.copyOf(uploaded);
  }

  /** How the two documents compare. */
  enum Comparison {
    /** No digest was entered. */
    NOT_COMPARED,
    /** 一致. */
    SAME,
    /** 不一致: nobody may approve it. */
    DIFFERENT
  }

  /** How the two documents compare. */
  Comparison comparison() {
    return digest
        .map(decided -> uploaded.contains(decided) ? Comparison.SAME : Comparison.DIFFERENT)
        .orElse(Comparison.NOT_COMPARED);
  }
}
