package jp.musubi.staff.sso;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.openid.OidcTestProvider;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("団体のIDのグループ")
class GroupsTest {
  private static final String PATH = "/settings/sso/groups";

  @Autowired MockMvc web;
  @Autowired PasswordEncoder passwords;

  private OidcTestProvider provider;
  private TestBody body;
  private SsoVisit desk;

  @BeforeEach
  void aBodyWhoseProviderTellsGroups() throws Exception {
    provider = new OidcTestProvider();
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
    var admin = TestPeople.member(body, "kanri", "例 管理", body.section(), "BODY_ADMIN", null);
    TestPeople.run(
        "update staff set password_hash = ? where id = ?",
        passwords.encode(TestBody.PASSWORD),
        admin);
    desk = new SsoVisit(web);
    desk.press("/signin", "body", body.code(), "login", "kanri", "password", TestBody.PASSWORD);
    save("groups");
  }

  @AfterEach
  void closeTheProvider() {
    provider.close();
  }

  @Test
  @DisplayName("サインインのたびに、決めた権限が付き、グループを外れれば外れる。人が付けた権限は変わらない")
  void giveAndTakeAtEachSignIn() throws Exception {
    add("keiyaku", "CLERK", body.section().toString());
    add("keiyaku", "VIEWER", "");
    assertThat(tried(List.of("keiyaku", "ほか")))
        .contains("keiyaku、ほか", "グループにより、次の権限が付きます", "担当者（建設部", "閲覧者（団体の全体）");
    desk.press("/settings/sso/oidc/use");

    var goro = comes(List.of("keiyaku"));
    assertThat(roles()).isEqualTo("CLERK true, VIEWER true");
    assertThat(goro.look("/contracts").getStatus()).isEqualTo(200);
    TestPeople.run(
        """
        insert into role_grant (tenant_id, id, staff_id, role, from_at)
        select tenant_id, gen_random_uuid(), id, 'AUDITOR', now() from staff
         where tenant_id = ? and login_id = 'goro'
        """,
        body.id().value());
    comes(List.of("keiyaku"));
    assertThat(roles()).isEqualTo("AUDITOR false, CLERK true, VIEWER true");
    // A session of before has what was taken from it no longer.
    comes(List.of());
    assertThat(roles()).isEqualTo("AUDITOR false");
    assertThat(goro.look("/contracts/new").getStatus()).isEqualTo(403);
    assertThat(count("staff.role-granted")).isEqualTo("2");
    assertThat(count("staff.role-ended")).isEqualTo("2");
  }

  @Test
  @DisplayName("職員の画面はグループによる権限だと示し、そこでは外させない。一覧から外せば、次のサインインで外れる")
  void areShownAsSuch() throws Exception {
    add("keiyaku", "CLERK", "");
    tried(List.of());
    desk.press("/settings/sso/oidc/use");
    comes(List.of("keiyaku"));
    var goro =
        TestPeople.text(
            "select id::text from staff where tenant_id = ? and login_id = 'goro'",
            body.id().value());
    var page = Jsoup.parse(text(desk.look("/staff/" + goro)));
    assertThat(page.text()).contains("団体のIDのグループによる");
    assertThat(page.select("form[action*=/grants/]")).isEmpty();
    var list = Jsoup.parse(text(desk.look(PATH)));
    assertThat(list.text()).contains("keiyaku", "団体の全体");
    var removal = list.select("form[action$=/removal]").attr("action");
    assertThat(desk.press(removal).getRedirectedUrl()).isEqualTo(PATH);
    comes(List.of("keiyaku"));
    assertThat(roles()).isEmpty();
    assertThat(count("sso.group-added")).isEqualTo("1");
    assertThat(count("sso.group-removed")).isEqualTo("1");
  }

  @Test
  @DisplayName("承認、署名、監査、団体の管理は、画面からもデータベースにも、グループでは付けられない")
  void neverGiveWhatControlsOthers() throws Exception {
    for (var role : List.of("APPROVER", "SIGNER", "AUDITOR", "BODY_ADMIN", "OPERATOR", "", "x")) {
      assertThat(add("g", role, "").getStatus()).as(role).isEqualTo(422);
    }
    assertThat(add("", "CLERK", "").getStatus()).isEqualTo(422);
    assertThat(add("g", "SECTION_ADMIN", "").getStatus()).isEqualTo(422);
    assertThat(add("g", "CLERK", UUID.randomUUID().toString()).getStatus()).isEqualTo(422);
    assertThat(add("g", "CLERK", "").getRedirectedUrl()).isEqualTo(PATH);
    assertThat(add("g", "CLERK", "").getStatus()).isEqualTo(409);
    assertThat(
            TestPeople.text(
                "select pg_get_constraintdef(oid) from pg_constraint"
                    + " where conrelid = 'sso_group'::regclass and conname = 'sso_group_role_check'"))
        .contains("SECTION_ADMIN", "CLERK", "VIEWER")
        .doesNotContain("APPROVER", "SIGNER", "AUDITOR", "BODY_ADMIN", "OPERATOR");
  }

  @Test
  @DisplayName("項目名を入れていない団体では、グループは見ない")
  void areNotLookedAtUnlessAskedFor() throws Exception {
    save("");
    add("keiyaku", "CLERK", "");
    assertThat(tried(List.of("keiyaku"))).doesNotContain("次の権限が付きます");
    desk.press("/settings/sso/oidc/use");
    comes(List.of("keiyaku"));
    assertThat(roles()).isEmpty();
  }

  private void save(String groupsClaim) throws Exception {
    var saved =
        desk.press(
            "/settings/sso/oidc",
            "issuer",
            provider.issuer(),
            "clientId",
            OidcTestProvider.CLIENT,
            "secret",
            OidcTestProvider.SECRET,
            "strong",
            "",
            "section",
            body.section().toString(),
            "loginClaim",
            "preferred_username",
            "nameClaim",
            "name",
            "mailClaim",
            "email",
            "groupsClaim",
            groupsClaim);
    assertThat(saved.getRedirectedUrl()).as(text(saved)).isEqualTo("/settings/sso");
  }

  private MockHttpServletResponse add(String group, String role, String section) throws Exception {
    return desk.press(PATH, "value", group, "role", role, "section", section);
  }

  private String tried(List<String> groups) throws Exception {
    var sent = SsoVisit.leaving(desk.press("/settings/sso/oidc/trial"));
    return Jsoup.parse(text(finish(desk, sent, groups))).text();
  }

  /** Goro, who is registered by coming for the first time. */
  private SsoVisit comes(@Nullable List<String> groups) throws Exception {
    var visit = new SsoVisit(web);
    var sent = SsoVisit.leaving(visit.press("/signin/sso", "body", body.code()));
    assertThat(finish(visit, sent, groups).getRedirectedUrl()).isEqualTo("/");
    return visit;
  }

  private MockHttpServletResponse finish(
      SsoVisit visit, SsoVisit.Sent sent, @Nullable List<String> groups) throws Exception {
    var claims =
        provider
            .claims("goro-1", sent.of("nonce"))
            .claim("preferred_username", "goro")
            .claim("name", "見本 五郎")
            .claim("email", "goro@joumou.example")
            .claim("groups", groups);
    var code = provider.code(provider.signed(claims.build()), sent.of("code_challenge"));
    var path = URI.create(sent.of("redirect_uri")).getPath();
    return visit.answer(path + "-answer", "state", sent.of("state"), "code", code);
  }

  private String roles() {
    return TestPeople.text(
        """
        select coalesce(string_agg(g.role || ' ' || g.by_group, ', ' order by g.role), '')
          from role_grant g join staff s on s.tenant_id = g.tenant_id and s.id = g.staff_id
         where g.tenant_id = ? and s.login_id = 'goro' and g.until_at is null
        """,
        body.id().value());
  }

  private String count(String action) {
    return TestPeople.text(
        "select count(*)::text from audit_entry where tenant_id = ? and action = ?",
        body.id().value(),
        action);
  }

  private static String text(MockHttpServletResponse response) throws Exception {
    return response.getContentAsString(StandardCharsets.UTF_8);
  }
}
