package jp.musubi.closure;

/** 断り: why a step towards the erasure was not taken. Its words are {@code closure.refusal.NAME}. */
enum Refusal {
  /** A request is open already. */
  OPEN_ALREADY,
  /** The whole was never handed over. */
  NOT_HANDED_OVER,
  /** Contracts are on their way; end or withdraw them first. */
  UNDER_WAY,
  /** 保留: a lawsuit, an audit, a request for disclosure. */
  HELD,
  /** The step needs somebody else than who took the one before. */
  SAME_PERSON,
  /** It is not its turn: somebody was faster, or it was cancelled. */
  NOT_ITS_TURN,
  /** Erasing has begun and cannot be taken back. */
  BEGUN
}
