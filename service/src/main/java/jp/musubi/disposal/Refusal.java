package jp.musubi.disposal;

/** 断り: why nothing was proposed or disposed of. Its words are {@code disposal.refusal.NAME}. */
enum Refusal {
  /** It is not a concluded contract, or was disposed of already. */
  NOT_CONCLUDED,
  /** 保存年限 has not ended, is 永年, or is not noted. */
  NOT_DUE,
  /** 保留: a lawsuit, an audit, a request for disclosure. */
  HELD,
  /** Another proposal names it. */
  PROPOSED_ALREADY,
  /** Who proposes does not confirm. */
  SAME_PERSON,
  /** It was confirmed or sent back already. */
  DECIDED,
  /** What would be disposed of is not what was shown. */
  CHANGED
}
