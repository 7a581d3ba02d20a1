package jp.musubi.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  @Test
  void keepsItsDataFromOneStartToTheNext(@TempDir Path folder) throws Exception {
    try (var first = EmbeddedDatabase.start(folder.resolve("pg"));
        var connection = DriverManager.getConnection(first.url());
        var statement = connection.createStatement()) {
      statement.execute("create table kept (word text)");
      statement.execute("insert into kept values ('結び')");
    }
    try (var second = EmbeddedDatabase.start(folder.resolve("pg"));
        var connection = DriverManager.getConnection(second.url());
        var statement = connection.createStatement();
        var row = statement.executeQuery("select word from kept")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("結び");
    }
  }
}
