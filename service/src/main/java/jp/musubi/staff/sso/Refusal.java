package jp.musubi.staff.sso;

/**
 * Why a round trip to the provider ended without anybody having come; for the record and its words.
 */
enum Refusal {
  /** Not asked for here, asked for long ago, or answered already. */
  NOT_AWAITED,
  /** The body lets its staff in from other addresses only. */
  NOT_FROM_HERE,
  /** The provider is not in use. */
  NOT_IN_USE,
  /** The person, or the provider, broke it off. */
  BROKEN_OFF,
  /** The provider may not be called: its address is not public, or not by https. */
  NOT_REACHABLE,
  /** The provider does not answer, or refuses the exchange: most often a wrong client secret. */
  NO_ANSWER,
  /** What it says does not hold: signature, recipient, time, nonce. */
  NOT_GENUINE,
  /** The provider encrypts its assertions, which is not supported. */
  ENCRYPTED,
  /** The provider does not say who it is by anything that stays the same. */
  NO_SUBJECT,
  /** The person did not prove themselves anew. */
  NOT_ANEW,
  /** Somebody else came than who is signed in. */
  SOMEBODY_ELSE,
  /** The subject, or the member, is linked already. */
  LINKED_ALREADY,
  /** No member may come in by this subject. */
  NOT_ADMITTED
}
