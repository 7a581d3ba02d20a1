package jp.musubi.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** 団体のデータは団体のもの（WEB-7、WEB-8）. */
@ServiceTest
class RowSecurityTest {
  @Autowired JdbcClient jdbc;
  @Autowired TransactionOperations transactions;

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

  private List<String> staff() {
    return java.util.Objects.requireNonNull(
        transactions.execute(
            _ -> jdbc.sql("select id::text from staff").query(String.class).list()));
  }
}
