package jp.musubi.staff;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import jakarta.servlet.http.Cookie;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** The door of a body, as its staff use it with a browser: sign-in, cookies, forms, letters. */
record Door(MockMvc web, TestBody body) {

  ResultActions signIn(String login, String password) throws Exception {
    return web.perform(
        post("/signin")
            .with(csrf())
            .header("User-Agent", "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36")
            .param("body", body.code())
            .param("login", login)
            .param("password", password));
  }

  Cookie session(String login) throws Exception {
    return cookie(signIn(login, TestBody.PASSWORD));
  }

  static Cookie cookie(ResultActions answer) {
    return Objects.requireNonNull(
        answer.andReturn().getResponse().getCookie("__Host-musubi"), "no session cookie");
  }

  ResultActions open(Cookie session, String path) throws Exception {
    return web.perform(get(path).cookie(session).accept("text/html"));
  }

  ResultActions send(Cookie session, String path, String... namesAndValues) throws Exception {
    var request = post(path).cookie(session).with(csrf()).accept("text/html");
    for (var i = 0; i < namesAndValues.length; i += 2) {
      request.param(namesAndValues[i], namesAndValues[i + 1]);
    }
    return web.perform(request);
  }

  /** What the outbox holds for an address, newest last: subject and text. */
  List<String> letters(String address) throws SQLException {
    return rows(
        "select subject || E'\\n' || body from mail where tenant_id = ? and recipient = ? order by created_at",
        body.id().value(),
        address);
  }

  /** What the record says was done, oldest first. */
  List<String> acts() throws SQLException {
    return rows(
        "select action from audit_entry where tenant_id = ? order by seq", body.id().value());
  }

  static List<String> rows(String sql, Object... values) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var query = connection.prepareStatement(sql)) {
      for (var i = 0; i < values.length; i++) {
        query.setObject(i + 1, values[i]);
      }
      var found = new ArrayList<String>();
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  /** Gives somebody a passkey nobody has, and one recovery code. */
  void registerFactors(UUID person) {
    jp.musubi.TestPeople.run(
        """
        insert into staff_passkey (tenant_id, credential_id, staff_id, label, public_key, attestation,
                                   signature_count, transports, backup_eligible, backup_state, created_at)
        values (?, decode(replace(gen_random_uuid()::text, '-', ''), 'hex'), ?, '失くした端末', 'k', 'a', 0,
                array[]::text[], false, false, now())
        """,
        body.id().value(),
        person);
    jp.musubi.TestPeople.run(
        """
        insert into staff_recovery_code (tenant_id, staff_id, hash, created_at)
        values (?, ?, repeat('0', 64), now())
        """,
        body.id().value(),
        person);
  }
}
