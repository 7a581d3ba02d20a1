package jp.musubi.backup;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * データベースの状態 at one moment at which no transaction was half done: what a restored one is held
 * against.
 *
 * @param at every transaction that ended until then is in it, and none after
 * @param tables all tables of the service, by name
 * @param heads where each body's audit chain ends
 */
record DatabaseState(Instant at, List<Table> tables, List<Head> heads) {
  DatabaseState {
    tables = List.copyOf(tables);
    heads = List.copyOf(heads);
  }

  /**
   * A table's rows.
   *
   * @param digest two sums over the SHA-256 of each row: the same whatever the order of rows
   */
  record Table(String name, long rows, String digest) {}

  /** The end of a body's audit chain. */
  record Head(String tenant, long seq, String hash) {}

  /** A table that is not as it was; -1 where it is not there. */
  record Difference(String table, long expectedRows, long foundRows) {}

  long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  /**
   * What another state has otherwise, by the names of tables; {@code audit_head} is one of them.
   */
  List<Difference> differences(DatabaseState found) {
    var mine = tables.stream().collect(Collectors.toMap(Table::name, Function.identity()));
    var theirs = found.tables.stream().collect(Collectors.toMap(Table::name, Function.identity()));
    var names = new TreeSet<>(mine.keySet());
    names.addAll(theirs.keySet());
    return names.stream()
        .filter(name -> !mine.containsKey(name) || !mine.get(name).equals(theirs.get(name)))
        .map(name ->
            new Difference(
                name,
                mine.containsKey(name) ? mine.get(name).rows() : -1,
                theirs.containsKey(name) ? theirs.get(name).rows() : -1))
        .toList();
  }
}
