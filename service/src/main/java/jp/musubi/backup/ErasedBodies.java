package jp.musubi.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * 消去済団体. A backup from before an erasure holds the body's rows and its wrapped keys, and the master
 * key lives: a restored database would have it all again. What is on the list beside the store goes
 * out of the restored database before anybody gets it.
 */
final class ErasedBodies {
  private static final String FOLDER = "store-erased";

  private ErasedBodies() {}

  /** The bodies on the list of a home. */
  static List<UUID> in(Path home) throws IOException {
    var list = home.resolve(FOLDER);
    if (!Files.isDirectory(list)) {
      return List.of();
    }
    try (var files = Files.list(list)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
          .map(UUID::fromString)
          .sorted()
          .toList();
    }
  }

  /**
   * Takes them out of a restored database.
   *
   * @return how many of them were there
   */
  static int takeOut(List<UUID> bodies, Source superuser) throws SQLException {
    var there = 0;
    try (var session = superuser.connect()) {
      session.setAutoCommit(false);
      for (var body : bodies) {
        there += takeOut(session, body);
      }
      session.commit();
    }
    return there;
  }

  /** Takes them out of what was copied of the stores, should somebody have kept a copy. */
  static void takeOut(List<UUID> bodies, Path home) throws IOException {
    for (var body : bodies) {
      for (var store : new String[] {"store", "store-copy"}) {
        var files = home.resolve(store).resolve(body.toString());
        if (Files.exists(files)) {
          Folders.delete(files);
        }
      }
    }
  }

  private static int takeOut(Connection session, UUID body) throws SQLException {
    try (var statement = session.createStatement()) {
      // The triggers keep what is in service; this database is in nobody's service yet.
      statement.execute("set local session_replication_role = replica");
    }
    for (var table : tables(session)) {
      delete(session, "delete from " + table + " where tenant_id = ?", body);
    }
    try (var jobs =
        session.prepareStatement("delete from scheduled_tasks where task_instance like ?")) {
      jobs.setString(1, body + "%");
      jobs.executeUpdate();
    }
    return delete(session, "delete from body where id = ?", body);
  }

  private static int delete(Connection session, String sql, UUID body) throws SQLException {
    try (var statement = session.prepareStatement(sql)) {
      statement.setObject(1, body);
      return statement.executeUpdate();
    }
  }

  private static List<String> tables(Connection session) throws SQLException {
    try (var statement = session.createStatement();
        var row =
            statement.executeQuery(
                """
                select c.oid::regclass::text
                  from pg_class c
                  join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
                 where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
                """)) {
      var names = new ArrayList<String>();
      while (row.next()) {
        names.add(row.getString(1));
      }
      return names;
    }
  }
}
