package jp.musubi.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.operations.AuditCommand;
import jp.musubi.operations.AuditScope;
import jp.musubi.testkit.PkiServer;
import jp.musubi.trial.EmbeddedDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/** O-08、R17: the schema of the service, its auditor, and a database that was really restored. */
@DisplayName("復元訓練は")
class RestoreDrillTest {
  @TempDir static Path folder;
  private static KeptDatabase kept;
  private static StandardEnvironment settings;

  @BeforeAll
  static void aServicesDatabase() throws Exception {
    kept = KeptDatabase.start(folder.resolve("home"));
    var url = kept.parts.source().url();
    Flyway.configure().dataSource(url, "musubi_owner", "").load().migrate();
    kept.run(
        "alter system set archive_timeout = '1s'",
        "select pg_reload_conf()",
        """
        insert into body (id, code, name, phone, created_at, kind)
        values ('7b2c0000-0000-4000-8000-000000000001', '109991', '上毛市', '027-000-0000', now(),
                'MUNICIPAL')
        """);
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var master = Files.createFile(kept.home.resolve("secrets/master-key"), owner);
    Files.write(master, new SecureRandom().generateSeed(32));
    var trust = kept.home.resolve("trust.pem");
    // The certificates of the trial are of today.
    try (var pki = PkiServer.open(folder.resolve("pki"), Clock.systemUTC())) {
      Files.writeString(trust, pki.pki().rootPem());
    }
    var named = new HashMap<String, Object>();
    named.put("musubi.store.directory", kept.home.resolve("store").toString());
    named.put("musubi.store.second-directory", kept.home.resolve("store-copy").toString());
    named.put("musubi.secrets.master-key-file", master.toString());
    named.put("musubi.seal.trust-anchors", trust.toString());
    settings = new StandardEnvironment();
    settings.getPropertySources().addFirst(new MapPropertySource("home", named));
  }

  @AfterAll
  static void stop() {
    kept.close();
  }

  @Test
  @DisplayName("取ったバックアップを別の場所に戻し、表を照合し、監査し、結果を残す。違うときは違うと言う")
  void restoresComparesAndAudits() throws Exception {
    var runs = new BackupRuns(JdbcClient.create(owner()));
    var clock = Clock.systemUTC();
    kept.run("delete from backup_run", "update body set created_at = now()");
    var care = new BackupCare(kept.parts, drill(), runs, backupSettings(), clock);
    assertThat(care.alarm()).isEqualTo(new BackupAlarm.Quiet());

    care.run();

    var run = runs.newest(1).getFirst();
    assertThat(run.detail()).isEmpty();
    assertThat(run.outcome()).contains(BackupRuns.Outcome.DONE);
    assertThat(run.violations()).hasValue(0);
    assertThat(run.ageSeconds().orElseThrow()).isLessThan(60);
    assertThat(runs.newestRestored()).isPresent();
    assertThat(kept.parts.folder().names()).contains(run.backup().orElseThrow());

    kept.run("alter table mail no force row level security");
    var report = drill().run();
    kept.run("alter table mail force row level security");

    assertThat(report.differences()).isEmpty();
    assertThat(report.violations())
        .singleElement()
        .satisfies(violation -> assertThat(violation.subject()).isEqualTo("mail"));
    assertThat(report.isClean()).isFalse();
    assertThat(DrillFigures.of(report, clock.instant()).rows())
        .extracting(DrillFigures.Row::met)
        .containsExactly(true, true, true, false);
  }

  @Test
  @DisplayName("照合できなかったバックアップは数えず、失敗を記録して警報を出す")
  void doesNotCountWhatWasNotRestored() throws Exception {
    kept.run("update body set created_at = now() - interval '3 days'");
    var broken =
        new RestoreDrill(
            new BackupParts(
                new Source(kept.parts.source().url(), "musubi_app", ""),
                kept.parts.folder(),
                kept.parts.shelf(),
                kept.parts.key()),
            folder,
            (_, _) -> {
              throw new IllegalStateException("not come to");
            },
            Clock.systemUTC());
    var runs = new BackupRuns(JdbcClient.create(owner()));
    kept.run("delete from backup_run");
    var care = new BackupCare(kept.parts, broken, runs, backupSettings(), Clock.systemUTC());

    care.run();

    assertThat(runs.newest(1).getFirst().outcome()).contains(BackupRuns.Outcome.FAILED);
    assertThat(runs.newest(1).getFirst().detail()).isNotEmpty();
    assertThat(care.watch()).isInstanceOf(BackupAlarm.Never.class);
  }

  @Test
  @DisplayName("./musubi restore は新しいホームを作り、二度目は断る。鍵はバックアップからは来ない")
  void makesANewHome(@TempDir Path target) throws Exception {
    var manifest = kept.backUp();
    var home = target.resolve("restored");
    var arguments =
        new String[] {
          "restore",
          "--from",
          kept.home.resolve("backup").toString(),
          "--to",
          home.toString(),
          "--at",
          manifest.state().at().toString(),
          "--json"
        };
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();

    var code = BackupCommand.run(arguments, print(out), print(err));

    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(code).isZero();
    var report = JsonMapper.builder().build().readTree(out.toByteArray());
    assertThat(report.get("backup").asString()).isEqualTo(manifest.name());
    assertThat(report.get("rows").asLong()).isEqualTo(manifest.state().rows());
    assertThat(home.resolve("secrets/master-key"))
        .hasSameBinaryContentAs(kept.home.resolve("secrets/master-key"));
    assertThat(home.resolve("database/postmaster.pid")).doesNotExist();

    assertThat(BackupCommand.run(arguments, print(out), print(err))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("空ではありません");
  }

  @Test
  @DisplayName("バックアップのあとに消去した団体は、復元しても行も鍵もファイルも戻らず、ほかの団体は戻る")
  void bringsNobodyBackWhoWasErasedSince(@TempDir Path target) throws Exception {
    var erased = "7b2c0000-0000-4000-8000-00000000000e";
    kept.run(
        "insert into body (id, code, name, created_at) values ('%s', '109992', '赤城町', now())"
            .formatted(erased),
        "insert into body_key (tenant_id, number, wrapped, master_id, created_at)"
            + " values ('%s', 1, 'x', 'x', now())".formatted(erased),
        """
        insert into audit_entry values ('%s', 1, now(), 'SERVICE', 'x', 'x', 'x', null, null, '{}',
                                        repeat('0', 64), repeat('1', 64))
        """
            .formatted(erased));
    var manifest = kept.backUp();
    var list = Files.createDirectories(kept.home.resolve("store-erased"));
    Files.writeString(list.resolve(erased), "2026-11-29T00:00:00Z");
    // Somebody kept a copy of the store as well.
    var file = kept.home.resolve("store").resolve(erased).resolve("ab/cd/file");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, "契約書");
    try {
      var home = target.resolve("restored");
      var restored =
          RestoredHome.restore(
              kept.home.resolve("backup"),
              home,
              Optional.empty(),
              Optional.of(manifest.state().at()));
      assertThat(restored.erasedAgain()).isEqualTo(1);
      assertThat(home.resolve("store").resolve(erased)).doesNotExist();
      assertThat(home.resolve("store-erased").resolve(erased)).exists();
      try (var database = EmbeddedDatabase.start(home.resolve("database"));
          var session = database.superuser();
          var statement = session.createStatement();
          var row =
              statement.executeQuery(
                  """
                  select (select string_agg(code, ',') from body),
                         (select count(*) from body_key where tenant_id = '%1$s')
                         + (select count(*) from audit_entry where tenant_id = '%1$s')
                  """
                      .formatted(erased))) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("109991");
        assertThat(row.getInt(2)).isZero();
      }
    } finally {
      Files.delete(list.resolve(erased));
      Files.delete(file);
      kept.run(
          """
          do $$ begin set local session_replication_role = replica;
          delete from body_key where tenant_id = '%1$s';
          delete from audit_entry where tenant_id = '%1$s';
          delete from body where id = '%1$s'; end $$
          """
              .formatted(erased));
    }
  }

  @Test
  @DisplayName("運用手順書にある権限だけで取れ、それより少なければ取らない")
  void needsTheRightsOfTheRunbook() throws Exception {
    var paper = Files.readString(Path.of("../docs/operations/backup-and-restore.md"));
    var rights = paper.substring(paper.indexOf("```sql") + "```sql".length());
    for (var sql : rights.substring(0, rights.indexOf("```")).split(";", -1)) {
      if (!sql.isBlank()) {
        kept.run(sql);
      }
    }
    var source = new Source(kept.parts.source().url(), "musubi_backup", "");
    var backup = new BaseBackup(source, kept.parts.folder(), kept.parts.key(), Clock.systemUTC());

    var taken = backup.take();
    backup.endSegment();

    assertThat(taken.manifest().state().tables())
        .filteredOn(table -> table.name().equals("body"))
        .extracting(DatabaseState.Table::rows)
        .containsExactly(1L);
    var runs =
        new BackupRuns(
            JdbcClient.create(new DriverManagerDataSource(source.url(), source.user(), "")));
    runs.failed(
        runs.begin(BackupRuns.Kind.BACKUP, taken.manifest().beganAt()),
        "練習",
        taken.manifest().endedAt());

    kept.run("alter role musubi_backup nobypassrls");
    assertThatThrownBy(backup::take)
        .isInstanceOf(BackupRefused.class)
        .hasMessageContaining("BYPASSRLS");
  }

  private static RestoreDrill drill() {
    return new RestoreDrill(
        kept.parts,
        kept.home.resolve("store-anchors"),
        (restored, now) -> AuditCommand.report(settings, restored, AuditScope.whole(), now),
        Clock.systemUTC());
  }

  private static DriverManagerDataSource owner() {
    var source = kept.parts.source();
    return new DriverManagerDataSource(source.url(), source.user(), source.password());
  }

  private static BackupSettings backupSettings() {
    return new BackupSettings(
        null,
        null,
        null,
        null,
        "postgres",
        null,
        java.time.Duration.ofDays(14),
        java.time.LocalTime.of(2, 30),
        java.time.Duration.ofHours(26));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
