package jp.musubi.simulation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What waits in the table of jobs, seen from outside. */
final class Queue {
  private final PreparedStatement look;
  private final PreparedStatement beat;
  private final Connection connection;

  Queue(Connection connection) throws SQLException {
    this.connection = connection;
    look =
        connection.prepareStatement(
            "select task_instance, execution_time, picked, last_heartbeat from scheduled_tasks");
    beat =
        connection.prepareStatement(
            "update scheduled_tasks set last_heartbeat = ? where task_instance = ? and picked");
  }

  /** As if nobody had ever waited: of jobs of one moment, that which lies first is taken first. */
  void clear() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("truncate scheduled_tasks");
    }
  }

  /** Takes a job away, as one would who deletes it before the work is done. */
  void forget(String instance) {
    try (var forgetting =
        connection.prepareStatement("delete from scheduled_tasks where task_instance = ?")) {
      forgetting.setString(1, instance);
      forgetting.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** When the next job can be taken; null if there is none that anybody will ever take. */
  @Nullable Instant due(World world) {
    try (var row = look.executeQuery()) {
      Instant first = null;
      while (row.next()) {
        var due = due(world, row);
        first = due != null && (first == null || due.isBefore(first)) ? due : first;
      }
      return first;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable Instant due(World world, java.sql.ResultSet row) throws SQLException {
    if (!row.getBoolean(3)) {
      return row.getTimestamp(2).toInstant();
    }
    var instance = row.getString(1);
    for (var node : world.nodes()) {
      if (node.beats() && node.working().equals(instance)) {
        // It is at it, and says so every few seconds.
        beat.setTimestamp(1, Timestamp.from(world.now()));
        beat.setString(2, instance);
        beat.executeUpdate();
        return null;
      }
    }
    return row.getTimestamp(4).toInstant().plus(Node.LEASE).plusMillis(1);
  }
}
