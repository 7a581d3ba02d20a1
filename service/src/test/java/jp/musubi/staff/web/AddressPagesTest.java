package jp.musubi.staff.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.Cookie;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.TenantId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

@ServiceTest
@DisplayName("接続元の制限の画面")
class AddressPagesTest {
  private static final String OFFICE = "192.0.2.10";
  private static final String ELSEWHERE = "203.0.113.5";

  @Autowired MockMvc web;
  @Autowired PasswordEncoder passwords;

  private TestBody body;
  private UUID admin;

  @BeforeEach
  void anAdministrator() {
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
  }

  @Test
  @DisplayName("いまの接続元を示し、範囲を読めなければ行を挙げて何も変えない")
  void showsThePresentAddressAndNamesTheWrongLine() throws Exception {
    web.perform(asAdmin(get("/settings/addresses"), OFFICE))
        .andExpect(status().isOk())
        .andExpect(content().string(containsString(OFFICE)))
        .andExpect(content().string(containsString("制限なし（どこからでも使えます）")))
        .andExpect(content().string(not(containsString("??"))));
    for (var wrong : List.of("example.jp", "192.0.2.0/33", "<script>", "192.0.2.1 or 1=1")) {
      change("STAFF", "192.0.2.0/24\n\n" + wrong, false, OFFICE)
          .andExpect(status().isUnprocessableContent())
          .andExpect(content().string(containsString("3行目の「")))
          .andExpect(content().string(not(containsString("<script>\""))));
    }
    change("NOBODY", "", false, OFFICE).andExpect(status().isNotFound());
    assertThat(actions()).doesNotContain("address.changed");
    open("/account", body.clerk(), ELSEWHERE).andExpect(status().isOk());
  }

  @Test
  @DisplayName("保存するとすぐに、開いているログインにも効き、断りを記録し、ほかの団体には効かない")
  void isInForceAtOnceForOpenSessionsToo() throws Exception {
    var other = TestBody.create("-");
    var session = session(signIn(ELSEWHERE).andExpect(redirectedUrl("/")));
    web.perform(at(get("/account").cookie(session), ELSEWHERE)).andExpect(status().isOk());

    change("STAFF", "１９２.0.2.0/24\r\n192.0.2.0/24\n2001:db8::/32", false, OFFICE)
        .andExpect(redirectedUrl("/settings/addresses"));

    for (var i = 0; i < 3; i++) {
      web.perform(at(get("/account").cookie(session).accept("text/html"), ELSEWHERE))
          .andExpect(status().isForbidden())
          .andExpect(content().string(containsString("この接続元からは利用できません")));
    }
    web.perform(at(get("/account").cookie(session), OFFICE)).andExpect(status().isOk());
    web.perform(at(get("/account").cookie(session), "::ffff:192.0.2.7")).andExpect(status().isOk());
    web.perform(at(get("/account").cookie(session), "2001:db8:1::7")).andExpect(status().isOk());
    web.perform(at(get("/account"), ELSEWHERE).with(TestPeople.as(other, other.clerk())))
        .andExpect(status().isOk());
    assertThat(actions()).containsOnlyOnce("address.changed").containsOnlyOnce("address.refused");
  }

  @Test
  @DisplayName("外からは、パスワードが合っているかを知ることもできない")
  void tellsNothingOfThePasswordFromElsewhere() throws Exception {
    change("STAFF", "192.0.2.0/24", false, OFFICE).andExpect(redirectedUrl("/settings/addresses"));
    signIn(ELSEWHERE).andExpect(redirectedUrl("/signin?place"));
    signIn("wrong", ELSEWHERE).andExpect(redirectedUrl("/signin?place"));
    signIn(OFFICE).andExpect(redirectedUrl("/"));
    web.perform(get("/signin").param("place", ""))
        .andExpect(content().string(containsString("この接続元からはサインインできません")));
    for (var header : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Client-IP")) {
      web.perform(
              at(credentials(TestBody.PASSWORD), ELSEWHERE)
                  .header(header, OFFICE)
                  .header(header, "for=" + OFFICE))
          .andExpect(redirectedUrl("/signin?place"));
    }
  }

  @Test
  @DisplayName("自分を締め出す設定は断り、15分の試行なら始め、時刻が来れば元に戻る")
  void doesNotLetAnAdministratorShutThemselvesOut() throws Exception {
    change("STAFF", "198.51.100.0/24", false, OFFICE)
        .andExpect(status().isConflict())
        .andExpect(content().string(containsString("いまの接続元 " + OFFICE)));
    open("/account", body.clerk(), OFFICE).andExpect(status().isOk());

    change("STAFF", "198.51.100.0/24", true, OFFICE)
        .andExpect(redirectedUrl("/settings/addresses"));
    open("/account", admin, OFFICE).andExpect(status().isForbidden());
    open("/account", admin, "198.51.100.7").andExpect(status().isOk());
    web.perform(asAdmin(get("/settings/addresses"), "198.51.100.7"))
        .andExpect(content().string(containsString("1個の範囲を試しています")));

    TestPeople.run(
        "update address_rule set trial_until = now() where tenant_id = ?", body.id().value());
    open("/account", admin, OFFICE).andExpect(status().isOk());
    open("/account", admin, ELSEWHERE).andExpect(status().isOk());
    assertThat(actions()).contains("address.tried");
  }

  @Test
  @DisplayName("1,000個の範囲も保存でき、2,000個を超えれば断り、空にすれば制限がなくなる")
  void takesAThousandRangesAndNone() throws Exception {
    change("STAFF", ranges(1000) + "\n" + OFFICE, false, OFFICE)
        .andExpect(redirectedUrl("/settings/addresses"));
    open("/account", body.clerk(), "10.3.249.9").andExpect(status().isOk());
    open("/account", body.clerk(), ELSEWHERE).andExpect(status().isForbidden());
    change("STAFF", ranges(2001), false, OFFICE).andExpect(status().isUnprocessableContent());
    change("STAFF", " \n ", false, OFFICE).andExpect(redirectedUrl("/settings/addresses"));
    open("/account", body.clerk(), ELSEWHERE).andExpect(status().isOk());
  }

  @Test
  @DisplayName("APIと相手方のリンクには、職員の画面とは別の範囲が効く")
  void keepsStaffProgramsAndCounterpartiesApart() throws Exception {
    change("API", "198.51.100.0/24", false, OFFICE).andExpect(redirectedUrl("/settings/addresses"));
    call(OFFICE).andExpect(status().isForbidden());
    call("198.51.100.1").andExpect(status().isUnauthorized());
    open("/account", body.clerk(), OFFICE).andExpect(status().isOk());

    var link = "/s/%s/%s/x".formatted(body.code(), UUID.randomUUID());
    web.perform(at(get(link), ELSEWHERE)).andExpect(status().isNotFound());
    change("LINK", "198.51.100.0/24", false, OFFICE)
        .andExpect(redirectedUrl("/settings/addresses"));
    web.perform(at(get(link), ELSEWHERE)).andExpect(status().isForbidden());
    web.perform(at(get(link), "198.51.100.1")).andExpect(status().isNotFound());
  }

  @Test
  @DisplayName("締め出された団体の制限は、運営者が理由とともに解除し、両方の記録に残る")
  void isReleasedByTheOperator() throws Exception {
    var operators = TestBody.operators();
    var operator =
        TestPeople.member(
            operators, "op-" + UUID.randomUUID(), "運営 花子", operators.section(), "OPERATOR", null);
    change("STAFF", "192.0.2.0/24", false, OFFICE).andExpect(redirectedUrl("/settings/addresses"));
    open("/account", body.clerk(), ELSEWHERE).andExpect(status().isForbidden());

    web.perform(
            post("/bodies/address-release")
                .with(csrf())
                .with(TestPeople.as(operators, operator))
                .param("code", body.code()))
        .andExpect(status().isUnprocessableContent());
    web.perform(
            post("/bodies/address-release")
                .with(csrf())
                .with(TestPeople.as(operators, operator))
                .param("code", body.code())
                .param("reason", "総務課長から電話。折り返して本人を確かめた。"))
        .andExpect(redirectedUrl("/bodies"));

    open("/account", body.clerk(), ELSEWHERE).andExpect(status().isOk());
    assertThat(actions()).containsOnlyOnce("address.released");
    assertThat(actions(operators.id())).contains("address.released");
  }

  private ResultActions change(String audience, String ranges, boolean trial, String from)
      throws Exception {
    return web.perform(
        asAdmin(
            post("/settings/addresses/change")
                .with(csrf())
                .param("audience", audience)
                .param("ranges", ranges)
                .param("trial", String.valueOf(trial)),
            from));
  }

  private ResultActions open(String path, UUID person, String from) throws Exception {
    return web.perform(at(get(path), from).accept("text/html").with(TestPeople.as(body, person)));
  }

  /** By a key of this body that nobody has; that it is none is told to those who may ask only. */
  private ResultActions call(String from) throws Exception {
    return web.perform(
        at(get("/api/v1/contracts"), from)
            .header("Authorization", "Bearer mskey_%s_%s".formatted(body.code(), "A".repeat(43))));
  }

  private ResultActions signIn(String from) throws Exception {
    return signIn(TestBody.PASSWORD, from);
  }

  private ResultActions signIn(String password, String from) throws Exception {
    return web.perform(at(credentials(password), from));
  }

  private MockHttpServletRequestBuilder credentials(String password) {
    return post("/signin")
        .with(csrf())
        .param("body", body.code())
        .param("login", "hanako")
        .param("password", password);
  }

  private MockHttpServletRequestBuilder asAdmin(
      MockHttpServletRequestBuilder request, String from) {
    return at(request, from).with(TestPeople.as(body, admin));
  }

  private static MockHttpServletRequestBuilder at(
      MockHttpServletRequestBuilder request, String from) {
    RequestPostProcessor there =
        sent -> {
          sent.setRemoteAddr(from);
          return sent;
        };
    return request.with(there);
  }

  private static Cookie session(ResultActions answer) {
    return Objects.requireNonNull(
        answer.andReturn().getResponse().getCookie("__Host-musubi"), "no session cookie");
  }

  private static String ranges(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "10.%d.%d.0/24".formatted(i / 250, i % 250))
        .collect(Collectors.joining("\n"));
  }

  private List<String> actions() throws SQLException {
    return actions(body.id());
  }

  private static List<String> actions(TenantId of) throws SQLException {
    var actions = new ArrayList<String>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement =
            connection.prepareStatement(
                "select action from audit_entry where tenant_id = ? order by seq")) {
      statement.setObject(1, of.value());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          actions.add(rows.getString(1));
        }
      }
    }
    return actions;
  }
}
