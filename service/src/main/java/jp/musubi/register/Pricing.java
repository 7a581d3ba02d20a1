package jp.musubi.register;

/**
 * 総価・単価・概算. What a contract settles: the whole sum, a price a unit, or a sum to be settled later.
 */
enum Pricing {
  /** 総価契約. */
  TOTAL,
  /** 単価契約. */
  UNIT_PRICE,
  /** 概算契約. */
  ESTIMATE
}
