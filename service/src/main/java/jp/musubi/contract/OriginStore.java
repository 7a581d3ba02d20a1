package jp.musubi.contract;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes what contracts of the current body go back to. */
@Repository
class OriginStore {
  private final JdbcClient jdbc;

  OriginStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Origin> find(ContractId contract) {
    return jdbc.sql(
            """
            select relation, original_id, paper_number, paper_title, paper_date
              from contract_origin where contract_id = :contract
            """)
        .param("contract", contract.value())
        .query((row, _) -> origin(row))
        .optional();
  }

  void put(ContractId contract, Origin origin) {
    var paper = origin instanceof Origin.Paper p ? p : null;
    jdbc.sql(
            """
            insert into contract_origin (contract_id, relation, original_id, paper_number,
                                         paper_title, paper_date)
            values (:contract, :relation, :original, :number, :title, :day)
            on conflict (tenant_id, contract_id) do update
               set relation = excluded.relation, original_id = excluded.original_id,
                   paper_number = excluded.paper_number, paper_title = excluded.paper_title,
                   paper_date = excluded.paper_date
            """)
        .param("contract", contract.value())
        .param("relation", origin.relation().name())
        .param(
            "original",
            origin instanceof Origin.Registered r ? r.original().value() : null,
            Types.OTHER)
        .param("number", paper == null ? "" : paper.number())
        .param("title", paper == null ? null : paper.title(), Types.VARCHAR)
        .param("day", paper == null ? null : paper.concludedOn().orElse(null), Types.DATE)
        .update();
  }

  void remove(ContractId contract) {
    jdbc.sql("delete from contract_origin where contract_id = :contract")
        .param("contract", contract.value())
        .update();
  }

  Optional<ContractId> byNumber(String number) {
    return jdbc.sql("select id from contract where number = :number")
        .param("number", number)
        .query((row, _) -> new ContractId(row.getObject("id", UUID.class)))
        .optional();
  }

  /** The contract and all that are linked with it, over however many links, the oldest first. */
  List<ContractId> family(ContractId contract) {
    return jdbc.sql(
            """
            with recursive family (id) as (
              select cast(:contract as uuid)
              union
              select case when o.contract_id = f.id then o.original_id else o.contract_id end
                from family f
                join contract_origin o on o.contract_id = f.id or o.original_id = f.id
               where o.original_id is not null)
            select c.id from family f join contract c on c.id = f.id
             order by c.created_at, c.id limit 200
            """)
        .param("contract", contract.value())
        .query((row, _) -> new ContractId(row.getObject("id", UUID.class)))
        .list();
  }

  private static Origin origin(ResultSet row) throws SQLException {
    var relation = Relation.valueOf(row.getString("relation"));
    var original = row.getObject("original_id", UUID.class);
    return original == null
        ? new Origin.Paper(
            relation,
            row.getString("paper_number"),
            row.getString("paper_title"),
            Optional.ofNullable(row.getObject("paper_date", LocalDate.class)))
        : new Origin.Registered(relation, new ContractId(original));
  }
}
