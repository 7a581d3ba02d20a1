package jp.musubi.arrangement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.Arrangement;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Identification;
import jp.musubi.contract.Party;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes 当事者の並び of the current body. */
@Repository
class ArrangementStore {
  private final JdbcClient jdbc;

  ArrangementStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those that hold, by name. */
  List<Arrangement> inForce() {
    return jdbc
        .sql(
            """
            select id, name, kind, office_first, recipients from arrangement
             where ended_at is null order by name, id
            """)
        .query((row, _) -> plain(row))
        .list()
        .stream()
        .map(this::withSlots)
        .toList();
  }

  /** What was chosen for a contract, also when it has ended. */
  Optional<Arrangement> chosenFor(ContractId contract) {
    return jdbc.sql(
            """
            select a.id, a.name, a.kind, a.office_first, a.recipients
              from arrangement_choice c
              join arrangement a on a.tenant_id = c.tenant_id and a.id = c.arrangement_id
             where c.contract_id = :contract
            """)
        .param("contract", contract.value())
        .query((row, _) -> plain(row))
        .optional()
        .map(this::withSlots);
  }

  /** Keeps everybody else from changing them until the transaction ends. */
  void lockAll() {
    jdbc.sql(
            "select pg_advisory_xact_lock(hashtextextended('arrangement/' || current_tenant(), 0))")
        .query((_, _) -> 0)
        .list();
  }

  void insert(Arrangement arrangement, Instant now) {
    jdbc.sql(
            """
            insert into arrangement (id, name, kind, office_first, recipients, made_at)
            values (:id, :name, :kind, :officeFirst, :recipients, :now)
            """)
        .param("id", arrangement.id())
        .param("name", arrangement.name())
        .param("kind", arrangement.kind().map(ContractKind::name).orElse(null), Types.VARCHAR)
        .param("officeFirst", arrangement.officeFirst())
        .param("recipients", arrangement.recipients().toArray(String[]::new))
        .param("now", Timestamp.from(now))
        .update();
    for (var i = 0; i < arrangement.slots().size(); i++) {
      var slot = arrangement.slots().get(i);
      jdbc.sql(
              """
              insert into arrangement_slot (arrangement_id, ordinal, label, place, capacity, member,
                                            identification)
              values (:arrangement, :ordinal, :label, :place, :capacity, :member, :way)
              """)
          .param("arrangement", arrangement.id())
          .param("ordinal", i + 1)
          .param("label", slot.label())
          .param("place", slot.place())
          .param("capacity", slot.capacity().name())
          .param("member", slot.member())
          .param("way", slot.way().name())
          .update();
    }
  }

  /** From now on it is offered to nobody. */
  void end(UUID id, Instant now) {
    jdbc.sql("update arrangement set ended_at = :now where id = :id and ended_at is null")
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  void choose(ContractId contract, UUID arrangement, Instant now) {
    jdbc.sql(
            """
            insert into arrangement_choice (contract_id, arrangement_id, chosen_at)
            values (:contract, :arrangement, :now)
            on conflict (tenant_id, contract_id) do update
               set arrangement_id = excluded.arrangement_id, chosen_at = excluded.chosen_at
            """)
        .param("contract", contract.value())
        .param("arrangement", arrangement)
        .param("now", Timestamp.from(now))
        .update();
  }

  void chooseNone(ContractId contract) {
    jdbc.sql("delete from arrangement_choice where contract_id = :contract")
        .param("contract", contract.value())
        .update();
  }

  private Arrangement withSlots(Arrangement plain) {
    var slots =
        jdbc.sql(
                """
                select label, place, capacity, member, identification from arrangement_slot
                 where arrangement_id = :arrangement order by ordinal
                """)
            .param("arrangement", plain.id())
            .query((row, _) ->
                new Arrangement.Slot(
                    row.getString("label"),
                    row.getInt("place"),
                    Party.Capacity.valueOf(row.getString("capacity")),
                    row.getBoolean("member"),
                    Identification.Way.valueOf(row.getString("identification"))))
            .list();
    return new Arrangement(
        plain.id(), plain.name(), plain.kind(), plain.officeFirst(), slots, plain.recipients());
  }

  private static Arrangement plain(ResultSet row) throws SQLException {
    return new Arrangement(
        row.getObject("id", UUID.class),
        row.getString("name"),
        Optional.ofNullable(row.getString("kind")).map(ContractKind::valueOf),
        row.getBoolean("office_first"),
        List.of(),
        List.of((String[]) row.getArray("recipients").getArray()));
  }
}
