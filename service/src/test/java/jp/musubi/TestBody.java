package jp.musubi;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import jp.musubi.platform.TenantId;

/**
 * A body of a test's own: 上毛市 with one section, a clerk, the mayor who signs, a viewer, and the
 * mayor's office held since 2020. All sign in with {@link #PASSWORD}.
 *
 * @param code six digits, unique among the tests of this JVM
 */
public record TestBody(
    TenantId id, String code, UUID section, UUID clerk, UUID mayor, UUID viewer, UUID office) {

  /** The password of everybody in a test. */
  public static final String PASSWORD = "上毛かるた 鶴舞う形の群馬県";

  // Counted, not drawn: of some hundred drawn codes two are soon the same. No prefecture has a
  // number above 47, so none of these is a code that another test chooses.
  private static final AtomicInteger NEXT_CODE = new AtomicInteger(500_000);

  /** Writes a new body as the superuser would, past row-level security. */
  public static TestBody create(String passwordHash) {
    try (var connection = ServiceTest.RealParts.database().superuser()) {
      return create(connection, passwordHash);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same, by a connection of the superuser that is there already. */
  public static TestBody create(Connection connection, String passwordHash) throws SQLException {
    var body =
        new TestBody(
            new TenantId(UUID.randomUUID()),
            "%06d".formatted(NEXT_CODE.getAndIncrement()),
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID());
    body.write(connection, passwordHash);
    return body;
  }

  /**
   * The operator's own body, of which there is one for all tests, with a section of the caller's.
   */
  public static TestBody operators() {
    try (var connection = ServiceTest.RealParts.database().superuser()) {
      run(
          connection,
          """
          insert into body (id, code, name, created_at, kind)
          values (gen_random_uuid(), '000000', '運営', now(), 'OPERATOR') on conflict do nothing
          """);
      try (var statement = connection.createStatement();
          var row = statement.executeQuery("select id from body where kind = 'OPERATOR'")) {
        row.next();
        var nobody = UUID.randomUUID();
        var bare =
            new TestBody(
                new TenantId(row.getObject(1, UUID.class)),
                "000000",
                nobody,
                nobody,
                nobody,
                nobody,
                nobody);
        var section = TestPeople.section(bare, "op-" + UUID.randomUUID(), "運営室", null);
        return new TestBody(bare.id(), "000000", section, nobody, nobody, nobody, nobody);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(Connection connection, String passwordHash) throws SQLException {
    run(
        connection,
        "insert into body values (?, ?, '上毛市', '027-000-0000', now())",
        id.value(),
        code);
    run(
        connection,
        "insert into section (tenant_id, id, code) values (?, ?, '10')",
        id.value(),
        section);
    run(
        connection,
        """
        insert into section_term (tenant_id, section_id, from_date, name, phone)
        values (?, ?, date '2020-04-01', '建設部', '027-000-0001')
        """,
        id.value(),
        section);
    staff(connection, clerk, "hanako", "見本 花子", "CLERK", passwordHash);
    staff(connection, mayor, "taro", "見本 太郎", "SIGNER", passwordHash);
    staff(connection, viewer, "jiro", "見本 次郎", "VIEWER", passwordHash);
    run(connection, "insert into office values (?, ?, '上毛市長')", id.value(), office);
    run(
        connection,
        "insert into office_term values (?, ?, date '2020-04-01', null, ?, '見本 太郎')",
        id.value(),
        office,
        mayor);
  }

  private void staff(
      Connection connection, UUID staff, String login, String name, String role, String hash)
      throws SQLException {
    run(
        connection,
        """
        insert into staff (tenant_id, id, login_id, password_hash, name, mail, section_id)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        id.value(),
        staff,
        login,
        hash,
        name,
        login + "@joumou.example",
        section);
    run(
        connection,
        """
        insert into role_grant (tenant_id, id, staff_id, role, section_id, from_at)
        values (?, gen_random_uuid(), ?, ?, ?, timestamptz '2020-04-01 00:00+09')
        """,
        id.value(),
        staff,
        role,
        role.equals("SIGNER") ? null : section);
  }

  private static void run(
      Connection connection, String sql, @org.jspecify.annotations.Nullable Object... values)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (var i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }
}
