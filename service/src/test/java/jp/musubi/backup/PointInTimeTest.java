package jp.musubi.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.musubi.backup.BackupRefused.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** O-08、R17: a real PostgreSQL, backed up while it is written to, and what comes back of it. */
@DisplayName("バックアップは")
class PointInTimeTest {
  @TempDir static Path folder;
  private static KeptDatabase kept;
  private static BackupManifest manifest;
  private static Instant between;

  /** One backup under load, and one moment between two commits, serve all tests. */
  @BeforeAll
  static void backUpWhileItIsWrittenTo() throws Exception {
    kept = KeptDatabase.start(folder.resolve("home"));
    kept.run("create table busy (n bigint, word text)", "create table word (word text)");
    var stop = new AtomicBoolean();
    var writer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                for (var n = 0; !stop.get(); n++) {
                  kept.run("insert into busy values (" + n + ", repeat('結び', 200))");
                }
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    manifest = kept.backUp();
    kept.run("insert into word values ('first')");
    between = kept.now();
    kept.run("insert into word values ('second')");
    stop.set(true);
    writer.join();
    kept.keepLog();
  }

  @AfterAll
  static void stop() {
    kept.close();
  }

  @Test
  @DisplayName("書き込みの最中に取っても、二つの確定の間に戻せる：前のものはあり、後のものはない")
  void restoresToAPointBetweenTwoCommits(@TempDir Path target) throws Exception {
    try (var restored = kept.recover(manifest, Optional.of(between), target)) {
      assertThat(words(restored)).containsExactly("first");
      assertThat(restored.lastCommit())
          .hasValueSatisfying(at -> assertThat(at).isBeforeOrEqualTo(between));
    }
  }

  @Test
  @DisplayName("目録に書いた時点に戻すと、すべての表の行数と要約値が目録と一致する")
  void comesBackAsTheManifestSays(@TempDir Path target) throws Exception {
    var busy = manifest.state().tables().stream().filter(t -> t.name().equals("busy")).findFirst();
    assertThat(busy).hasValueSatisfying(table -> assertThat(table.rows()).isPositive());

    try (var restored = kept.recover(manifest, Optional.of(manifest.state().at()), target)) {
      var reader = new StateReader(restored.asSuperuser());
      assertThat(manifest.state().differences(reader.asItIs())).isEmpty();

      try (var session = restored.asSuperuser().connect();
          var statement = session.createStatement()) {
        statement.execute("update busy set word = word || '.' where n = 0");
      }
      assertThat(manifest.state().differences(reader.asItIs()))
          .extracting(DatabaseState.Difference::table)
          .containsExactly("busy");
    }
  }

  @Test
  @DisplayName("1ビットでも違えば、壊れたファイルの名前を言って断る")
  void refusesAFlippedBit(@TempDir Path target) throws Exception {
    var pack = kept.parts.folder().pack(manifest.name());
    var whole = Files.readAllBytes(pack);
    var bent = whole.clone();
    bent[bent.length / 2] ^= 1;
    Files.write(pack, bent);
    try {
      var refused =
          catchThrowableOfType(
              BackupRefused.class, () -> kept.recover(manifest, Optional.of(between), target));
      assertThat(refused.reason()).isEqualTo(Reason.DAMAGED);
      assertThat(refused).hasMessageContaining("base/" + manifest.name() + "/database.pack");
    } finally {
      Files.write(pack, whole);
    }
  }

  @Test
  @DisplayName("目録が書き換わっていれば断る")
  void refusesAChangedManifest() throws Exception {
    var file = kept.home.resolve("backup/base").resolve(manifest.name()).resolve("manifest.json");
    var whole = Files.readString(file);
    Files.writeString(file, whole.replaceFirst("\"rows\" : [0-9]+", "\"rows\" : 999"));
    try {
      assertThatThrownBy(() -> kept.parts.folder().manifest(manifest.name()))
          .isInstanceOf(BackupRefused.class)
          .hasMessageContaining(manifest.name());
    } finally {
      Files.writeString(file, whole);
    }
  }

  @Test
  @DisplayName("変更の記録が途中で欠けていれば、その名前を言って断る")
  void tellsWhichSegmentLacks(@TempDir Path target) {
    var segments = new ArrayList<>(kept.parts.shelf().segments());
    var lacking = WalName.of(manifest.lastLog());
    segments.remove(lacking);

    assertThatThrownBy(() -> RecoveryPlan.of(manifest, segments, Optional.of(between)))
        .isInstanceOf(BackupRefused.class)
        .hasMessageContaining(lacking.toString());
  }

  @Test
  @DisplayName("記録のない時刻には戻せないと言い、途中までのものを渡さない")
  void tellsThatTheLogDoesNotReach(@TempDir Path target) throws Exception {
    var tomorrow = between.plus(Duration.ofDays(1));

    var refused =
        catchThrowableOfType(
            BackupRefused.class, () -> kept.recover(manifest, Optional.of(tomorrow), target));

    assertThat(refused.reason()).isEqualTo(Reason.NOT_REACHED);
    assertThat(refused).hasMessageContaining(tomorrow.toString());
  }

  @Test
  @DisplayName("同時に二つは取らない")
  void isTakenOneAtATime() throws Exception {
    try (var first = kept.parts.folder().alone()) {
      assertThat(first.isOpen()).isTrue();
      assertThatThrownBy(() -> kept.backup().take())
          .isInstanceOf(BackupRefused.class)
          .hasMessageContaining("途中");
    }
  }

  @Test
  @DisplayName("個人情報をそのまま置かない")
  void keepsNothingInPlain() throws IOException {
    var plain = "結び結び".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    try (var files = Files.walk(kept.home.resolve("backup"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(contains(Files.readAllBytes(file), plain)).as(file.toString()).isFalse();
      }
    }
  }

  @Test
  @DisplayName("使っているフォルダには復元しない")
  void refusesAUsedHome(@TempDir Path used) throws IOException {
    Files.writeString(used.resolve("kept"), "契約書");

    assertThatThrownBy(() ->
            RestoredHome.restore(
                kept.home.resolve("backup"), used, Optional.empty(), Optional.empty()))
        .isInstanceOf(BackupRefused.class)
        .hasMessageContaining("空ではありません");
    assertThat(used.resolve("kept")).hasContent("契約書");
  }

  private static List<String> words(RecoveredDatabase restored) throws SQLException {
    try (var session = restored.asSuperuser().connect();
        var statement = session.createStatement();
        var row = statement.executeQuery("select word from word")) {
      var words = new ArrayList<String>();
      while (row.next()) {
        words.add(row.getString(1));
      }
      return words;
    }
  }

  private static boolean contains(byte[] all, byte[] part) {
    for (var from = 0; from + part.length <= all.length; from++) {
      if (java.util.Arrays.mismatch(all, from, from + part.length, part, 0, part.length) < 0) {
        return true;
      }
    }
    return false;
  }
}
