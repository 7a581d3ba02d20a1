package jp.musubi.register;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes 台帳の項目 of the current body. */
@Repository
class EntryStore {
  private final JdbcClient jdbc;

  EntryStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An entry as it was read.
   *
   * @param version 0 where nothing was noted yet
   */
  record Stored(Entry entry, int version) {}

  Stored find(ContractId contract) {
    return jdbc.sql(
            """
            select version, pricing, long_term, debt_burden, budget_clause, fiscal_year,
                   decision_number, keeping_years, keeping_forever
              from register_entry where contract_id = :contract
            """)
        .param("contract", contract.value())
        .query((row, _) -> new Stored(entry(row, values(contract)), row.getInt("version")))
        .optional()
        .orElseGet(() -> new Stored(Entry.NONE, 0));
  }

  private Map<UUID, String> values(ContractId contract) {
    var values = new HashMap<UUID, String>();
    jdbc.sql("select item_id, text from register_value where contract_id = :contract")
        .param("contract", contract.value())
        .query(row -> {
          values.put(row.getObject("item_id", UUID.class), row.getString("text"));
        });
    return values;
  }

  /**
   * Writes the entry over the version that was read.
   *
   * @return false if there is another meanwhile
   */
  boolean replace(
      ContractId contract, Stored read, Entry entry, Map<UUID, Item> items, Instant now) {
    var written =
        jdbc.sql(
                """
                insert into register_entry (contract_id, version, pricing, long_term, debt_burden,
                                            budget_clause, fiscal_year, decision_number,
                                            keeping_years, keeping_forever, changed_at)
                values (:contract, 1, :pricing, :longTerm, :debtBurden, :budgetClause, :year,
                        :decision, :keeping, :forever, :now)
                on conflict (tenant_id, contract_id) do update
                   set version = register_entry.version + 1, pricing = excluded.pricing,
                       long_term = excluded.long_term, debt_burden = excluded.debt_burden,
                       budget_clause = excluded.budget_clause, fiscal_year = excluded.fiscal_year,
                       decision_number = excluded.decision_number,
                       keeping_years = excluded.keeping_years,
                       keeping_forever = excluded.keeping_forever, changed_at = excluded.changed_at
                 where register_entry.version = :version
                """)
            .param("contract", contract.value())
            .param("pricing", entry.pricing().map(Enum::name).orElse(null), Types.VARCHAR)
            .param("longTerm", entry.longTerm())
            .param("debtBurden", entry.debtBurden())
            .param("budgetClause", entry.budgetClause())
            .param("year", entry.fiscalYear().map(FiscalYear::year).orElse(null), Types.INTEGER)
            .param("decision", entry.decision())
            .param(
                "keeping",
                entry.keeping().map(Keeping::years).filter(OptionalInt::isPresent).isPresent()
                    ? entry.keeping().orElseThrow().years().getAsInt()
                    : null,
                Types.INTEGER)
            .param("forever", entry.keeping().equals(Optional.of(Keeping.forever())))
            .param("now", Timestamp.from(now))
            .param("version", read.version())
            .update();
    if (written == 0) {
      return false;
    }
    jdbc.sql("delete from register_value where contract_id = :contract")
        .param("contract", contract.value())
        .update();
    entry.values().forEach((item, value) -> put(contract, items.get(item), item, value));
    return true;
  }

  private void put(
      ContractId contract, @org.jspecify.annotations.Nullable Item item, UUID id, String value) {
    var kind = item == null ? Item.Kind.TEXT : item.kind();
    jdbc.sql(
            """
            insert into register_value (contract_id, item_id, text, number, day)
            values (:contract, :item, :text, :number, :day)
            """)
        .param("contract", contract.value())
        .param("item", id)
        .param("text", value)
        .param("number", kind == Item.Kind.NUMBER ? new BigDecimal(value) : null, Types.NUMERIC)
        .param("day", kind == Item.Kind.DATE ? LocalDate.parse(value) : null, Types.DATE)
        .update();
  }

  /** 決裁番号 of the newest approval that names one. */
  Optional<String> approved(ContractId contract) {
    return jdbc.sql(
            """
            select decision_number from approval
             where contract_id = :contract and decision_number <> ''
             order by asked_at desc limit 1
            """)
        .param("contract", contract.value())
        .query(String.class)
        .optional();
  }

  /** What an earlier contract had noted, but for what is of its time. */
  void copy(ContractId from, ContractId to, Instant now) {
    jdbc.sql(
            """
            insert into register_entry (contract_id, version, pricing, long_term, debt_burden,
                                        budget_clause, decision_number, keeping_years,
                                        keeping_forever, changed_at)
            select :to, 1, pricing, long_term, debt_burden, budget_clause, '', keeping_years,
                   keeping_forever, :now
              from register_entry where contract_id = :from
            """)
        .param("from", from.value())
        .param("to", to.value())
        .param("now", Timestamp.from(now))
        .update();
    jdbc.sql(
            """
            insert into register_value (contract_id, item_id, text, number, day)
            select :to, v.item_id, v.text, v.number, v.day
              from register_value v
              join register_item i on i.tenant_id = v.tenant_id and i.id = v.item_id
             where v.contract_id = :from and i.retired_at is null
            """)
        .param("from", from.value())
        .param("to", to.value())
        .update();
  }

  static Entry entry(ResultSet row, Map<UUID, String> values) throws SQLException {
    var year = row.getObject("fiscal_year", Integer.class);
    var keeping = row.getObject("keeping_years", Integer.class);
    return new Entry(
        Optional.ofNullable(row.getString("pricing")).map(Pricing::valueOf),
        row.getBoolean("long_term"),
        row.getBoolean("debt_burden"),
        row.getBoolean("budget_clause"),
        Optional.ofNullable(year).map(FiscalYear::new),
        Optional.ofNullable(row.getString("decision_number")).orElse(""),
        row.getBoolean("keeping_forever")
            ? Optional.of(Keeping.forever())
            : Optional.ofNullable(keeping).map(Keeping::of),
        values);
  }
}
