package jp.musubi.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionOperations;

/** 団体のデータは団体のもの（WEB-7、WEB-8）. */
@ServiceTest
class RowSecurityTest {
  @Autowired JdbcClient jdbc;
  @Autowired TransactionOperations transactions;
  @Autowired Environment environment;

  @Test
  @DisplayName("団体の列がある表はすべて、持ち主にも効く行単位の保護の下にある")
  void everyTableOfABodyIsUnderForcedRowSecurity() throws SQLException {
    var unprotected = new ArrayList<String>();
    var seen = 0;
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select c.relname, c.relrowsecurity and c.relforcerowsecurity as forced,
                       exists (select from pg_policy p
                                where p.polrelid = c.oid and p.polqual is not null
                                  and p.polwithcheck is not null) as checked
                  from pg_class c
                  join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
                 where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                """)) {
      while (row.next()) {
        seen++;
        if (!row.getBoolean("forced") || !row.getBoolean("checked")) {
          unprotected.add(row.getString("relname"));
        }
      }
    }
    assertThat(seen).isGreaterThanOrEqualTo(15);
    assertThat(unprotected).isEmpty();
  }

  @Test
  @DisplayName("サービスの役割は何も持たず、保護を越えられない")
  void theServicesRoleOwnsNothingAndBypassesNothing() {
    assertThat(jdbc.sql("select current_user").query(String.class).single())
        .isEqualTo("musubi_app");
    assertThat(
            jdbc.sql(
                    """
                    select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
                      from pg_roles where rolname = current_user
                    """)
                .query(Boolean.class)
                .single())
        .isFalse();
    assertThat(
            jdbc.sql("select count(*) from pg_class where pg_get_userbyid(relowner) = current_user")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  @DisplayName("団体を決めずに読むと一行も見えず、ほかの団体の行も見えない")
  void showsABodyItsOwnRowsOnly() {
    var mine = TestBody.create("-");
    var other = TestBody.create("-");
    assertThat(staff()).isEmpty();
    assertThat(Tenancy.in(mine.id(), this::staff))
        .containsExactlyInAnyOrder(
            mine.clerk().toString(), mine.mayor().toString(), mine.viewer().toString());
    assertThat(Tenancy.in(other.id(), this::staff)).doesNotContain(mine.clerk().toString());
  }

  @Test
  @DisplayName("団体の列がある表のどの鍵も、団体から始まる")
  void everyKeyBeginsWithTheBody() throws SQLException {
    var others = new ArrayList<String>();
    var seen = 0;
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select c.relname || '.' || i.relname as key,
                       x.indkey[0] = a.attnum as led
                  from pg_index x
                  join pg_class c on c.oid = x.indrelid
                  join pg_class i on i.oid = x.indexrelid
                  join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
                 where x.indisunique and c.relnamespace = 'public'::regnamespace
                union all
                select f.conrelid::regclass || '.' || f.conname,
                       f.conkey[1] = a.attnum
                  from pg_constraint f
                  join pg_attribute a on a.attrelid = f.conrelid and a.attname = 'tenant_id'
                  -- Leads to a table of bodies, not to one that all share.
                  join pg_attribute b on b.attrelid = f.confrelid and b.attname = 'tenant_id'
                 where f.contype = 'f'
                """)) {
      while (row.next()) {
        seen++;
        if (!row.getBoolean("led")) {
          others.add(row.getString("key"));
        }
      }
    }
    assertThat(seen).isGreaterThanOrEqualTo(40);
    assertThat(others).isEmpty();
  }

  @Test
  @DisplayName("表を持つ役割や、行の保護を越える役割では起動しない")
  void refusesToStartAsAnOwnerOrPastTheProtection() throws SQLException {
    var url = environment.getRequiredProperty("spring.datasource.url");
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      statement.execute("create role passes_rows login bypassrls");
    }
    try {
      for (var role : List.of("musubi_owner", "postgres", "passes_rows")) {
        var check =
            new DatabaseRoleCheck(JdbcClient.create(new DriverManagerDataSource(url, role, "")));
        assertThatThrownBy(check::afterPropertiesSet)
            .as(role)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("spring.datasource.username");
      }
      assertThatCode(() -> new DatabaseRoleCheck(jdbc).afterPropertiesSet())
          .doesNotThrowAnyException();
    } finally {
      try (var connection = ServiceTest.RealParts.database().superuser();
          var statement = connection.createStatement()) {
        statement.execute("drop role passes_rows");
      }
    }
  }

  private List<String> staff() {
    return java.util.Objects.requireNonNull(
        transactions.execute(
            _ -> jdbc.sql("select id::text from staff").query(String.class).list()));
  }
}
