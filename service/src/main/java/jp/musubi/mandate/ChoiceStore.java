package jp.musubi.mandate;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** By which 委任 the parties of contracts act, of the current body. */
@Repository
class ChoiceStore {
  private final JdbcClient jdbc;
  private final MandateStore mandates;

  ChoiceStore(JdbcClient jdbc, MandateStore mandates) {
    this.jdbc = jdbc;
    this.mandates = mandates;
  }

  /**
   * What was chosen for a party.
   *
   * @param ordinal of the party
   * @param as what it said when it was chosen, with the one it goes back to
   */
  record Choice(int ordinal, Mandate.Chain as) {}

  private record Row(
      int ordinal, UUID mandate, int version, Optional<UUID> parent, int parentVersion) {}

  List<Choice> of(ContractId contract) {
    return jdbc
        .sql(
            """
            select ordinal, mandate_id, version, parent_id, coalesce(parent_version, 0) as parent_version
              from mandate_choice where contract_id = :contract order by ordinal
            """)
        .param("contract", contract.value())
        .query((row, _) ->
            new Row(
                row.getInt("ordinal"),
                row.getObject("mandate_id", UUID.class),
                row.getInt("version"),
                Optional.ofNullable(row.getObject("parent_id", UUID.class)),
                row.getInt("parent_version")))
        .list()
        .stream()
        .map(row ->
            new Choice(
                row.ordinal(),
                new Mandate.Chain(
                    mandates.find(row.mandate(), row.version()).orElseThrow(),
                    row.parent()
                        .map(parent -> mandates.find(parent, row.parentVersion()).orElseThrow()))))
        .toList();
  }

  /** How many contracts that left the house rest on it. */
  int used(UUID mandate) {
    return jdbc.sql(
            """
            select count(distinct h.contract_id) from mandate_choice h
              join contract c on c.tenant_id = h.tenant_id and c.id = h.contract_id
             where (h.mandate_id = :mandate or h.parent_id = :mandate) and c.state <> 'DRAFT'
            """)
        .param("mandate", mandate)
        .query(Integer.class)
        .single();
  }

  void clear(ContractId contract) {
    jdbc.sql("delete from mandate_choice where contract_id = :contract")
        .param("contract", contract.value())
        .update();
  }

  void insert(ContractId contract, int ordinal, Mandate.Chain chain, Instant now) {
    jdbc.sql(
            """
            insert into mandate_choice (contract_id, ordinal, mandate_id, version, parent_id,
                                        parent_version, chosen_at)
            values (:contract, :ordinal, :mandate, :version, :parent, :parentVersion, :now)
            """)
        .param("contract", contract.value())
        .param("ordinal", ordinal)
        .param("mandate", chain.own().id())
        .param("version", chain.own().version())
        .param("parent", chain.parent().map(Mandate::id).orElse(null), Types.OTHER)
        .param("parentVersion", chain.parent().map(Mandate::version).orElse(null), Types.INTEGER)
        .param("now", Timestamp.from(now))
        .update();
  }
}
