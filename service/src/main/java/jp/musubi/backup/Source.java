package jp.musubi.backup;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The database that is backed up, as a role that may begin backups and read every body's rows.
 *
 * @param url a JDBC address
 * @param password empty where the server asks for none
 */
record Source(String url, String user, String password) {

  Connection connect() throws SQLException {
    var connection = DriverManager.getConnection(url, user, password);
    try (var statement = connection.createStatement()) {
      // Rows are compared as text: it must not depend on who asks, or where.
      statement.execute(
          """
          set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres';
          set bytea_output = 'hex'; set extra_float_digits = 1; set client_encoding = 'UTF8'
          """);
    }
    return connection;
  }
}
