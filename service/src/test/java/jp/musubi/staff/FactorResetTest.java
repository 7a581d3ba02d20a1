package jp.musubi.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("二つめの要素を失くした人の登録の消去")
class FactorResetTest {
  private static final String FACTORS =
      """
      select 'passkey' from staff_passkey where staff_id = ?
      union all select 'code' from staff_recovery_code where staff_id = ?
      """;

  @Autowired MockMvc web;
  @Autowired PasswordEncoder passwords;
  @Autowired FactorReset reset;
  @Autowired Organisations organisations;
  @Autowired AuditTrail audit;

  TestBody body;
  Door door;
  UUID admin;

  @BeforeEach
  void aMemberWhoLostTheOnlyPasskey() {
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
    door = new Door(web, body);
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
    door.registerFactors(body.clerk());
  }

  @Test
  @DisplayName("団体管理者が消すと、登録もパスワードも端末も使えず、届いたリンクからだけ入れる")
  void leavesTheMailedLinkAsTheOnlyWayIn() throws Exception {
    var half = Door.cookie(door.signIn("hanako", TestBody.PASSWORD));
    TestPeople.run(
        "insert into sso_identity (tenant_id, kind, issuer, subject, staff_id, linked, linked_at)"
            + " values (?, 'OIDC', 'https://id.example', 'somebody', ?, 'BY_MEMBER', now())",
        body.id().value(),
        body.clerk());
    assertThat(factorsOf(body.clerk())).isEqualTo(2);
    web.perform(post(path()).with(csrf()).with(TestPeople.as(body, admin)))
        .andExpect(redirectedUrl("/staff/" + body.clerk()));

    assertThat(factorsOf(body.clerk())).isZero();
    assertThat(Door.rows("select subject from sso_identity where staff_id = ?", body.clerk()))
        .isEmpty();
    door.open(half, "/signin/second").andExpect(redirectedUrl("/signin"));
    door.signIn("hanako", TestBody.PASSWORD).andExpect(redirectedUrl("/signin?refused"));
    assertThat(door.letters("hanako@joumou.example"))
        .singleElement()
        .satisfies(
            letter -> assertThat(letter).contains("登録が消されました", "{link:").doesNotContain("??"));
    assertThat(door.letters(admin + "@joumou.example"))
        .singleElement()
        .satisfies(letter -> assertThat(letter).contains("見本 花子"));
    assertThat(Door.rows("select must_enrol::text from staff where id = ?", body.clerk()))
        .containsExactly("true");
    assertThat(door.acts()).contains("staff.factors-reset", "staff.invited");
    assertThat(Tenancy.in(body.id(), () -> audit.firstBreak(java.util.List.of()))).isEmpty();
  }

  @Test
  @DisplayName("自分の登録は消せず、所属管理者は消せず、ほかの団体の人の登録は見つからない")
  void isRefusedToOneselfAndToOthers() throws Exception {
    door.registerFactors(admin);
    assertThat(ofOneself()).contains(new StaffRefusal.OwnFactors());
    assertThat(factorsOf(admin)).isEqualTo(2);

    var leader =
        TestPeople.member(body, "ryo", "見本 亮", body.section(), "SECTION_ADMIN", body.section());
    ask(leader, body).andExpect(status().isForbidden());
    var foreign = TestBody.create("-");
    var stranger =
        TestPeople.member(foreign, "kiyoshi", "他 清", foreign.section(), "BODY_ADMIN", null);
    ask(stranger, foreign).andExpect(status().isNotFound());
    assertThat(factorsOf(body.clerk())).isEqualTo(2);
    ask(admin, body)
        .andExpect(status().isOk())
        .andExpect(content().string(Matchers.containsString("見本 花子さんのサインインの登録を消しますか")));
  }

  @Test
  @DisplayName("運営者が消せるのは、団体のただ一人の管理者の登録だけで、両方の記録に残る")
  void isDoneByTheOperatorForTheLastAdministratorOnly() throws Exception {
    door.registerFactors(admin);
    var operator = operator();
    var named = organisations.body(body.id()).orElseThrow();
    var second = TestPeople.member(body, "second", "見本 次", body.section(), "BODY_ADMIN", null);
    assertThat(byOperator(operator)).contains(new StaffRefusal.NotTheOnlyAdministrator());
    assertThat(factorsOf(admin)).isEqualTo(2);

    TestPeople.run("update staff set active = false where id = ?", second);
    assertThat(Tenancy.in(operator.tenant(), () -> reset.lastAdministrator(named)))
        .hasValueSatisfying(only -> assertThat(only.id()).isEqualTo(admin));
    assertThat(byOperator(operator)).isEmpty();
    assertThat(factorsOf(admin)).isZero();
    assertThat(door.letters(admin + "@joumou.example")).hasSize(1);
    assertThat(door.acts()).contains("staff.factors-reset");
    assertThat(
            Door.rows(
                "select entry from audit_entry where tenant_id = ? and action = 'body.administrator-reset'",
                operator.tenant().value()))
        .anySatisfy(entry -> assertThat(entry).contains(body.code()));
  }

  private Optional<StaffRefusal> byOperator(StaffMember operator) {
    var named = organisations.body(body.id()).orElseThrow();
    return Tenancy.in(operator.tenant(), () -> reset.resetLastAdministrator(operator, named, null));
  }

  private Optional<StaffRefusal> ofOneself() {
    return Tenancy.in(body.id(), () -> reset.reset(member(admin), admin, null));
  }

  private StaffMember member(UUID id) {
    return new StaffMember(
        body.id(),
        id,
        "kiyoshi",
        "見本 清",
        id + "@joumou.example",
        body.section(),
        Set.of(Grant.everywhere(Role.BODY_ADMIN)));
  }

  private StaffMember operator() throws Exception {
    var home = TestBody.operators();
    var id =
        TestPeople.member(home, "r-" + UUID.randomUUID(), "例 運", home.section(), "OPERATOR", null);
    return new StaffMember(
        home.id(),
        id,
        "op",
        "例 運",
        id + "@musubi.example",
        home.section(),
        Set.of(Grant.everywhere(Role.OPERATOR)));
  }

  private ResultActions ask(UUID who, TestBody at) throws Exception {
    return web.perform(get(path()).with(TestPeople.as(at, who)).accept("text/html"));
  }

  private String path() {
    return "/staff/" + body.clerk() + "/factors";
  }

  private static int factorsOf(UUID person) throws Exception {
    return Door.rows(FACTORS, person, person).size();
  }
}
