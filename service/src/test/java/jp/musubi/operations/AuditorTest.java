package jp.musubi.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.StoredObjects;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("監査は")
class AuditorTest {
  private static final Actor ACTOR = new Actor(Actor.Kind.STAFF, "1", "見本 花子");
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("PASSWORD", "L3", "同意して電子署名します。", "192.0.2.1", "test");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Autowired Auditor auditor;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired Environment environment;
  @Autowired BodyKeys keys;
  @Autowired TransactionTemplate transaction;

  private TestBody body;
  private TestContract contract;

  @BeforeEach
  void aConcludedContract() throws InterruptedException {
    body = TestBody.create("x");
    contract = TestContract.draft(body, vault);
    Tenancy.in(
        body.id(),
        () ->
            contracts.dispatch(
                contract.id(),
                contract.prepared(),
                Instant.now().plus(Duration.ofDays(14)),
                ACTOR,
                MANNER));
    awaitSeals(1);
    agree(1);
    awaitSeals(2);
    agree(2);
    awaitSeals(3);
  }

  @Test
  @DisplayName("正しい記録に異常を言わず、植えた異常を一つずつ見つける")
  void findsEveryPlantedViolation() throws Exception {
    assertThat(auditor.audit(body.id(), body.code())).isEmpty();

    withoutChecks(() -> {
      plant("update contract set state = 'CONCLUDING' where", "concluded-without-file");
      plant("update contract set ended_at = now() where", "concluded-and-ended");
    });
    plant("update contract set final_sha256 = prepared_sha256 where", "final-is-not-last");
    plant("delete from revision where ordinal = 2 and", "seals-missing");
    plant("delete from agreement where ordinal = 2 and", "agreement-missing");
    plant(
        "update agreement set agreed_at = agreed_at - interval '1 day' where ordinal = 1 and",
        "out-of-order");
    plant(
        "update agreement set document_sha256 = repeat('0', 64) where ordinal = 1 and",
        "other-bytes-shown");
    plant("update seal_attempt set source_sha256 = repeat('0', 64) where", "other-bytes-sealed");
    plant("delete from seal_attempt where", "seal-without-attempt");
    plant(
        "update revision set sealed_at = sealed_at - interval '1 day' where ordinal = 1 and",
        "time-runs-backwards",
        "sealed-before-agreed",
        "recorded-time-differs");
    plant(
        "update revision set sealed_at = sealed_at + interval '1 day' where ordinal = 2 and",
        "time-in-the-future");
    plant(
        "delete from audit_entry where seq = (select min(a.seq) from audit_entry a where"
            + " a.action = 'contract.agreed' and a.tenant_id = audit_entry.tenant_id) and",
        "chain-broken",
        "state-without-entry");
    plant("update contract set certificate_sha256 = prepared_sha256 where", "not-valid");
    plant(
        "update revision set sha256 = (select r.sha256 from revision r where r.ordinal = 0 and"
            + " r.tenant_id = revision.tenant_id) where ordinal = 1 and",
        "other-bytes-shown");
    plant(
        "insert into mail (tenant_id, id, occasion, recipient, subject, body, message_id,"
            + " created_at) select tenant_id, gen_random_uuid(), 'x', 'x@example.jp', 'x', 'x',"
            + " 'x', now() - interval '3 days' from contract where",
        "mail-stuck");
  }

  @Test
  @DisplayName("壊れた原本、失われた原本、仕事のない同意を見つける")
  void findsDamagedFilesAndStuckContracts() throws Exception {
    var stuck = TestContract.draft(body, vault);
    var before = auditor.audit(body.id(), body.code());
    assertThat(before).isEmpty();

    var last = objectFile(particulars().finalFile().orElseThrow());
    var whole = Files.readAllBytes(last);
    var damaged = whole.clone();
    damaged[whole.length / 2] ^= 1;
    Files.write(last, damaged);
    assertThat(codes()).contains("object-damaged");
    Files.delete(last);
    assertThat(codes()).contains("object-damaged");
    Files.write(last, whole);
    assertThat(codes()).isEmpty();

    execute(
        "update contract set state = 'AWAITING_AGREEMENTS', dispatched_at = now(),"
            + " deadline = now() + interval '1 day'"
            + " where id = '"
            + stuck.id()
            + "'");
    execute(
        """
        insert into agreement
        select p.tenant_id, gen_random_uuid(), p.contract_id, p.id, 0, '%s', now(), 'PASSWORD',
               'L3', 'x', 'x', 'x'
          from party p where p.contract_id = '%s' and p.ordinal = 0
        """
            .formatted(stuck.prepared(), stuck.id()));
    assertThat(codes()).contains("stuck");
  }

  @Test
  @DisplayName("表の行の保護が外れていれば言う")
  void findsATableWithoutRowSecurity() throws Exception {
    execute("alter table revision no force row level security");
    try {
      assertThat(auditor.isolation())
          .contains(new Violation("I12", "row-security-off", "", "revision", "row-level security"));
    } finally {
      execute("alter table revision force row level security");
    }
  }

  @Test
  @DisplayName("画面なしで動き、終了コードとJSONで答える")
  void runsAsACommand() throws Exception {
    execute("delete from audit_entry where seq = 1 and tenant_id = '" + body.id() + "'");
    var settings = new java.util.HashMap<String, Object>();
    for (var name :
        new String[] {
          "spring.datasource.url",
          "spring.datasource.username",
          "musubi.store.directory",
          "musubi.secrets.master-key-file",
          "musubi.seal.trust-anchors"
        }) {
      settings.put(name, environment.getRequiredProperty(name));
    }
    var scope = AuditScope.of(body.code());
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var code = AuditCommand.run(settings, scope, true, stream(out), stream(err));

    assertThat(code).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "\"invariant\":\"I8\"", "\"code\":\"chain-broken\"", body.code(), "\"bodies\":1,");

    out.reset();
    AuditCommand.run(settings, scope, false, stream(out), stream(err));
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("監査記録の鎖が途切れています");
    assertThat(err.size()).isZero();

    var nobody = AuditScope.of("999999");
    assertThat(AuditCommand.run(settings, nobody, false, stream(out), stream(err))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("団体999999は登録されていません");

    out.reset();
    settings.put("musubi.secrets.master-key-file", "/nowhere/master-key");
    assertThat(AuditCommand.run(settings, scope, true, stream(out), stream(err))).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("主鍵", "/nowhere/master-key");
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private interface Planting {
    void run() throws Exception;
  }

  private static void withoutChecks(Planting planting) throws Exception {
    var checks = new java.util.LinkedHashMap<String, String>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select conname, pg_get_constraintdef(oid) from pg_constraint
                 where conrelid = 'contract'::regclass and contype = 'c' and conname like '%_means_%'
                """)) {
      while (rows.next()) {
        checks.put(rows.getString(1), rows.getString(2));
      }
    }
    for (var name : checks.keySet()) {
      execute("alter table contract drop constraint " + name);
    }
    try {
      planting.run();
    } finally {
      for (var check : checks.entrySet()) {
        execute(
            "alter table contract add constraint %s %s"
                .formatted(check.getKey(), check.getValue()));
      }
    }
  }

  /** Plants by SQL, looks, and puts back what was there. */
  private void plant(String sql, String... codes) throws Exception {
    var undo = "plant_" + Integer.toHexString(sql.hashCode());
    var tables =
        new String[] {"contract", "agreement", "revision", "seal_attempt", "audit_entry", "mail"};
    for (var table : tables) {
      execute(
          "create table %s_%s as select * from %s where tenant_id = '%s'"
              .formatted(undo, table, table, body.id()));
    }
    try {
      execute(sql + " tenant_id = '" + body.id() + "'");
      assertThat(codes()).as(sql).contains(codes);
    } finally {
      for (var table : tables) {
        execute("delete from %s where tenant_id = '%s'".formatted(table, body.id()));
        execute("insert into %s select * from %s_%s".formatted(table, undo, table));
        execute("drop table %s_%s".formatted(undo, table));
      }
    }
    assertThat(codes()).isEmpty();
  }

  /** As somebody who holds the database itself, with triggers and foreign keys switched off. */
  private static void execute(String sql) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local session_replication_role = replica");
      statement.execute(sql);
      connection.commit();
    }
  }

  private java.util.List<String> codes() {
    return auditor.audit(body.id(), body.code()).stream().map(Violation::code).toList();
  }

  private Particulars particulars() {
    return Tenancy.in(body.id(), () -> contracts.get(contract.id()));
  }

  private void agree(int ordinal) {
    var current = particulars();
    Tenancy.in(
        body.id(),
        () ->
            contracts.agree(
                contract.id(),
                current.parties().get(ordinal),
                current.currentFile(),
                ACTOR,
                MANNER));
  }

  private void awaitSeals(int seals) throws InterruptedException {
    var until = Instant.now().plus(PATIENCE);
    while (particulars().revisions().size() < seals) {
      assertThat(Instant.now()).isBefore(until);
      Thread.sleep(100);
    }
  }

  private Path objectFile(Sha256 sha256) {
    return StoredObjects.file(keys, transaction, body.id(), sha256);
  }
}
