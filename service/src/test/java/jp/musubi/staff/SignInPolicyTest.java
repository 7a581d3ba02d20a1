package jp.musubi.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.authority.Role;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Entrance;
import jp.musubi.staff.SignInPolicy.Demand;
import jp.musubi.staff.SignInPolicy.Lack;
import jp.musubi.staff.SignInPolicy.Owned;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("サインインの決まり")
class SignInPolicyTest {
  private static final Owned NOTHING = new Owned(false, false, false);
  private static final Owned APP = new Owned(true, false, false);
  private static final Owned PASSKEY = new Owned(false, true, false);

  @Autowired MockMvc web;
  @Autowired PasswordEncoder passwords;
  @Autowired SignInPolicies policies;

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
  @DisplayName("役割と登録と見せたものから、足りないものが決まる")
  void decidesWhatIsLacking() {
    var shown = Set.of(Factor.PASSWORD);
    for (var role : Role.values()) {
      assertThat(lack(Demand.NONE, role, NOTHING, shown)).isEqualTo(Lack.NOTHING);
      assertThat(lack(Demand.NONE, role, new Owned(false, false, true), shown)).isEqualTo(Lack.ANY);
      assertThat(lack(Demand.ANY, role, NOTHING, shown)).isEqualTo(Lack.ANY);
      assertThat(lack(Demand.ANY, role, APP, shown)).isEqualTo(Lack.NOTHING);
      assertThat(lack(Demand.ANY, role, PASSKEY, shown)).isEqualTo(Lack.NOTHING);
    }
    var bound = EnumSet.of(Role.OPERATOR, Role.BODY_ADMIN, Role.SECTION_ADMIN, Role.SIGNER);
    for (var role : Role.values()) {
      var demand = Demand.PASSKEY_FOR_SIGNERS;
      assertThat(lack(demand, role, NOTHING, shown))
          .isEqualTo(bound.contains(role) ? Lack.PASSKEY : Lack.ANY);
      assertThat(lack(demand, role, APP, Set.of(Factor.PASSWORD, Factor.TOTP)))
          .isEqualTo(bound.contains(role) ? Lack.PASSKEY : Lack.NOTHING);
      assertThat(lack(demand, role, PASSKEY, Set.of(Factor.PASSWORD, Factor.TOTP)))
          .isEqualTo(bound.contains(role) ? Lack.SHOWN_PASSKEY : Lack.NOTHING);
      assertThat(lack(demand, role, PASSKEY, Set.of(Factor.PASSWORD, Factor.PASSKEY)))
          .isEqualTo(Lack.NOTHING);
    }
  }

  @Test
  @DisplayName("二つめの要素のない人のパスワードは15文字から、ある人は団体が決めた長さから")
  void wantsLongerPasswordsOfThoseWithNothingBeside() {
    assertThat(policy(Demand.NONE, 12).leastPassword(NOTHING)).isEqualTo(15);
    assertThat(policy(Demand.NONE, 12).leastPassword(APP)).isEqualTo(12);
    assertThat(policy(Demand.ANY, 12).leastPassword(NOTHING)).isEqualTo(12);
    assertThat(policy(Demand.NONE, 20).leastPassword(NOTHING)).isEqualTo(20);
    assertThat(policy(Demand.ANY, 20).leastPassword(PASSKEY)).isEqualTo(20);
  }

  @Test
  @DisplayName("全員に必須にすると、登録していない人は登録の画面のほか何も使えず、登録すれば使える")
  void leadsWhoeverLacksAFactorToRegisterOneFirst() throws Exception {
    var session = door.session("hanako");
    door.open(session, "/contracts").andExpect(status().isOk());
    set(Demand.ANY);

    for (var path : List.of("/", "/contracts", "/contracts/new", "/account", "/account/password")) {
      door.open(session, path).andExpect(redirectedUrl("/account/factors?wanted=ANY"));
    }
    door.send(session, "/contracts", "title", "x")
        .andExpect(redirectedUrl("/account/factors?wanted=ANY"));
    web.perform(get("/contracts").cookie(session).accept("application/json"))
        .andExpect(status().isForbidden());
    door.open(session, "/account/factors?wanted=ANY")
        .andExpect(status().isOk())
        .andExpect(content().string(containsString("はじめに、もう一つの確認を登録してください")));
    door.send(session, "/account/factors/app", "password", TestBody.PASSWORD)
        .andExpect(redirectedUrl("/account/factors/app"));

    TestPeople.run("update staff_totp set confirmed_at = now() where staff_id = ?", body.clerk());
    door.open(session, "/contracts").andExpect(status().isOk());
  }

  @Test
  @DisplayName("締結者はパスキーでなければ入れず、アプリの数字も回復コードも受け付けない")
  void opensForSignersByPasskeyOnly() throws Exception {
    set(Demand.PASSKEY_FOR_SIGNERS);
    var session = door.session("taro");
    door.open(session, "/signatures").andExpect(redirectedUrl("/account/factors?wanted=PASSKEY"));
    door.registerFactors(body.mayor());
    TestPeople.run(
        "insert into staff_totp (tenant_id, staff_id, secret, confirmed_at) values (?, ?, 'x', now())",
        body.id().value(),
        body.mayor());
    // A session that began without the passkey is not enough from now on.
    door.open(session, "/signatures").andExpect(redirectedUrl("/signin?ended"));

    var half = Door.cookie(door.signIn("taro", TestBody.PASSWORD));
    door.open(half, "/signin/second")
        .andExpect(content().string(containsString("パスキーで確かめる")))
        .andExpect(content().string(org.hamcrest.Matchers.not(containsString("name=\"code\""))));
    door.send(half, "/signin/second", "code", "123456")
        .andExpect(status().isUnprocessableContent())
        .andExpect(content().string(containsString("パスキーだけで入れます")));
  }

  @Test
  @DisplayName("団体管理者が変え、何から何に変えたかが記録に残り、ほかの団体には及ばない")
  void isChangedByTheAdministratorOfTheBodyAlone() throws Exception {
    change(
            "demand",
            "ANY",
            "least",
            "１６",
            "idle",
            "15",
            "longest",
            "8",
            "unused",
            "180",
            "entrance",
            "LGWAN")
        .andExpect(redirectedUrl("/settings"));
    assertThat(Tenancy.in(body.id(), policies::current))
        .isEqualTo(
            new SignInPolicy(
                Demand.ANY,
                16,
                Duration.ofMinutes(15),
                Duration.ofHours(8),
                180,
                Entrance.Side.LGWAN));
    assertThat(
            Door.rows(
                "select entry from audit_entry where tenant_id = ? and action = 'settings.sign-in-changed'",
                body.id().value()))
        .singleElement()
        .satisfies(entry ->
            assertThat(entry).contains("NONE → ANY", "12 → 16", "0 → 180", "INTERNET → LGWAN"));
    var other = TestBody.create("-");
    assertThat(Tenancy.in(other.id(), policies::current)).isEqualTo(SignInPolicy.DEFAULT);
    web.perform(get("/settings").with(TestPeople.as(body, admin)).accept("text/html"))
        .andExpect(redirectedUrl("/account/factors?wanted=ANY"));
    web.perform(get("/settings/sign-in").with(TestPeople.as(other, other.clerk())))
        .andExpect(status().isForbidden());
  }

  @Test
  @DisplayName("決まりの下限より弱くはできず、何も変わらない")
  void cannotBeWeakerThanTheFloor() throws Exception {
    for (var wrong :
        List.of(
            List.of("ANY", "11", "30", "12", "", "INTERNET"),
            List.of("ANY", "12", "4", "12", "", "INTERNET"),
            List.of("ANY", "12", "121", "12", "", "INTERNET"),
            List.of("ANY", "12", "30", "25", "", "INTERNET"),
            List.of("ANY", "12", "30", "12", "29", "INTERNET"),
            List.of("FREE", "12", "30", "12", "", "INTERNET"),
            List.of("ANY", "-1", "30", "12", "", "INTERNET"),
            List.of("ANY", "12", "30", "12", "", "ELSEWHERE"))) {
      change(
              "demand",
              wrong.get(0),
              "least",
              wrong.get(1),
              "idle",
              wrong.get(2),
              "longest",
              wrong.get(3),
              "unused",
              wrong.get(4),
              "entrance",
              wrong.get(5))
          .andExpect(status().isUnprocessableContent());
    }
    assertThat(Tenancy.in(body.id(), policies::current)).isEqualTo(SignInPolicy.DEFAULT);
  }

  private ResultActions change(String... namesAndValues) throws Exception {
    var request = post("/settings/sign-in").with(csrf()).with(TestPeople.as(body, admin));
    for (var i = 0; i < namesAndValues.length; i += 2) {
      request.param(namesAndValues[i], namesAndValues[i + 1]);
    }
    return web.perform(request);
  }

  private void set(Demand demand) {
    Tenancy.in(
        body.id(),
        () -> {
          policies.change(
              new StaffMember(
                  body.id(),
                  admin,
                  "kiyoshi",
                  "見本 清",
                  "k@joumou.example",
                  body.section(),
                  Set.of()),
              policy(demand, 12),
              null);
          return true;
        });
  }

  private static SignInPolicy policy(Demand demand, int least) {
    return new SignInPolicy(
        demand, least, Duration.ofMinutes(30), Duration.ofHours(12), 0, Entrance.Side.INTERNET);
  }

  private static Lack lack(Demand demand, Role role, Owned owned, Set<Factor> shown) {
    return policy(demand, 12).lack(Set.of(role), owned, shown);
  }
}
