package jp.musubi.counterparty;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.CsvTable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The lists of suppliers of the current body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class SupplierListStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;

  SupplierListStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A list without its lines. */
  record Head(String fileName, Instant madeAt, SupplierLists.State state) {}

  void insert(UUID id, String fileName, UUID madeBy, Instant now, List<CsvTable.Line> lines) {
    jdbc.sql(
            """
            insert into supplier_list (id, file_name, made_by, made_at, state)
            values (:id, :file, :by, :now, 'CHECKED')
            """)
        .param("id", id)
        .param("file", fileName)
        .param("by", madeBy)
        .param("now", Timestamp.from(now))
        .update();
    for (var line : lines) {
      jdbc.sql("insert into supplier_list_row (list_id, line, cells) values (:id, :line, :cells)")
          .param("id", id)
          .param("line", line.number())
          .param("cells", line.cells().map(JSON::writeValueAsString).orElse(null))
          .update();
    }
  }

  Optional<Head> find(UUID id, boolean lock) {
    return jdbc.sql(
            "select file_name, made_at, state from supplier_list where id = :id"
                + (lock ? " for update" : ""))
        .param("id", id)
        .query((row, _) ->
            new Head(
                row.getString("file_name"),
                row.getTimestamp("made_at").toInstant(),
                SupplierLists.State.valueOf(row.getString("state"))))
        .optional();
  }

  List<SupplierRow> rows(UUID id) {
    return jdbc.sql(
            """
            select line, cells from supplier_list_row
             where list_id = :id and cells is not null order by line
            """)
        .param("id", id)
        .query((row, _) ->
            SupplierRow.of(
                row.getInt("line"),
                List.of(JSON.readValue(row.getString("cells"), String[].class))))
        .list();
  }

  /** The lines that had another number of cells than the heading. */
  List<SupplierPlan.Finding> unreadable(UUID id) {
    return jdbc.sql(
            "select line from supplier_list_row where list_id = :id and cells is null order by line")
        .param("id", id)
        .query((row, _) ->
            new SupplierPlan.Finding(
                row.getInt("line"),
                SupplierRow.HEADINGS.getFirst(),
                SupplierPlan.Reason.COLUMNS,
                ""))
        .list();
  }

  void applied(UUID id, Instant now, Map<Integer, String> effects) {
    jdbc.sql("update supplier_list set state = 'APPLIED', applied_at = :now where id = :id")
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
    effects.forEach((line, effect) ->
        jdbc.sql(
                "update supplier_list_row set effect = :effect where list_id = :id and line = :line")
            .param("effect", effect)
            .param("id", id)
            .param("line", line)
            .update());
  }

  void cancelled(UUID id) {
    jdbc.sql("update supplier_list set state = 'CANCELLED' where id = :id")
        .param("id", id)
        .update();
  }

  Map<Integer, String> effects(UUID id) {
    var effects = new LinkedHashMap<Integer, String>();
    jdbc.sql(
            """
            select line, effect from supplier_list_row
             where list_id = :id and effect is not null order by line
            """)
        .param("id", id)
        .query((row, _) -> Map.entry(row.getInt("line"), row.getString("effect")))
        .list()
        .forEach(entry -> effects.put(entry.getKey(), entry.getValue()));
    return effects;
  }
}
