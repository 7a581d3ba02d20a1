package jp.musubi.mandate;

/** 委任事項. What a 委任状 lets somebody do, in the order in which such papers name it. */
enum Power {
  /** 見積・入札. */
  BID,
  /** 契約の締結; without it nobody agrees to a contract for another. */
  CONCLUDE,
  /** 契約の変更・解除. */
  CHANGE,
  /** 契約の履行: 納品, 検査の立会い. */
  PERFORM,
  /** 代金の請求・受領. */
  COLLECT,
  /** 復代理人の選任 (民法 104 条). */
  SUBSTITUTE
}
