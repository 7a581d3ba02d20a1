package jp.musubi.contract;

/**
 * 法律が紙か公正証書によるとする契約. The law decides, no body's rule (as of 2026-11). A 公正証書 is an electronic
 * record since 2025-10-01 (公証人法, 令和5年法律53号), but a notary makes it, not the parties.
 */
public enum PaperByLaw {
  /** 事業用定期借地権: 公正証書 (借地借家法 23条3項). */
  BUSINESS_LEASE,
  /** 農地・採草放牧地の賃貸借: 書面, and no provision for a record in its place (農地法 21条). */
  FARMLAND_LEASE,
  /** Others by 公正証書 only (任意後見契約に関する法律 3条, 企業担保法 3条). */
  NOTARIAL_DEED
}
