package jp.musubi.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import jp.musubi.Faults;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.vault.SecondStores;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("消去の扉は")
class ErasureDoorTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired PasswordEncoder passwords;
  @Autowired ClosingDown closing;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired ApplicationContext context;
  @TempDir Path folder;

  private final Faults faults = ServiceTest.RealParts.faults();
  private ClosureHouse house;

  @BeforeEach
  void aBodyThatIsToBeErased() throws Exception {
    // The job would do the same at a moment of its own.
    ClosureHouse.holdTheJob();
    house = new ClosureHouse(mvc, passwords.encode(TestBody.PASSWORD));
    TestContract.draft(house.body, vault);
    house.settle();
  }

  @Test
  @DisplayName("消去が始まるまでは、役割にも表の持ち主にも開かない")
  void isShutUntilItBegins() {
    assertThatThrownBy(() -> erase(house.body.id(), "{audit_entry}"))
        .hasStackTraceContaining("is not being erased");
    assertThatThrownBy(() -> asOwner(house.body.id(), "delete from audit_entry"))
        .hasStackTraceContaining("append-only");
    assertThatThrownBy(() -> asOwner(house.body.id(), "delete from vault_object"))
        .hasStackTraceContaining("stays");
    assertThatThrownBy(() -> asOwner(house.home.id(), "delete from closure"))
        .hasStackTraceContaining("the record of a closure stays");
  }

  @Test
  @DisplayName("始まったあとも、その団体の行だけに開き、ほかの団体、書換え、空にすること、消去の記録には開かない")
  void opensForThatBodyOnly() throws Exception {
    var other = TestBody.create("-");
    TestContract.draft(other, vault);
    var before = ClosureHouse.rows(other.id());
    breakAt(8);
    assertThat(
            TestPeople.text(
                "select (began_at is not null and ended_at is null)::text from closure where id = ?",
                house.id()))
        .isEqualTo("true");

    assertThat(
            house.open(house.home, house.operator, "/closures/" + house.id()).getContentAsString())
        .contains("<progress", "行のうち");
    assertThatThrownBy(() -> erase(other.id(), "{contract}"))
        .hasStackTraceContaining("is not being erased");
    assertThatThrownBy(() -> erase(house.body.id(), "{closure}"))
        .hasStackTraceContaining("no tables of bodies");
    assertThatThrownBy(() -> erase(house.body.id(), "{body}"))
        .hasStackTraceContaining("no tables of bodies");
    assertThatThrownBy(() -> asOwner(house.body.id(), "update audit_entry set actor_name = 'x'"))
        .hasStackTraceContaining("append-only");
    assertThatThrownBy(() -> asOwner(house.body.id(), "truncate audit_entry"))
        .hasStackTraceContaining("append-only");
    assertThatThrownBy(() -> asOwner(house.body.id(), "delete from closure"))
        .hasStackTraceContaining("the record of a closure stays");
    // Whom row security does not bind would reach other bodies through it.
    assertThatThrownBy(() ->
            TestPeople.run(
                "do $$ begin perform set_config('app.tenant', '%s', true);"
                        .formatted(house.body.id())
                    + " delete from audit_entry where tenant_id = '%s'; end $$"
                        .formatted(other.id())))
        .hasStackTraceContaining("append-only");
    assertThat(ClosureHouse.rows(other.id())).isEqualTo(before);
    run();
    assertThat(ClosureHouse.rows(house.body.id())).isEmpty();
  }

  @Test
  @DisplayName("手続の記録は、あとから書き換えられない")
  void leavesItsOwnRecordAsItIs() {
    var id = house.id();
    assertThatThrownBy(
            () -> TestPeople.run("update closure set due = date '2020-01-01' where id = ?", id))
        .hasStackTraceContaining("due of closure");
    assertThatThrownBy(
            () -> TestPeople.run("update closure set confirmed_name = 'x' where id = ?", id))
        .hasStackTraceContaining("settled");
    assertThatThrownBy(() -> TestPeople.run("delete from closure where id = ?", id))
        .hasStackTraceContaining("stays");
  }

  @Test
  @DisplayName("削除を断る引き金は、どれも同じ扉を持つ")
  void isInEveryTriggerThatRefusesADeletion() {
    assertThat(
            TestPeople.text(
                """
                select coalesce(string_agg(distinct p.proname, ','), '')
                  from pg_trigger t
                  join pg_class c on c.oid = t.tgrelid
                  join pg_proc p on p.oid = t.tgfoid
                 where not t.tgisinternal and (t.tgtype & 8) <> 0
                   and c.relname::text = any (array(select tables_of_bodies()))
                   and p.prosrc not like '%being_erased()%'
                """))
        .isEmpty();
  }

  @Test
  @DisplayName("どこで止まっても続きから進み、同じところに行き着き、一度だけ報告する")
  void isPassedThoughTheServiceDies() throws Exception {
    var second = folder.resolve("second");
    var files = SecondStores.files(context, second);
    Files.createDirectories(second.resolve(house.body.id() + "/ab/cd"));
    Files.writeString(second.resolve(house.body.id() + "/ab/cd/x"), "複製");
    house.letTheDayCome();
    var runs = 0;
    for (var at = 1; broke(at); at += 1 + at / 2) {
      runs++;
    }
    assertThat(runs).isGreaterThan(8);
    assertThat(ClosureHouse.rows(house.body.id())).isEmpty();
    assertThat(ClosureHouse.files(ServiceTest.RealParts.store(), house.body.id())).isZero();
    assertThat(
            TestPeople.text(
                "select count(*)::text from audit_entry where action = 'closure.erased'"
                    + " and entry like ?",
                "%" + house.body.code() + "%"))
        .isEqualTo("1");
    assertThat(
            TestPeople.text(
                "select count(*)::text from mail where occasion = ?",
                "closure-reported/" + house.id()))
        .isEqualTo("1");
    Tenancy.in(
        house.body.id(),
        () -> {
          assertThat(files.count().second()).hasValue(1);
          files.removeAll();
          assertThat(files.count().isNothing()).isTrue();
          return true;
        });
    assertThat(second.resolve(house.body.id().toString())).doesNotExist();
  }

  @Test
  @DisplayName("参照される表は参照する表のあとに、互いに参照する表は一度に消す")
  void goesFromTheLeavesToTheRoot() {
    assertThat(
            BodyRows.inOrder(
                Map.of("a", List.of("b"), "b", List.of(), "c", List.of("d"), "d", List.of("c"))))
        .containsExactly(List.of("b"), List.of("a"), List.of("c", "d"));
  }

  private void run() {
    Tenancy.in(house.home.id(), closing::run);
  }

  private void breakAt(int point) {
    house.letTheDayCome();
    assertThat(broke(point)).isTrue();
  }

  /** Runs and breaks off where the work for the body passes its n-th point, if it gets there. */
  private boolean broke(int point) {
    var passed = new AtomicInteger();
    var broken = new ArrayList<String>();
    faults.watch(
        house.body.id(),
        where -> {
          // A letter to the body's own staff may be on its way meanwhile, by a job.
          var job = Thread.currentThread().getName().startsWith("db-scheduler");
          if (!job && passed.incrementAndGet() == point) {
            broken.add(where);
            throw new Faults.Broken(where);
          }
        });
    try {
      run();
    } finally {
      faults.leave(house.body.id());
    }
    return !broken.isEmpty();
  }

  private void erase(TenantId body, String tables) {
    Tenancy.in(
        body,
        () ->
            transaction.execute(_ ->
                jdbc.sql("select erase_rows(cast(:tables as text[]))")
                    .param("tables", tables)
                    .query(Long.class)
                    .single()));
  }

  private static void asOwner(TenantId body, String sql) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local role musubi_owner");
      statement.execute("set local app.tenant = '%s'".formatted(body));
      statement.execute(sql);
      connection.rollback();
    }
  }
}
