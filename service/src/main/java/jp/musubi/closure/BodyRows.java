package jp.musubi.closure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 団体の行. Every table with rows of bodies is read from the database's catalogue, so that one that is
 * added later cannot be forgotten; the database deletes only while the body is being erased.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class BodyRows {
  private final JdbcClient jdbc;

  BodyRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** How many rows the current body has, table by table. */
  Map<String, Long> count() {
    var counts = new TreeMap<String, Long>();
    jdbc.sql("select relation, rows_there from rows_of_body()")
        .query((row, _) -> counts.put(row.getString(1), row.getLong(2)))
        .list();
    return counts;
  }

  /**
   * The tables in an order in which nothing refers to what is already gone: each step is one table,
   * or several that refer to each other.
   */
  List<List<String>> steps() {
    var referring = new TreeMap<String, Set<String>>();
    jdbc.sql("select t from tables_of_bodies() t")
        .query((row, _) -> referring.put(row.getString(1), new TreeSet<>()))
        .list();
    jdbc.sql(
            """
            select confrelid::regclass::text as referred, conrelid::regclass::text as referring
              from pg_constraint where contype = 'f' and conrelid <> confrelid
            """)
        .query((row, _) -> {
          var to = referring.get(row.getString("referred"));
          var from = row.getString("referring");
          return to != null && referring.containsKey(from) && to.add(from);
        })
        .list();
    return inOrder(referring);
  }

  /** Pure: whom nothing refers to goes first; a circle goes at once. */
  static List<List<String>> inOrder(Map<String, ? extends Collection<String>> referring) {
    var left = new HashMap<String, Set<String>>();
    referring.forEach((table, others) -> left.put(table, new TreeSet<>(others)));
    var steps = new ArrayList<List<String>>();
    while (!left.isEmpty()) {
      var free =
          left.entrySet().stream()
              .filter(each -> each.getValue().isEmpty())
              .map(Map.Entry::getKey)
              .sorted()
              .toList();
      if (free.isEmpty()) {
        steps.add(left.keySet().stream().sorted().toList());
        return steps;
      }
      free.forEach(table -> steps.add(List.of(table)));
      free.forEach(left::remove);
      left.values().forEach(others -> others.removeAll(free));
    }
    return steps;
  }

  /** Deletes the current body's rows of these tables. */
  long erase(List<String> tables) {
    return jdbc.sql("select erase_rows(cast(:tables as text[]))")
        .param("tables", "{" + String.join(",", tables) + "}")
        .query(Long.class)
        .single();
  }

  /** Deletes the body itself, which only succeeds if nothing refers to it any more. */
  void eraseBody() {
    jdbc.sql("select erase_body()").query((_, _) -> true).single();
  }
}
