package jp.musubi.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Entrance;
import jp.musubi.staff.UnusedAccounts.Account;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("使われていないアカウント")
class UnusedAccountsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

  @Autowired MockMvc web;
  @Autowired PasswordEncoder passwords;
  @Autowired UnusedAccounts unused;
  @Autowired SignInPolicies policies;
  @Autowired AuditTrail audit;

  TestBody body;
  Door door;
  UUID admin;

  @BeforeEach
  void newBody() {
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
    door = new Door(web, body);
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
  }

  @Test
  @DisplayName("決めた日数ちょうどで止め、その前は止めない")
  void restFromTheLastDayOn() {
    var late = account("a", Duration.ofDays(90), false);
    var soon = account("b", Duration.ofDays(90).minusSeconds(1), false);
    assertThat(UnusedAccounts.unused(List.of(late, soon), 90, NOW)).containsExactly(late);
  }

  @Test
  @DisplayName("管理者がみな使っていなくても、最後に使った一人は残す")
  void leaveOneAdministrator() {
    var first = account("a", Duration.ofDays(300), true);
    var last = account("b", Duration.ofDays(200), true);
    var clerk = account("c", Duration.ofDays(400), false);
    assertThat(UnusedAccounts.unused(List.of(first, last, clerk), 90, NOW))
        .containsExactly(first, clerk);
    var busy = account("d", Duration.ofDays(1), true);
    assertThat(UnusedAccounts.unused(List.of(first, last, clerk, busy), 90, NOW))
        .containsExactly(first, last, clerk);
  }

  @Test
  @DisplayName("止めると、すぐに使えなくなり、本人に知らせ、一覧と記録に残り、管理者が戻せる")
  void restUntilAnAdministratorLetsThemWorkAgain() throws Exception {
    policy(90);
    var session = door.session("hanako");
    var busy = door.session("taro");
    TestPeople.run(
        """
        update staff set counted_from = now() - interval '200 days',
                         last_signed_in_at = now() - interval '91 days' where id = ?
        """,
        body.clerk());
    assertThat(Tenancy.in(body.id(), unused::suspend)).isEqualTo(1);
    assertThat(Tenancy.in(body.id(), unused::suspend)).isZero();

    door.open(session, "/account").andExpect(redirectedUrl("/signin"));
    door.open(busy, "/account").andExpect(status().isOk());
    door.signIn("hanako", TestBody.PASSWORD).andExpect(redirectedUrl("/signin?refused"));
    assertThat(door.letters("hanako@joumou.example"))
        .singleElement()
        .satisfies(letter -> assertThat(letter).contains("アカウントを止めました", "90日"));
    list("/staff?suspended=true").andExpect(content().string(containsString("見本 花子")));
    list("/staff").andExpect(content().string(not(containsString("見本 花子"))));
    list("/staff/" + body.clerk()).andExpect(content().string(containsString("使われていないため止めています")));

    web.perform(
            post("/staff/" + body.clerk() + "/release")
                .with(csrf())
                .with(TestPeople.as(body, admin)))
        .andExpect(redirectedUrl("/staff/" + body.clerk()));
    assertThat(Tenancy.in(body.id(), unused::suspend)).isZero();
    door.signIn("hanako", TestBody.PASSWORD).andExpect(redirectedUrl("/"));
    assertThat(door.acts()).contains("staff.suspended", "staff.released");
    assertThat(Tenancy.in(body.id(), () -> audit.firstBreak(java.util.List.of()))).isEmpty();
  }

  @Test
  @DisplayName("団体が日数を決めていなければ、だれも止めない。ほかの団体の人も止めない")
  void restNowhereElse() throws Exception {
    var other = TestBody.create("-");
    TestPeople.run("update staff set counted_from = now() - interval '9 years'");
    assertThat(Tenancy.in(body.id(), unused::suspend)).isZero();
    policy(730);
    assertThat(Tenancy.in(body.id(), unused::suspend)).isEqualTo(3);
    assertThat(
            Door.rows(
                "select login_id from staff where tenant_id = ? and suspended_at is not null",
                other.id().value()))
        .isEmpty();
    assertThat(
            Door.rows(
                "select login_id from staff where tenant_id = ? and suspended_at is null",
                body.id().value()))
        .containsExactly("kiyoshi");
  }

  @Test
  @DisplayName("とうに終わった端末の行は忘れる")
  void forgetSessionsOfLongAgo() throws Exception {
    door.session("hanako");
    TestPeople.run(
        "update staff_session set since = now() - interval '26 hours' where staff_id = ?",
        body.clerk());
    Tenancy.in(
        body.id(),
        () -> {
          unused.forgetOldSessions();
          return true;
        });
    assertThat(Door.rows("select id::text from staff_session where staff_id = ?", body.clerk()))
        .isEmpty();
  }

  private org.springframework.test.web.servlet.ResultActions list(String path) throws Exception {
    return web.perform(get(path).with(TestPeople.as(body, admin)).accept("text/html"))
        .andExpect(status().isOk());
  }

  private static Account account(String login, Duration ago, boolean administrator) {
    return new Account(
        UUID.randomUUID(), login, "見本", login + "@x.example", NOW.minus(ago), administrator);
  }

  private void policy(int days) {
    Tenancy.in(
        body.id(),
        () -> {
          policies.change(
              new StaffMember(
                  body.id(), admin, "x", "見本 清", "k@joumou.example", body.section(), Set.of()),
              new SignInPolicy(
                  SignInPolicy.Demand.NONE,
                  12,
                  Duration.ofMinutes(30),
                  Duration.ofHours(12),
                  days,
                  Entrance.Side.INTERNET),
              null);
          return true;
        });
  }
}
