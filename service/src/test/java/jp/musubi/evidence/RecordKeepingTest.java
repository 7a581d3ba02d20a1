package jp.musubi.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.platform.Tenancy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("保存期間が過ぎた監査記録も")
class RecordKeepingTest {
  private static final Actor HANAKO = new Actor(Actor.Kind.STAFF, "1", "見本 花子");

  @Autowired AuditTrail audit;
  @Autowired JdbcClient jdbc;
  @Autowired NamedParameterJdbcOperations batch;
  @Autowired TransactionTemplate transaction;

  private TestBody body;

  @BeforeEach
  void aBodyWithARecordOfLongAgo() {
    body = TestBody.create("-");
    var then = Clock.fixed(Instant.parse("1926-12-25T00:00:00Z"), ZoneOffset.UTC);
    var trail = new StoredAuditTrail(jdbc, batch, then);
    inTransaction(() -> trail.record(HANAKO, "contract.viewed", null, null, Map.of()));
    inTransaction(() -> audit.record(HANAKO, "contract.viewed", null, null, Map.of()));
  }

  @Test
  @DisplayName("サービスにも、表の持ち主にも、データベースの管理者にも、消させない")
  void cannotBeErasedByAnybody() throws SQLException {
    for (var sql :
        List.of(
            "delete from audit_entry where at < now() - interval '100 years'",
            "truncate audit_entry",
            "update audit_entry set entry = '' where at < now() - interval '100 years'")) {
      assertThatThrownBy(() -> inTransaction(() -> jdbc.sql(sql).update()))
          .as(sql)
          .isInstanceOf(DataAccessException.class);
      assertThatThrownBy(() -> asSuperuser(sql))
          .as("as superuser: " + sql)
          .isInstanceOf(SQLException.class)
          .hasMessageNotContaining("syntax");
    }
    assertThat(count()).isEqualTo("2");
    inTransaction(() -> assertThat(audit.firstBreak(List.of())).isEmpty());
  }

  @Test
  @DisplayName("消す権限も、消す関数も、道連れに消えるつながりもない")
  void areErasedByNothingThatIsThere() throws SQLException {
    assertThat(
            rows(
                """
                select grantee || ' ' || privilege_type from information_schema.table_privileges
                 where table_name in ('audit_entry', 'audit_head')
                   and privilege_type in ('DELETE', 'TRUNCATE')
                   and grantee <> (select pg_get_userbyid(relowner) from pg_class
                                    where oid = 'audit_entry'::regclass)
                """))
        .isEmpty();
    assertThat(
            rows(
                """
                select proname from pg_proc
                 where prosrc ~* '(delete\\s+from|truncate)[^;]*audit_(entry|head)'
                """))
        .isEmpty();
    assertThat(
            rows(
                """
                select conname from pg_constraint
                 where conrelid = 'audit_entry'::regclass and confdeltype not in ('a', 'r', ' ')
                """))
        .isEmpty();
    assertThat(
            rows(
                """
                select tgname from pg_trigger
                 where tgrelid = 'audit_entry'::regclass and not tgisinternal and tgenabled <> 'D'
                """))
        .isNotEmpty();
  }

  private void inTransaction(Runnable work) {
    Tenancy.in(
        body.id(),
        () -> {
          transaction.executeWithoutResult(_ -> work.run());
          return true;
        });
  }

  private String count() throws SQLException {
    return rows("select count(*)::text from audit_entry where tenant_id = '" + body.id() + "'")
        .getFirst();
  }

  private static void asSuperuser(String sql) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(String sql) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      var rows = new ArrayList<String>();
      while (row.next()) {
        rows.add(row.getString(1));
      }
      return rows;
    }
  }
}
