package jp.musubi.seal.validation;

/** 署名ごとの判定 — the main indication of ETSI EN 319 102-1, 5.1.3. */
public enum Indication {
  /** Every check passed. */
  TOTAL_PASSED,
  /** A check failed for good. */
  TOTAL_FAILED,
  /** What is at hand does not suffice to judge. */
  INDETERMINATE
}
