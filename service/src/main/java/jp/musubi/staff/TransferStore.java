package jp.musubi.staff;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The lists of transfers of the current body, as rows. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class TransferStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Keeps how somebody was before a line took effect. */
  static final String TOOK_EFFECT =
      """
      update transfer_row set staff_id = :staff, before = :before, left_open = :open
       where transfer_id = :id and line = :line
      """;

  private final JdbcClient jdbc;

  TransferStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A line with what became of it. */
  record StoredRow(TransferRow row, Optional<UUID> staff, Optional<Before> before, int leftOpen) {}

  /**
   * How somebody was before a line took effect.
   *
   * @param grants as {@code ROLE/SECTION}
   * @param posts the posts they held on the day
   * @param handedOver contracts that went to somebody else
   */
  record Before(
      boolean added,
      String name,
      String mail,
      UUID section,
      List<String> grants,
      List<UUID> posts,
      @Nullable UUID heir,
      List<UUID> handedOver) {}

  void insert(Transfer transfer, List<TransferRow> rows) {
    jdbc.sql(
            """
            insert into transfer (id, file_name, made_by, made_at, effective_on, state)
            values (:id, :file, :by, :at, :on, :state)
            """)
        .param("id", transfer.id())
        .param("file", transfer.fileName())
        .param("by", transfer.madeBy())
        .param("at", Timestamp.from(transfer.madeAt()))
        .param("on", transfer.effectiveOn())
        .param("state", transfer.state().name())
        .update();
    for (var row : rows) {
      jdbc.sql("insert into transfer_row (transfer_id, line, cells) values (:id, :line, :cells)")
          .param("id", transfer.id())
          .param("line", row.line())
          .param("cells", JSON.writeValueAsString(row.cells()))
          .update();
    }
  }

  void replaceFindings(UUID id, List<TransferFinding> findings) {
    jdbc.sql("delete from transfer_finding where transfer_id = :id").param("id", id).update();
    var number = 0;
    for (var finding : findings) {
      jdbc.sql(
              """
              insert into transfer_finding (transfer_id, number, line, field, reason, value)
              values (:id, :number, :line, :field, :reason, :value)
              """)
          .param("id", id)
          .param("number", number++)
          .param("line", finding.line())
          .param("field", finding.field())
          .param("reason", finding.reason().name())
          .param("value", finding.value())
          .update();
    }
  }

  List<TransferFinding> findings(UUID id) {
    return jdbc.sql(
            """
            select line, field, reason, value from transfer_finding
             where transfer_id = :id order by number
            """)
        .param("id", id)
        .query((row, _) ->
            new TransferFinding(
                row.getInt("line"),
                row.getString("field"),
                TransferFinding.Reason.valueOf(row.getString("reason")),
                row.getString("value")))
        .list();
  }

  Optional<Transfer> find(UUID id, boolean lock) {
    return jdbc.sql(
            """
            select id, file_name, made_by, made_at, effective_on, state, applied_at
              from transfer where id = :id
            """
                + (lock ? " for update" : ""))
        .param("id", id)
        .query((row, _) -> transfer(row))
        .optional();
  }

  List<Transfer> newest(int limit) {
    return jdbc.sql(
            """
            select id, file_name, made_by, made_at, effective_on, state, applied_at
              from transfer order by made_at desc limit :limit
            """)
        .param("limit", limit)
        .query((row, _) -> transfer(row))
        .list();
  }

  void setState(UUID id, Transfer.State state, LocalDate effectiveOn) {
    jdbc.sql("update transfer set state = :state, effective_on = :on where id = :id")
        .param("state", state.name())
        .param("on", effectiveOn)
        .param("id", id)
        .update();
  }

  void applied(UUID id, Instant at) {
    jdbc.sql("update transfer set state = 'APPLIED', applied_at = :at where id = :id")
        .param("at", Timestamp.from(at))
        .param("id", id)
        .update();
  }

  void rolledBack(UUID id, Instant at) {
    jdbc.sql("update transfer set state = 'ROLLED_BACK', rolled_back_at = :at where id = :id")
        .param("at", Timestamp.from(at))
        .param("id", id)
        .update();
  }

  List<StoredRow> rows(UUID id) {
    return jdbc.sql(
            """
            select line, cells, staff_id, before, left_open from transfer_row
             where transfer_id = :id order by line
            """)
        .param("id", id)
        .query((row, _) ->
            new StoredRow(
                TransferRow.of(
                    row.getInt("line"),
                    List.of(JSON.readValue(row.getString("cells"), String[].class))),
                Optional.ofNullable(row.getObject("staff_id", UUID.class)),
                Optional.ofNullable(row.getString("before"))
                    .map(json -> JSON.readValue(json, Before.class)),
                row.getInt("left_open")))
        .list();
  }

  /** A line as {@link #TOOK_EFFECT} takes it. */
  static SqlParameterSource effect(UUID id, int line, UUID staff, Before before, int leftOpen) {
    return new MapSqlParameterSource()
        .addValue("id", id)
        .addValue("line", line)
        .addValue("staff", staff)
        .addValue("before", JSON.writeValueAsString(before))
        .addValue("open", leftOpen);
  }

  private static Transfer transfer(ResultSet row) throws SQLException {
    return new Transfer(
        row.getObject("id", UUID.class),
        row.getString("file_name"),
        row.getObject("made_by", UUID.class),
        row.getTimestamp("made_at").toInstant(),
        row.getObject("effective_on", LocalDate.class),
        Transfer.State.valueOf(row.getString("state")),
        Optional.ofNullable(row.getTimestamp("applied_at")).map(Timestamp::toInstant));
  }
}
