package jp.musubi.register;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.evidence.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes and reads 台帳の訂正 of the current body; what is written stays. */
@Repository
class CorrectionStore {
  private final JdbcClient jdbc;

  CorrectionStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What was corrected once.
   *
   * @param changes in the words of the day
   */
  record Correction(Instant at, String by, String reason, List<Change> changes) {

    /** Keeps its own copy. */
    Correction {
      changes = List.copyOf(changes);
    }
  }

  /** One item, before and after; empty for no value. */
  record Change(String what, String before, String after) {}

  void insert(ContractId contract, int version, Correction correction, Actor by) {
    jdbc.sql(
            """
            insert into register_correction (contract_id, version, corrected_at, staff_id,
                                             staff_name, reason)
            values (:contract, :version, :at, :staff, :name, :reason)
            """)
        .param("contract", contract.value())
        .param("version", version)
        .param("at", Timestamp.from(correction.at()))
        .param("staff", UUID.fromString(by.id()))
        .param("name", by.name())
        .param("reason", correction.reason())
        .update();
    for (var i = 0; i < correction.changes().size(); i++) {
      var change = correction.changes().get(i);
      jdbc.sql(
              """
              insert into register_change (contract_id, version, place, what, before, after)
              values (:contract, :version, :place, :what, :before, :after)
              """)
          .param("contract", contract.value())
          .param("version", version)
          .param("place", i)
          .param("what", change.what())
          .param("before", change.before())
          .param("after", change.after())
          .update();
    }
  }

  /** The corrections of a contract, the newest first. */
  List<Correction> corrections(ContractId contract) {
    var changes = new HashMap<Integer, List<Change>>();
    jdbc.sql(
            """
            select version, what, before, after from register_change
             where contract_id = :contract order by version, place
            """)
        .param("contract", contract.value())
        .query(row -> {
          changes
              .computeIfAbsent(row.getInt("version"), _ -> new ArrayList<>())
              .add(
                  new Change(
                      row.getString("what"), row.getString("before"), row.getString("after")));
        });
    return jdbc.sql(
            """
            select version, corrected_at, staff_name, reason from register_correction
             where contract_id = :contract order by version desc
            """)
        .param("contract", contract.value())
        .query((row, _) ->
            new Correction(
                row.getTimestamp("corrected_at").toInstant(),
                row.getString("staff_name"),
                row.getString("reason"),
                changes.getOrDefault(row.getInt("version"), List.of())))
        .list();
  }
}
