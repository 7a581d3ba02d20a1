package jp.musubi.bulk;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.register.CaseNumbers;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 調達案件番号 of lines: kept with them, noted of their contracts, found again. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class CaseStore {
  private final JdbcClient jdbc;
  private final NamedParameterJdbcOperations batch;
  private final CaseNumbers numbers;

  CaseStore(JdbcClient jdbc, NamedParameterJdbcOperations batch, CaseNumbers numbers) {
    this.jdbc = jdbc;
    this.batch = batch;
    this.numbers = numbers;
  }

  /**
   * A line whose number is there already. Which contract has it is not said: not everybody who
   * makes drafts may see it.
   *
   * @param inList whether an earlier line of the same list has it
   */
  record Again(int line, String number, boolean inList) {}

  void insert(UUID run, Map<Integer, String> cases) {
    batch.batchUpdate(
        "update bulk_row set case_number = :case where run_id = :run and line = :line",
        cases.entrySet().stream()
            .map(each ->
                (SqlParameterSource)
                    new MapSqlParameterSource()
                        .addValue("run", run)
                        .addValue("line", each.getKey())
                        .addValue("case", each.getValue()))
            .toArray(SqlParameterSource[]::new));
  }

  /** Notes the numbers of lines that became drafts, where the body's register has the item. */
  void note(UUID run, Map<Integer, ContractId> drafts) {
    var noted =
        jdbc.sql(
                """
                select line, case_number from bulk_row
                 where run_id = :run and line in (:lines) and case_number is not null
                """)
            .param("run", run)
            .param("lines", drafts.keySet())
            .query((row, _) -> Map.entry(row.getInt("line"), row.getString("case_number")))
            .list();
    for (var each : noted) {
      var draft = drafts.get(each.getKey());
      if (draft != null) {
        numbers.note(draft, each.getValue());
      }
    }
  }

  List<Again> again(UUID run, int most) {
    return jdbc.sql(
            """
            select line, case_number, in_list from (
              select r.line, r.case_number,
                     exists (select from bulk_row e
                              where e.tenant_id = r.tenant_id and e.run_id = r.run_id
                                and e.case_number = r.case_number and e.line < r.line) as in_list,
                     exists (select from bulk_row o
                              where o.tenant_id = r.tenant_id and o.case_number = r.case_number
                                and o.run_id <> r.run_id and o.contract_id is not null)
                     or exists (select from register_value v
                                  join register_item i
                                    on i.tenant_id = v.tenant_id and i.id = v.item_id
                                 where v.tenant_id = r.tenant_id and i.name = :item
                                   and v.text = r.case_number) as there
                from bulk_row r
               where r.run_id = :run and r.case_number is not null) found
             where in_list or there
             order by line limit :most
            """)
        .param("item", CaseNumbers.ITEM)
        .param("run", run)
        .param("most", most)
        .query((row, _) ->
            new Again(row.getInt("line"), row.getString("case_number"), row.getBoolean("in_list")))
        .list();
  }
}
