package jp.musubi.register;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Phase;

/**
 * 台帳の検索条件, all of which a contract has to meet (電子帳簿保存法施行規則: 日付・金額・相手方, 範囲, 組合せ).
 *
 * @param words each somewhere in 件名, 番号 or 相手方
 * @param fullText whether the words may stand in the text of the file, too
 * @param title in 件名; empty for any, as with the others
 * @param section it and all below it
 * @param folder it and all below it
 * @param tag that it has
 * @param period any day of it lies in 契約期間
 * @param missing what has no value
 */
record RegisterQuery(
    List<String> words,
    boolean fullText,
    String title,
    String counterparty,
    String number,
    Optional<UUID> section,
    Optional<UUID> folder,
    Optional<UUID> tag,
    Optional<ContractKind> kind,
    Optional<Phase> phase,
    Optional<Waiting> waiting,
    Span<LocalDate> contractDate,
    Span<LocalDate> concluded,
    Span<LocalDate> period,
    Span<Long> amount,
    Optional<Pricing> pricing,
    Optional<Mark> mark,
    Optional<FiscalYear> fiscalYear,
    Set<Missing> missing,
    Set<UUID> missingItems,
    List<ItemCondition> items) {

  /** Keeps its own copies. */
  RegisterQuery {
    words = List.copyOf(words);
    missing = Set.copyOf(missing);
    missingItems = Set.copyOf(missingItems);
    items = List.copyOf(items);
  }

  /** What a contract may be marked as. */
  enum Mark {
    /** 長期継続契約. */
    LONG_TERM("e.long_term"),
    /** 債務負担行為. */
    DEBT_BURDEN("e.debt_burden"),
    /** 予算の減額・削除による解除の条項. */
    BUDGET_CLAUSE("e.budget_clause");

    private final String condition;

    Mark(String condition) {
      this.condition = condition;
    }

    /** As SQL over the entry {@code e}. */
    String condition() {
      return condition;
    }
  }

  /** What may have no value. */
  enum Missing {
    /** 契約金額. */
    AMOUNT("c.amount is null"),
    /** 契約日. */
    CONTRACT_DATE("c.contract_date is null"),
    /** 契約期間. */
    PERIOD("c.period_from is null and c.period_until is null"),
    /** 締結日時. */
    CONCLUDED(
        "c.concluded_at is null and not exists (select from paper_concluded p"
            + " where p.tenant_id = c.tenant_id and p.contract_id = c.id)"),
    /** 相手方. */
    COUNTERPARTY(
        "not exists (select from party o where o.tenant_id = c.tenant_id and o.contract_id = c.id"
            + " and o.kind = 'COUNTERPARTY')"),
    /** 総価・単価・概算. */
    PRICING(
        "not exists (select from register_entry e where e.tenant_id = c.tenant_id"
            + " and e.contract_id = c.id and e.pricing is not null)"),
    /** 年度. */
    FISCAL_YEAR(
        "c.contract_date is null and not exists (select from register_entry e"
            + " where e.tenant_id = c.tenant_id and e.contract_id = c.id"
            + " and e.fiscal_year is not null)"),
    /** 決裁番号. */
    DECISION(
        "not exists (select from register_entry e where e.tenant_id = c.tenant_id"
            + " and e.contract_id = c.id and e.decision_number <> '')"
            + " and not exists (select from approval a where a.tenant_id = c.tenant_id"
            + " and a.contract_id = c.id and a.decision_number <> '')"),
    /** 保存年限. */
    KEEPING(
        "not exists (select from register_entry e where e.tenant_id = c.tenant_id"
            + " and e.contract_id = c.id and (e.keeping_forever or e.keeping_years is not null))");

    private final String condition;

    Missing(String condition) {
      this.condition = condition;
    }

    /** As SQL over contract {@code c}. */
    String condition() {
      return condition;
    }
  }

  /** What is asked of one of the body's own items. */
  sealed interface ItemCondition {
    /** Which. */
    UUID item();

    /** The words lie in it. */
    record Contains(UUID item, String words) implements ItemCondition {}

    /** It is exactly this. */
    record Is(UUID item, String choice) implements ItemCondition {}

    /** The number lies there. */
    record NumberIn(UUID item, Span<BigDecimal> span) implements ItemCondition {}

    /** The day lies there. */
    record DayIn(UUID item, Span<LocalDate> span) implements ItemCondition {}
  }
}
