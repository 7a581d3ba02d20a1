package jp.musubi.organisation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.CsvTable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The lists of sections of the current body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class SectionListStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;

  SectionListStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(SectionLists.Head list, UUID madeBy, List<CsvTable.Line> lines) {
    jdbc.sql(
            """
            insert into section_list (id, file_name, made_by, made_at, effective_on, state)
            values (:id, :file, :by, :now, :on, 'CHECKED')
            """)
        .param("id", list.id())
        .param("file", list.fileName())
        .param("by", madeBy)
        .param("now", Timestamp.from(list.madeAt()))
        .param("on", list.effectiveOn())
        .update();
    for (var line : lines) {
      jdbc.sql("insert into section_list_row (list_id, line, cells) values (:id, :line, :cells)")
          .param("id", list.id())
          .param("line", line.number())
          .param("cells", line.cells().map(JSON::writeValueAsString).orElse(null))
          .update();
    }
  }

  Optional<SectionLists.Head> find(UUID id, boolean lock) {
    return jdbc.sql(
            "select id, file_name, made_at, effective_on, state from section_list where id = :id"
                + (lock ? " for update" : ""))
        .param("id", id)
        .query((row, _) -> head(row))
        .optional();
  }

  List<SectionLists.Head> newest(int most) {
    return jdbc.sql(
            """
            select id, file_name, made_at, effective_on, state
              from section_list order by made_at desc limit :most
            """)
        .param("most", most)
        .query((row, _) -> head(row))
        .list();
  }

  List<SectionRow> rows(UUID id) {
    return jdbc.sql(
            """
            select line, cells from section_list_row
             where list_id = :id and cells is not null order by line
            """)
        .param("id", id)
        .query((row, _) ->
            SectionRow.of(
                row.getInt("line"),
                List.of(JSON.readValue(row.getString("cells"), String[].class))))
        .list();
  }

  /** The lines that had another number of cells than the heading. */
  List<SectionFinding> unreadable(UUID id) {
    return jdbc.sql(
            "select line from section_list_row where list_id = :id and cells is null order by line")
        .param("id", id)
        .query((row, _) ->
            new SectionFinding(
                row.getInt("line"),
                SectionRow.HEADINGS.getFirst(),
                SectionFinding.Reason.COLUMNS,
                ""))
        .list();
  }

  void applied(UUID id, Instant now) {
    jdbc.sql("update section_list set state = 'APPLIED', applied_at = :now where id = :id")
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  void cancelled(UUID id) {
    jdbc.sql("update section_list set state = 'CANCELLED' where id = :id").param("id", id).update();
  }

  private static SectionLists.Head head(ResultSet row) throws SQLException {
    return new SectionLists.Head(
        row.getObject("id", UUID.class),
        row.getString("file_name"),
        row.getTimestamp("made_at").toInstant(),
        row.getObject("effective_on", LocalDate.class),
        SectionLists.State.valueOf(row.getString("state")));
  }
}
