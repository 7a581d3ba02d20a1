package jp.musubi.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.platform.Tenancy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
class AuditTrailTest {
  private static final Actor HANAKO = new Actor(Actor.Kind.STAFF, "1", "見本 花子");

  @Autowired AuditTrail audit;
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;

  private TestBody body;
  private final UUID contract = UUID.randomUUID();

  @BeforeEach
  void aBody() {
    body = TestBody.create("x");
  }

  @Test
  void keepsWhoDidWhatInOrder() {
    record(HANAKO, "contract.dispatched");
    record(new Actor(Actor.Kind.COUNTERPARTY, "2", "例田 一郎"), "contract.agreed");

    var entries = Tenancy.in(body.id(), () -> audit.of(contract));

    assertThat(entries)
        .extracting(AuditEntry::seq, AuditEntry::action)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, "contract.dispatched"),
            org.assertj.core.groups.Tuple.tuple(2L, "contract.agreed"));
    assertThat(entries.getFirst().actor()).isEqualTo(HANAKO);
    assertThat(entries.getFirst().details()).containsEntry("document", "ab\"/\u001f結");
    assertThat(firstBreak()).isEmpty();
  }

  @Test
  void isOneChainHoweverManyWriteAtOnce() throws Exception {
    var start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 40)
              .<Future<?>>mapToObj(_ ->
                  threads.submit(() -> {
                    start.await();
                    record(HANAKO, "contract.viewed");
                    return null;
                  }))
              .toList();
      start.countDown();
      for (var one : all) {
        one.get();
      }
    }

    assertThat(Tenancy.in(body.id(), () -> audit.of(contract))).hasSize(40);
    assertThat(firstBreak()).isEmpty();
  }

  @Test
  void doesNotRecordOutsideOfATransaction() {
    assertThatThrownBy(() ->
            Tenancy.in(
                body.id(),
                () -> {
                  audit.record(HANAKO, "contract.viewed", contract, null, Map.of());
                  return null;
                }))
        .isInstanceOf(IllegalTransactionStateException.class);
  }

  @Test
  void refusesTheServiceItselfToChangeOrDelete() {
    record(HANAKO, "contract.dispatched");

    for (var sql :
        new String[] {
          "update audit_entry set action = 'x'", "delete from audit_entry", "truncate audit_entry"
        }) {
      assertThatThrownBy(() ->
              Tenancy.in(
                  body.id(),
                  () -> new TransactionTemplate(transactions).execute(_ -> jdbc.sql(sql).update())))
          .isInstanceOf(DataAccessException.class);
    }
    assertThat(firstBreak()).isEmpty();
  }

  @Test
  void findsAnEditedEntry() throws SQLException {
    threeEntries();
    tamper("update audit_entry set entry = replace(entry, '見本', '偽本') where seq = 2");

    assertThat(firstBreak()).contains(new ChainBreak(2, ChainBreak.Kind.HASH));
  }

  @Test
  void findsAnEditedColumn() throws SQLException {
    threeEntries();
    tamper("update audit_entry set actor_name = '偽田' where seq = 2");

    assertThat(firstBreak()).contains(new ChainBreak(2, ChainBreak.Kind.COLUMNS));
  }

  @Test
  void findsAnEntryWithARecomputedHash() throws SQLException {
    threeEntries();
    tamper(
        """
        update audit_entry
           set entry = replace(entry, '見本', '偽本'), actor_name = replace(actor_name, '見本', '偽本'),
               hash = encode(sha256(convert_to(replace(entry, '見本', '偽本'), 'UTF8')
                                    || decode(prev_hash, 'hex')), 'hex')
         where seq = 2
        """);

    assertThat(firstBreak()).contains(new ChainBreak(3, ChainBreak.Kind.LINK));
  }

  @Test
  void findsADeletedEntry() throws SQLException {
    threeEntries();
    tamper("delete from audit_entry where seq = 2");

    assertThat(firstBreak()).contains(new ChainBreak(3, ChainBreak.Kind.GAP));
  }

  @Test
  void findsSwappedEntries() throws SQLException {
    threeEntries();
    tamper("update audit_entry set seq = case seq when 2 then 30 when 3 then 20 else 1 end");
    tamper("update audit_entry set seq = case seq when 30 then 3 when 20 then 2 else 1 end");

    assertThat(firstBreak()).contains(new ChainBreak(2, ChainBreak.Kind.LINK));
  }

  @Test
  void findsATruncatedChain() throws SQLException {
    threeEntries();
    tamper("delete from audit_entry where seq = 3");

    assertThat(firstBreak()).contains(new ChainBreak(3, ChainBreak.Kind.END));
  }

  @Test
  void spellsAnEntryAsRfc8785Does() {
    var value = new TreeMap<String, Object>();
    value.put("b", "\u20ac$\u000f\nA'B\"\\\\\"/");
    value.put("a", new TreeMap<>(Map.of("z", "", "結", "び")));
    value.put("ö", 7L);

    assertThat(CanonicalJson.of(value))
        .isEqualTo(
            "{\"a\":{\"z\":\"\",\"結\":\"び\"},\"b\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",\"ö\":7}");
  }

  private void threeEntries() {
    record(HANAKO, "contract.dispatched");
    record(HANAKO, "contract.agreed");
    record(HANAKO, "contract.concluded");
    assertThat(firstBreak()).isEmpty();
  }

  private void record(Actor actor, String action) {
    Tenancy.in(
        body.id(),
        () -> {
          new TransactionTemplate(transactions)
              .executeWithoutResult(_ ->
                  audit.record(
                      actor,
                      action,
                      contract,
                      "192.0.2.1",
                      Map.of("document", "ab\"/\u001f結", "a", "b")));
          return null;
        });
  }

  private Optional<ChainBreak> firstBreak() {
    return Tenancy.in(body.id(), () -> audit.firstBreak(java.util.List.of()));
  }

  /** As somebody who holds the database itself, with the triggers switched off. */
  private void tamper(String sql) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local session_replication_role = replica");
      var where = sql.contains(" where ") ? " and " : " where ";
      statement.execute(sql.stripTrailing() + where + "tenant_id = '" + body.id() + "'");
      connection.commit();
    }
  }
}
