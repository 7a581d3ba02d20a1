package jp.musubi.journeys.drill;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * 受付の控え. What the client was told is done, kept outside of the service; afterwards the database
 * must have all of it. Here: drafts made by copying, each with the id that the answer named.
 */
final class Ledger {
  private final Map<UUID, Long> acknowledged = new ConcurrentHashMap<>();

  /** The service said so, now. */
  void acknowledge(UUID id) {
    acknowledged.put(id, System.nanoTime());
  }

  int size() {
    return acknowledged.size();
  }

  /** The longest time in which nothing was acknowledged, between the first and the last. */
  Duration longestSilence() {
    var moments = new ArrayList<>(acknowledged.values());
    Collections.sort(moments);
    var longest = 0L;
    for (var i = 1; i < moments.size(); i++) {
      longest = Math.max(longest, moments.get(i) - moments.get(i - 1));
    }
    return Duration.ofNanos(longest);
  }

  /**
   * Those that the database does not have.
   *
   * @param url of the database, with a role that sees every body's rows
   */
  List<UUID> lost(String url) throws SQLException {
    Set<UUID> there = new HashSet<>();
    try (var database = DriverManager.getConnection(url);
        var rows = database.createStatement().executeQuery("select id from contract")) {
      while (rows.next()) {
        there.add(rows.getObject(1, UUID.class));
      }
    }
    return acknowledged.keySet().stream().filter(id -> !there.contains(id)).toList();
  }
}
