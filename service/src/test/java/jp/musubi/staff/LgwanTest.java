package jp.musubi.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.evidence.Actor;
import jp.musubi.notification.MailAddress;
import jp.musubi.platform.Tenancy;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/** The service by its second name, behind a relay in LGWAN (G-01). */
@ServiceTest
@DisplayName("LGWANの入口")
class LgwanTest {
  private static final String PUBLIC = "keiyaku.musubi.example";
  private static final String LGWAN = "keiyaku.lgwan.example";

  @Autowired MockMvc web;
  @Autowired PasswordEncoder passwords;
  @Autowired Invitations invitations;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  private TestBody body;
  private UUID admin;

  @BeforeEach
  void aBody() {
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
  }

  @Test
  @DisplayName("どちらの名前でも入れて、ページのリンクは、来た名前のなかにとどまる")
  void leadsNowhereElse() throws Exception {
    var session = new Door(web, body).session("hanako");
    for (var path : new String[] {"/", "/contracts", "/contracts/new", "/account", "/register"}) {
      var page = page(get(path), LGWAN, session);
      assertThat(page.select("h1").text()).as(path).isNotEmpty();
      for (var link : page.select("a[href], form[action], link[href], script[src], img[src]")) {
        assertThat(link.attr("href") + link.attr("action") + link.attr("src"))
            .as(path)
            .doesNotContain(PUBLIC, LGWAN, "//");
      }
    }
  }

  @Test
  @DisplayName("パスキーは、作った名前でだけ求められ、別の名前では、どうすればよいかが書かれている")
  void asksForAPasskeyWhereItWasMade() throws Exception {
    TestPeople.run(
        """
        insert into staff_passkey (tenant_id, credential_id, staff_id, label, public_key, attestation, signature_count,
                                   transports, backup_eligible, backup_state, created_at, rp_id)
        values (?, decode(repeat('ab', 16), 'hex'), ?, '庁内のパソコン', '\\x00', '\\x00', 0, '{}', false, false, now(), ?)
        """,
        body.id().value(),
        body.clerk(),
        LGWAN);
    var half = new Door(web, body).session("hanako");

    var inside = page(get("/signin/second"), LGWAN, half);
    assertThat(inside.text()).contains("パスキーで確かめる").doesNotContain("この入口で使えるものが");
    var asked = page(post("/signin/second/passkey").with(csrf()), LGWAN, half);
    assertThat(asked.select("[data-passkey-get]").attr("data-passkey-get"))
        .contains("\"rpId\":\"" + LGWAN + "\"", "q6urq6urq6urq6urq6urqw");

    var outside = page(get("/signin/second"), PUBLIC, half);
    assertThat(outside.text()).contains("この入口で使えるものが、まだ登録されていません").doesNotContain("パスキーで確かめる");
    var there = page(post("/signin/second/passkey").with(csrf()), PUBLIC, half);
    assertThat(there.select("[data-passkey-get]").attr("data-passkey-get"))
        .contains("\"rpId\":\"" + PUBLIC + "\"")
        .doesNotContain("q6urq6urq6urq6urq6urqw");
    // A passkey elsewhere still wants the second step: the password alone opens neither name.
    assertThat(web.perform(get("/contracts").header("Host", PUBLIC).cookie(half)).andReturn())
        .satisfies(answer -> assertThat(answer.getResponse().getStatus()).isNotEqualTo(200));
  }

  @Test
  @DisplayName("前からあるパスキーは、インターネットの名前のもの")
  void countsOlderPasskeysToThePublicName() throws Exception {
    TestPeople.run(
        """
        insert into staff_passkey (tenant_id, credential_id, staff_id, label, public_key, attestation, signature_count,
                                   transports, backup_eligible, backup_state, created_at)
        values (?, decode(repeat('cd', 16), 'hex'), ?, '前の端末', '\\x00', '\\x00', 0, '{}', false, false, now())
        """,
        body.id().value(),
        body.clerk());
    var half = new Door(web, body).session("hanako");
    assertThat(page(get("/signin/second"), PUBLIC, half).text()).contains("パスキーで確かめる");
    assertThat(page(get("/signin/second"), LGWAN, half).text()).contains("この入口で使えるものが");
  }

  @Test
  @DisplayName("職員へのメールのリンクは団体が選んだ名前で、選ぶまではインターネットの名前")
  void isWhereStaffAreSentIfTheBodyChoosesSo() throws Exception {
    assertThat(invited()).startsWith("https://" + PUBLIC + "/invitation/");
    TestPeople.run(
        "insert into sign_in_policy (tenant_id, demand, least_password, idle_minutes, longest_hours, unused_days, entrance)"
            + " values (?, 'NONE', 12, 30, 12, 0, 'LGWAN')",
        body.id().value());
    assertThat(invited()).startsWith("https://" + LGWAN + "/invitation/");
    var settings = page(get("/settings").with(TestPeople.as(body, admin)), PUBLIC, null);
    assertThat(settings.text()).contains("https://" + LGWAN + "/signin?body=" + body.code());
  }

  /** The link in the newest letter of invitation, as it would be mailed now. */
  private String invited() {
    return Tenancy.in(
        body.id(),
        () ->
            transaction.execute(_ -> {
              invitations.invite(admin, new Actor(Actor.Kind.SERVICE, "test", "試験"), null);
              var link =
                  jdbc.sql(
                          """
                          select id from invitation where staff_id = :staff and revoked_at is null
                          """)
                      .param("staff", admin)
                      .query(UUID.class)
                      .single();
              var mail =
                  jdbc.sql("select mail from staff where id = :staff")
                      .param("staff", admin)
                      .query(String.class)
                      .single();
              return invitations.of(link, MailAddress.parse(mail)).orElseThrow();
            }));
  }

  private Document page(
      MockHttpServletRequestBuilder request, String host, @Nullable Cookie session)
      throws Exception {
    if (session != null) {
      request.cookie(session);
    }
    return Jsoup.parse(
        web.perform(request.header("Host", host).accept("text/html"))
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8));
  }
}
