package jp.musubi.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Entrance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("使用中の端末")
class StaffSessionsTest {
  @Autowired MockMvc web;
  @Autowired PasswordEncoder passwords;
  @Autowired StaffSessions sessions;
  @Autowired SignInPolicies policies;
  @Autowired RequestCheck check;
  @Autowired AuditTrail audit;

  TestBody body;
  Door door;

  @BeforeEach
  void newBody() {
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
    door = new Door(web, body);
  }

  @Test
  @DisplayName("自分の端末が、どこからいつから、と並び、一つを終えれば、そこではもう何も開けない")
  void areSeenAndEndedByTheirOwner() throws Exception {
    var here = door.session("hanako");
    var elsewhere = door.session("hanako");
    door.open(here, "/account/sessions")
        .andExpect(status().isOk())
        .andExpect(content().string(containsString("Windows（Chrome）")))
        .andExpect(content().string(containsString("127.0.0.1")))
        .andExpect(content().string(containsString("この端末")));
    var mine = sessionsOf(body.clerk());
    assertThat(mine).hasSize(2);
    var other = idOf(elsewhere);

    door.send(here, "/account/sessions/" + other + "/end")
        .andExpect(redirectedUrl("/account/sessions"));
    door.open(elsewhere, "/account").andExpect(redirectedUrl("/signin?ended"));
    door.open(here, "/account").andExpect(status().isOk());
    assertThat(door.acts()).contains("staff.session-ended");
    assertThat(Tenancy.in(body.id(), () -> audit.firstBreak(java.util.List.of()))).isEmpty();
  }

  @Test
  @DisplayName("ほかの端末をすべて終えても、この端末は続く。ほかの人のものは終えられない")
  void areEndedAllButThisOne() throws Exception {
    var here = door.session("hanako");
    var elsewhere = door.session("hanako");
    door.registerFactors(body.clerk());
    var half = Door.cookie(door.signIn("hanako", TestBody.PASSWORD));
    var taro = door.session("taro");
    door.send(here, "/account/sessions/" + idOf(taro) + "/end").andExpect(status().isNotFound());
    door.send(here, "/account/sessions/others/end").andExpect(redirectedUrl("/account/sessions"));
    door.open(here, "/account").andExpect(status().isOk());
    door.open(elsewhere, "/account").andExpect(redirectedUrl("/signin"));
    door.open(half, "/signin/second").andExpect(redirectedUrl("/signin"));
    door.open(taro, "/account").andExpect(status().isOk());
  }

  @Test
  @DisplayName("管理者は管理する範囲の職員の端末を終えられ、ほかの団体からは見えもしない")
  void areEndedByAnAdministratorOfTheBody() throws Exception {
    var admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
    var session = door.session("hanako");
    var path = "/staff/" + body.clerk() + "/sessions/" + idOf(session) + "/end";
    var foreign = TestBody.create("-");
    var stranger =
        TestPeople.member(foreign, "kiyoshi", "他 清", foreign.section(), "BODY_ADMIN", null);
    web.perform(post(path).with(csrf()).with(TestPeople.as(foreign, stranger)))
        .andExpect(status().isNotFound());
    assertThat(Tenancy.in(foreign.id(), () -> sessions.of(body.clerk()))).isEmpty();
    door.open(session, "/account").andExpect(status().isOk());

    web.perform(post(path).with(csrf()).with(TestPeople.as(body, admin)))
        .andExpect(redirectedUrl("/staff/" + body.clerk()));
    door.open(session, "/account").andExpect(redirectedUrl("/signin?ended"));
  }

  @Test
  @DisplayName("操作のない時間が団体の決めた長さになると終わり、操作すれば延びる")
  void endAfterTheIdleTimeOfTheBody() throws Exception {
    policy(Duration.ofMinutes(10), Duration.ofHours(12));
    var session = door.session("hanako");
    idle(9);
    door.open(session, "/account")
        .andExpect(status().isOk())
        .andExpect(
            content()
                .string(
                    org.hamcrest.Matchers.matchesPattern(
                        "(?s).*data-session-seconds=\"(59[5-9]|600)\".*")));
    idle(9);
    door.send(session, "/account/sessions/extension").andExpect(redirectedUrl("/account/sessions"));
    door.open(session, "/account").andExpect(status().isOk());
    idle(10);
    door.open(session, "/account").andExpect(redirectedUrl("/signin?ended"));
    assertThat(sessionsOf(body.clerk())).isEmpty();
  }

  @Test
  @DisplayName("いちばん長い時間の前には、延ばせないことを知らせる")
  void saysWhenNothingExtendsThem() throws Exception {
    policy(Duration.ofMinutes(30), Duration.ofHours(1));
    var session = door.session("hanako");
    door.open(session, "/account").andExpect(content().string(containsString("続けて使う")));
    TestPeople.run(
        "update staff_session set since = now() - interval '50 minutes' where staff_id = ?",
        body.clerk());
    door.open(session, "/account")
        .andExpect(content().string(containsString("サインインし直す時間になります")))
        .andExpect(content().string(not(containsString("続けて使う"))));
    var answer =
        web.perform(
                post("/account/sessions/extension")
                    .cookie(session)
                    .with(csrf())
                    .accept("application/json"))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsString();
    assertThat(Integer.parseInt(answer.replaceAll("\\D", ""))).isBetween(580, 600);
  }

  @Test
  @DisplayName("パスワードだけを見せて10分たつと、二つめの確認はもうできない")
  void waitForTheSecondFactorTenMinutes() throws Exception {
    var half = halfWay();
    door.open(half, "/signin/second").andExpect(status().isOk());
    assertThat(sessionsOf(body.viewer())).isEmpty();
    var person =
        Tenancy.in(
            body.id(),
            () ->
                check.check(
                    SignedInStaff.of(
                        member(body.viewer()),
                        "上毛市",
                        "建設部",
                        java.time.Instant.now().minusSeconds(601),
                        Factor.PASSWORD,
                        false)));
    assertThat(person).isEqualTo(new RequestCheck.Verdict.Ended());
  }

  @Test
  @DisplayName("データベースの写しにある識別子では、何も開けない")
  void openNothingByACopyOfTheDatabase() throws Exception {
    var session = door.session("hanako");
    var copied =
        Door.rows(
                "select session_id from spring_session where principal_name = ?",
                body.clerk().toString())
            .getFirst();
    assertThat(decoded(session)).startsWith(copied + ".");
    for (var guess : Set.of(copied, copied + ".", copied + "." + "A".repeat(43))) {
      var cookie =
          new Cookie(
              session.getName(),
              Base64.getEncoder().encodeToString(guess.getBytes(StandardCharsets.UTF_8)));
      door.open(cookie, "/account").andExpect(redirectedUrl("/signin"));
    }
    door.open(session, "/account").andExpect(status().isOk());
  }

  @Test
  @DisplayName("サインアウトは記録に残り、一覧から消える")
  void areGoneAfterSignOut() throws Exception {
    var session = door.session("hanako");
    door.send(session, "/signout").andExpect(redirectedUrl("/signin?out"));
    assertThat(sessionsOf(body.clerk())).isEmpty();
    assertThat(door.acts()).endsWith("staff.signed-out");
  }

  @Test
  @DisplayName("端末の名は、ブラウザーの言うことから短く読む")
  void areNamedByWhatTheBrowserSays() {
    assertThat(Device.of(null)).isEqualTo("ほかの端末（ほかのブラウザー）");
    assertThat(Device.of("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"))
        .isEqualTo("iPhone（Safari）");
    assertThat(Device.of("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0"))
        .isEqualTo("Windows（Edge）");
    assertThat(Device.of("<script>alert(1)</script>".repeat(1000)).length()).isLessThan(60);
  }

  /** A sign-in of 次郎, who has shown the password only. */
  private Cookie halfWay() throws Exception {
    door.registerFactors(body.viewer());
    return Door.cookie(
        door.signIn("jiro", TestBody.PASSWORD).andExpect(redirectedUrl("/signin/second")));
  }

  private void policy(Duration idle, Duration longest) {
    Tenancy.in(
        body.id(),
        () -> {
          policies.change(
              member(body.clerk()),
              new SignInPolicy(
                  SignInPolicy.Demand.NONE, 12, idle, longest, 0, Entrance.Side.INTERNET),
              null);
          return true;
        });
  }

  private StaffMember member(UUID id) {
    return new StaffMember(
        body.id(), id, "x", "見本 清", "k@joumou.example", body.section(), Set.of());
  }

  private void idle(int minutes) {
    TestPeople.run(
        "update staff_session set used_at = now() - make_interval(mins => ?) where staff_id = ?",
        minutes,
        body.clerk());
  }

  private java.util.List<String> sessionsOf(UUID person) throws Exception {
    return Door.rows("select id::text from staff_session where staff_id = ?", person);
  }

  private static String decoded(Cookie session) {
    return new String(Base64.getDecoder().decode(session.getValue()), StandardCharsets.UTF_8);
  }

  /** The row behind a cookie: the one that its own use made the newest. */
  private String idOf(Cookie session) throws Exception {
    TestPeople.run(
        "update staff_session set used_at = now() - interval '2 minutes' where tenant_id = ?",
        body.id().value());
    door.open(session, "/account").andExpect(status().isOk());
    return Door.rows(
            "select id::text from staff_session where tenant_id = ? order by used_at desc limit 1",
            body.id().value())
        .getFirst();
  }
}
