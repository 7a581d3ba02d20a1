package jp.musubi.contract;

/** 契約種別. What sort of contract it is; rules and routes of a body go by it. */
public enum ContractKind {
  /** 工事: 建設業法 applies. */
  WORKS,
  /** 業務委託. */
  SERVICES,
  /** 物品の購入. */
  GOODS,
  /** 賃貸借. */
  LEASE,
  /** 単価契約. */
  UNIT_PRICE,
  /** 協定. */
  AGREEMENT,
  /** 覚書. */
  MEMORANDUM,
  /** 請書. */
  ACCEPTANCE,
  /** その他. */
  OTHER
}
