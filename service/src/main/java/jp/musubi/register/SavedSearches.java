package jp.musubi.register;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 保存した検索. Conditions one person asks again and again; nobody else sees them. */
@Service
@Transactional
class SavedSearches {
  /** Most that one person keeps. */
  static final int MOST = 30;

  private final JdbcClient jdbc;
  private final Clock clock;

  SavedSearches(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * One of them.
   *
   * @param query as {@link RegisterForm#address} writes it, without the path
   */
  record Saved(UUID id, String name, String query) {}

  /** Those of a person, by name. */
  @Transactional(readOnly = true)
  public List<Saved> of(UUID person) {
    return jdbc.sql(
            "select id, name, query from saved_search where staff_id = :person order by name, id")
        .param("person", person)
        .query((row, _) ->
            new Saved(
                row.getObject("id", UUID.class), row.getString("name"), row.getString("query")))
        .list();
  }

  /**
   * Keeps one; of the same name, in its place.
   *
   * @return false when there are too many
   */
  public boolean save(UUID person, String name, String query) {
    var written =
        jdbc.sql(
                """
                insert into saved_search (id, staff_id, name, query, saved_at)
                select gen_random_uuid(), :person, :name, :query, :now
                 where exists (select from saved_search where staff_id = :person and name = :name)
                    or (select count(*) from saved_search where staff_id = :person) < :most
                on conflict (tenant_id, staff_id, name) do update
                   set query = excluded.query, saved_at = excluded.saved_at
                """)
            .param("person", person)
            .param("name", name)
            .param("query", query)
            .param("now", Timestamp.from(clock.instant()))
            .param("most", MOST)
            .update();
    return written > 0;
  }

  /** Forgets one, if it is that person's. */
  public void remove(UUID person, UUID id) {
    jdbc.sql("delete from saved_search where id = :id and staff_id = :person")
        .param("id", id)
        .param("person", person)
        .update();
  }
}
