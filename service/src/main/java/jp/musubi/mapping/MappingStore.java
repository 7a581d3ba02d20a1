package jp.musubi.mapping;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The mappings of the current body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class MappingStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Written>> RULES = new TypeReference<>() {};
  private static final String SELECT =
      "select id, name, target, encoding, separator, skipped, headed, rules, version from mapping ";

  private final JdbcClient jdbc;

  MappingStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A rule as it is written down. */
  private record Written(
      List<String> columns,
      boolean spaced,
      String fixed,
      Conversion conversion,
      Map<String, String> codes) {}

  List<Mapping> open() {
    return jdbc.sql(SELECT + "where ended_at is null order by target, name")
        .query((row, _) -> mapping(row))
        .list();
  }

  Optional<Mapping> find(UUID id) {
    return jdbc.sql(SELECT + "where id = :id and ended_at is null")
        .param("id", id)
        .query((row, _) -> mapping(row))
        .optional();
  }

  /** Keeps others from adding a mapping until the transaction ends. */
  void lock() {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(current_tenant()::text, 146))")
        .query((_, _) -> true)
        .single();
  }

  void insert(Mapping mapping, Instant now) {
    of(
            mapping,
            now,
            """
            insert into mapping (id, name, target, encoding, separator, skipped, headed, rules,
                                 version, changed_at)
            values (:id, :name, :target, :encoding, :separator, :skipped, :headed, :rules,
                    :version, :now)
            """)
        .update();
  }

  /** Writes over the version that was read; false if there is another meanwhile. */
  boolean update(Mapping mapping, Instant now) {
    return of(
                mapping,
                now,
                """
                update mapping
                   set name = :name, target = :target, encoding = :encoding,
                       separator = :separator, skipped = :skipped, headed = :headed,
                       rules = :rules, version = version + 1, changed_at = :now
                 where id = :id and version = :version and ended_at is null
                """)
            .update()
        == 1;
  }

  void end(UUID id, Instant now) {
    jdbc.sql("update mapping set ended_at = :now where id = :id and ended_at is null")
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  private JdbcClient.StatementSpec of(Mapping mapping, Instant now, String sql) {
    return jdbc.sql(sql)
        .param("id", mapping.id())
        .param("name", mapping.name())
        .param("target", mapping.target().name())
        .param("encoding", mapping.layout().encoding().name())
        .param("separator", mapping.layout().separator().name())
        .param("skipped", mapping.layout().skipped())
        .param("headed", mapping.layout().headed())
        .param("rules", json(mapping.rules()))
        .param("version", mapping.version())
        .param("now", Timestamp.from(now));
  }

  /** The rules as they are kept. */
  static String json(Map<Wanted, Rule> rules) {
    var written = new TreeMap<String, Written>();
    rules.forEach((wanted, rule) ->
        written.put(
            wanted.name(),
            new Written(
                rule.columns().stream().map(Column::key).toList(),
                rule.spaced(),
                rule.fixed(),
                rule.conversion(),
                new TreeMap<>(rule.codes()))));
    return JSON.writeValueAsString(written);
  }

  private static Map<Wanted, Rule> rules(String json) {
    var rules = new EnumMap<Wanted, Rule>(Wanted.class);
    JSON.readValue(json, RULES)
        .forEach((wanted, rule) ->
            rules.put(
                Wanted.valueOf(wanted),
                new Rule(
                    rule.columns().stream().map(key -> Column.parse(key).orElseThrow()).toList(),
                    rule.spaced(),
                    rule.fixed(),
                    rule.conversion(),
                    rule.codes())));
    return rules;
  }

  private static Mapping mapping(ResultSet row) throws SQLException {
    return new Mapping(
        row.getObject("id", UUID.class),
        row.getString("name"),
        Target.valueOf(row.getString("target")),
        new Layout(
            Layout.Encoding.valueOf(row.getString("encoding")),
            Layout.Separator.valueOf(row.getString("separator")),
            row.getInt("skipped"),
            row.getBoolean("headed")),
        rules(row.getString("rules")),
        row.getInt("version"));
  }
}
