package jp.musubi.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.Cookie;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.platform.Tenancy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("職員のサインイン")
class SignInTest {
  @Autowired MockMvc web;
  @Autowired PasswordEncoder passwords;
  @Autowired Staff staff;

  TestBody body;

  @BeforeEach
  void newBody() {
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
  }

  @Test
  @DisplayName("団体とログインIDとパスワードで入る")
  void opensWithBodyLoginIdAndPassword() throws Exception {
    var session = signIn(body.code(), "hanako", TestBody.PASSWORD).andExpect(redirectedUrl("/"));

    var cookie = cookieOf(session);
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSecure()).isTrue();
    assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
    web.perform(get("/account").cookie(cookie).accept("text/html"))
        .andExpect(status().isOk())
        .andExpect(content().string(containsString("見本 花子")))
        .andExpect(content().string(containsString("上毛市")))
        .andExpect(content().string(containsString("担当者")));
  }

  @Test
  @DisplayName("全角で入力したパスワードも同じと読む")
  void readsPasswordsInEitherWidth() throws Exception {
    var ascii = TestBody.create(passwords.encode("musubi-no-kagi-2026"));
    signIn(ascii.code(), "hanako", "ｍｕｓｕｂｉ－ｎｏ－ｋａｇｉ－２０２６").andExpect(redirectedUrl("/"));
    assertThat(Normalizer.normalize("－", Normalizer.Form.NFKC)).isEqualTo("-");
  }

  @Test
  @DisplayName("何が違うかを教えない")
  void saysNotWhatWasWrong() throws Exception {
    for (var attempt :
        List.of(
            List.of("999999x", "hanako", TestBody.PASSWORD),
            List.of(body.code(), "nobody", TestBody.PASSWORD),
            List.of(body.code(), "hanako", "wrong"),
            List.of(body.code(), "hanako", ""))) {
      signIn(attempt.get(0), attempt.get(1), attempt.get(2))
          .andExpect(redirectedUrl("/signin?refused"));
    }
  }

  @Test
  @DisplayName("10回続けて間違えると15分止まり、正しいパスワードでも入れない")
  void restsAfterTenFailures() throws Exception {
    for (var i = 0; i < StaffStore.MOST_FAILURES; i++) {
      signIn(body.code(), "hanako", "wrong").andExpect(redirectedUrl("/signin?refused"));
    }
    signIn(body.code(), "hanako", TestBody.PASSWORD).andExpect(redirectedUrl("/signin?refused"));
    signIn(body.code(), "taro", TestBody.PASSWORD).andExpect(redirectedUrl("/"));

    run("update staff set locked_until = locked_until - interval '15 minutes' where id = ?");
    signIn(body.code(), "hanako", TestBody.PASSWORD).andExpect(redirectedUrl("/"));
  }

  @Test
  @DisplayName("9回間違えても、正しく入れば数え直す")
  void forgetsFailuresOnSuccess() throws Exception {
    for (var round = 0; round < 2; round++) {
      for (var i = 0; i < StaffStore.MOST_FAILURES - 1; i++) {
        signIn(body.code(), "hanako", "wrong");
      }
      signIn(body.code(), "hanako", TestBody.PASSWORD).andExpect(redirectedUrl("/"));
    }
  }

  @Test
  @DisplayName("同時に試しても10回より多くは調べない")
  void cannotBeOutrunByManyAtOnce() throws Exception {
    var attempts =
        IntStream.range(0, 40)
            .<Callable<Boolean>>mapToObj(_ ->
                () ->
                    Tenancy.in(body.id(), () -> staff.signIn("hanako", "wrong", null).isPresent()))
            .toList();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var answer : threads.invokeAll(attempts)) {
        assertThat(answer.get()).isFalse();
      }
    }
    try (var connection = ServiceTest.RealParts.database().superuser();
        var query =
            connection.prepareStatement(
                """
                select count(*) filter (where action = 'staff.refused'),
                       count(*) filter (where action = 'staff.locked')
                  from audit_entry where tenant_id = ?
                """)) {
      query.setObject(1, body.id().value());
      try (var row = query.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getInt(1)).isEqualTo(StaffStore.MOST_FAILURES - 1);
        assertThat(row.getInt(2)).isEqualTo(1);
      }
    }
  }

  @Test
  @DisplayName("ほかの団体の人としては入れない")
  void opensNoOtherBody() throws Exception {
    var other = TestBody.create(passwords.encode("another body's password"));
    signIn(other.code(), "hanako", TestBody.PASSWORD).andExpect(redirectedUrl("/signin?refused"));
  }

  @Test
  @DisplayName("サインインの前後で識別子が変わる")
  void changesTheSessionId() throws Exception {
    var first = cookieOf(signIn(body.code(), "hanako", TestBody.PASSWORD));
    var again =
        web.perform(
            post("/signin")
                .cookie(first)
                .with(csrf())
                .param("body", body.code())
                .param("login", "hanako")
                .param("password", TestBody.PASSWORD));
    assertThat(cookieOf(again).getValue()).isNotEqualTo(first.getValue());
    web.perform(get("/account").cookie(first).accept("text/html"))
        .andExpect(redirectedUrl("/signin"));
  }

  @Test
  @DisplayName("サインアウトした後は入れない")
  void endsWithSignOut() throws Exception {
    var cookie = cookieOf(signIn(body.code(), "hanako", TestBody.PASSWORD));
    web.perform(get("/signout").cookie(cookie).accept("text/html"))
        .andExpect(status().isNotFound());
    web.perform(post("/signout").cookie(cookie)).andExpect(status().isForbidden());
    web.perform(post("/signout").cookie(cookie).with(csrf()).secure(true))
        .andExpect(redirectedUrl("/signin?out"))
        .andExpect(header().exists("Clear-Site-Data"));
    web.perform(get("/account").cookie(cookie).accept("text/html"))
        .andExpect(redirectedUrl("/signin"));
    assertThat(actions()).containsExactly("staff.signed-in", "route.refused", "staff.signed-out");
  }

  private List<String> actions() throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement =
            connection.prepareStatement(
                "select action from audit_entry where tenant_id = ? order by seq")) {
      statement.setObject(1, body.id().value());
      var actions = new ArrayList<String>();
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          actions.add(row.getString(1));
        }
      }
      return actions;
    }
  }

  @Test
  @DisplayName("使用を止めた職員は、次の操作でサインアウトされる")
  void endsWhenTheMemberIsStruckOff() throws Exception {
    var cookie = cookieOf(signIn(body.code(), "hanako", TestBody.PASSWORD));
    run("update staff set active = false where id = ?");
    web.perform(get("/account").cookie(cookie).accept("text/html"))
        .andExpect(redirectedUrl("/signin?ended"));
    signIn(body.code(), "hanako", TestBody.PASSWORD).andExpect(redirectedUrl("/signin?refused"));
  }

  @Test
  @DisplayName("使い続けても、サインインから12時間で終わる")
  void endsHalfADayAfterItBegan() throws Exception {
    var cookie = cookieOf(signIn(body.code(), "hanako", TestBody.PASSWORD));
    run("update staff_session set since = now() - interval '11 hours' where staff_id = ?");
    web.perform(get("/account").cookie(cookie).accept("text/html")).andExpect(status().isOk());
    run("update staff_session set since = now() - interval '12 hours' where staff_id = ?");
    web.perform(get("/account").cookie(cookie).accept("text/html"))
        .andExpect(redirectedUrl("/signin?ended"));
  }

  @Test
  @DisplayName("団体は、その団体のリンクか前に選んだもので選ばれ、ない団体は選ばれない")
  void offersTheBodyOfTheLinkOrTheLastOne() throws Exception {
    assertThat(offered(get("/signin").param("body", body.code()))).isEqualTo(body.code());
    assertThat(offered(get("/signin").param("body", "\"><script>"))).isNotEqualTo(body.code());
    var remembered =
        Objects.requireNonNull(
            signIn(body.code(), "hanako", TestBody.PASSWORD)
                .andReturn()
                .getResponse()
                .getCookie("__Host-musubi-body"));
    assertThat(remembered.isHttpOnly()).isTrue();
    assertThat(offered(get("/signin").cookie(remembered))).isEqualTo(body.code());
    var other = TestBody.create("-");
    assertThat(offered(get("/signin").cookie(remembered).param("body", other.code())))
        .isEqualTo(other.code());
    assertThat(
            signIn(body.code(), "hanako", "wrong")
                .andReturn()
                .getResponse()
                .getCookie("__Host-musubi-body"))
        .isNull();
  }

  private String offered(
      org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder page)
      throws Exception {
    return org.jsoup.Jsoup.parse(
            web.perform(page.accept("text/html"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString())
        .select("#body option[selected]")
        .attr("value");
  }

  @Test
  @DisplayName("パスキーの求めは、だれのものがあるかを教えず、答えのない送信では入れない")
  void asksForAnyPasskeyAndTellsOfNobody() throws Exception {
    var asked = web.perform(post("/signin/passkey").with(csrf()).param("body", body.code()));
    asked
        .andExpect(status().isOk())
        .andExpect(content().string(containsString("&quot;allowCredentials&quot;:[]")));
    var waiting = cookieOf(asked);
    for (var answer : List.of("", "{}", "{\"id\":\"x\"}", "null", "[]")) {
      web.perform(
              post("/signin/passkey/assertion")
                  .with(csrf())
                  .cookie(waiting)
                  .param("credential", answer))
          .andExpect(status().isUnprocessableContent());
    }
    web.perform(get("/account").cookie(waiting).accept("text/html"))
        .andExpect(redirectedUrl("/signin"));
  }

  @Test
  @DisplayName("手続の前に、もう一度パスワードで確かめられる")
  void confirmsAnActByThePassword() {
    Tenancy.in(
        body.id(),
        () -> {
          var clerk = staff.active(body.clerk()).orElseThrow();
          assertThat(staff.confirms(clerk, TestBody.PASSWORD, "192.0.2.1")).isTrue();
          assertThat(staff.confirms(clerk, "wrong", "192.0.2.1")).isFalse();
          return true;
        });
  }

  @Test
  @DisplayName("印のない送信は受け付けない")
  void refusesFormsWithoutToken() throws Exception {
    web.perform(
            post("/signin")
                .param("body", body.code())
                .param("login", "hanako")
                .param("password", TestBody.PASSWORD))
        .andExpect(status().isForbidden())
        .andExpect(content().string(containsString("画面を開き直してください")));
  }

  private ResultActions signIn(String code, String login, String password) throws Exception {
    return web.perform(
        post("/signin")
            .with(csrf())
            .param("body", code)
            .param("login", login)
            .param("password", password));
  }

  private static Cookie cookieOf(ResultActions answer) {
    return Objects.requireNonNull(
        answer.andReturn().getResponse().getCookie("__Host-musubi"), "no session cookie");
  }

  private void run(String sql) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, body.clerk());
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }
}
