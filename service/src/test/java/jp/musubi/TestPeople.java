package jp.musubi;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import jp.musubi.platform.TenantId;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** More people and sections for a {@link TestBody}, written as the superuser would. */
public final class TestPeople {
  private static final Map<UUID, UUID> SESSIONS = new ConcurrentHashMap<>();

  private TestPeople() {}

  /** A section below another, open since 2020. */
  public static UUID section(TestBody body, String code, String name, @Nullable UUID parent) {
    var id = UUID.randomUUID();
    run("insert into section (tenant_id, id, code) values (?, ?, ?)", body.id().value(), id, code);
    run(
        """
        insert into section_term (tenant_id, section_id, from_date, parent_id, name)
        values (?, ?, date '2020-04-01', ?, ?)
        """,
        body.id().value(),
        id,
        parent,
        name);
    return id;
  }

  /**
   * A member of staff.
   *
   * @param role null for somebody without one
   * @param scope the section the role is held in; null for the whole body
   */
  public static UUID member(
      TestBody body,
      String login,
      String name,
      UUID section,
      @Nullable String role,
      @Nullable UUID scope) {
    var id = UUID.randomUUID();
    run(
        """
        insert into staff (tenant_id, id, login_id, password_hash, name, mail, section_id)
        values (?, ?, ?, '-', ?, ?, ?)
        """,
        body.id().value(),
        id,
        login,
        name,
        id + "@joumou.example",
        section);
    if (role != null) {
      run(
          """
          insert into role_grant (tenant_id, id, staff_id, role, section_id, from_at)
          values (?, gen_random_uuid(), ?, ?, ?, timestamptz '2020-04-01 00:00+09')
          """,
          body.id().value(),
          id,
          role,
          scope);
    }
    return id;
  }

  /** A request by this person; what they may is read anew from the database. */
  public static RequestPostProcessor as(TestBody body, UUID staff) {
    var member =
        new StaffMember(
            body.id(), staff, "login", "氏名", "x@joumou.example", body.section(), Set.of());
    return SecurityMockMvcRequestPostProcessors.authentication(
        UsernamePasswordAuthenticationToken.authenticated(
            new SignedInStaff(
                member,
                "上毛市",
                "建設部",
                Instant.now(),
                Set.of(),
                true,
                session(body.id(), staff),
                null),
            null,
            List.of(new SimpleGrantedAuthority("ROLE_STAFF"))));
  }

  /** The key of a session that is open for somebody, begun when first asked for. */
  public static UUID session(TenantId body, UUID staff) {
    return SESSIONS.computeIfAbsent(
        staff,
        _ -> {
          var id = UUID.randomUUID();
          run(
              """
              insert into staff_session (tenant_id, id, staff_id, device, factors, since, used_at)
              values (?, ?, ?, 'Linux（Chrome）', array['PASSWORD'], now(), now())
              """,
              body.value(),
              id,
              staff);
          return id;
        });
  }

  /** One statement as the superuser. */
  public static void run(String sql, @Nullable Object... values) {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.prepareStatement(sql)) {
      for (var i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one text that a question has for an answer, asked as the superuser. */
  public static String text(String sql, @Nullable Object... values) {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.prepareStatement(sql)) {
      for (var i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
