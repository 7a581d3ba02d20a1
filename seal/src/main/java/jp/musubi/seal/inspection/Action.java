package jp.musubi.seal.inspection;

/** 扱い — what a finding does to the file it was made in (PDF-P01 to P15). */
public enum Action {
  /** The file is not accepted. */
  REJECT,
  /** The rebuild (PDF-P16) takes it out; the pages look the same. */
  FIXED,
  /** The file is accepted; the sender should look at it. */
  WARN
}
