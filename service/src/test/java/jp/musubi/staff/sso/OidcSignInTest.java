package jp.musubi.staff.sso;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.openid.OidcTestProvider;
import jp.musubi.platform.openid.Tokens;
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
@DisplayName("OpenID Connectでのサインイン")
class OidcSignInTest {
  private static final String SUBJECT = "subject-of-hanako";

  @Autowired MockMvc web;
  @Autowired PasswordEncoder passwords;

  OidcTestProvider provider;
  TestBody body;
  UUID admin;
  SsoVisit desk;

  @BeforeEach
  void setUpTheProvider() throws Exception {
    provider = new OidcTestProvider();
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
    admin = admin(body);
    desk = new SsoVisit(web);
    signIn(desk, body, "kanri");
    var saved = save(desk, "mfa", "false", "");
    assertThat(saved.getRedirectedUrl())
        .as(saved.getContentAsString(StandardCharsets.UTF_8))
        .isEqualTo("/settings/sso");
  }

  @AfterEach
  void closeTheProvider() {
    provider.close();
  }

  @Test
  @DisplayName("試すまでは使い始められず、試しではだれも入らず、使い始めると、つないだ本人が入れる")
  void opensToWhoeverIsLinkedOnceTried() throws Exception {
    assertThat(desk.press("/settings/sso/oidc/use").getStatus()).isEqualTo(409);
    assertThat(start(new SsoVisit(web), body).getContentAsString(StandardCharsets.UTF_8))
        .contains("団体のIDでのサインインを使っていません");
    begin();
    assertThat(count("select count(*) from sso_identity where tenant_id = ?")).isZero();

    var hanako = new SsoVisit(web);
    assertThat(comes(hanako, SUBJECT).getStatus()).isEqualTo(403);
    linkHanako();
    assertThat(comes(hanako, SUBJECT).getRedirectedUrl()).isEqualTo("/");
    assertThat(hanako.look("/account").getContentAsString(StandardCharsets.UTF_8))
        .contains("見本 花子");
    assertThat(actions()).contains("sso.provider-changed", "sso.tried", "sso.provider-in-use");
    assertThat(actions()).contains("sso.refused", "sso.linked", "staff.signed-in");
  }

  @Test
  @DisplayName("LGWANの名前から入った人は、LGWANの名前へ戻り、ほかの名前を名乗る要求はインターネットの名前へ戻る")
  void comesBackToTheNameTheyCameBy() throws Exception {
    begin();
    linkHanako();
    var inside = new SsoVisit(web, "Keiyaku.LGWAN.example:443");
    var sent = SsoVisit.leaving(start(inside, body));
    var back = "https://keiyaku.lgwan.example/signin/sso/" + body.code() + "/oidc";
    assertThat(sent.of("redirect_uri")).isEqualTo(back);
    assertThat(finish(inside, sent, SUBJECT, null).getRedirectedUrl()).isEqualTo("/");
    assertThat(provider.redirected()).as("RFC 6749, 4.1.3: the very same").isEqualTo(back);

    var evil = SsoVisit.leaving(start(new SsoVisit(web, "evil.example"), body));
    assertThat(evil.of("redirect_uri")).startsWith("https://keiyaku.musubi.example/");
    assertThat(desk.look("/settings/sso").getContentAsString(StandardCharsets.UTF_8))
        .contains(back, "https://keiyaku.musubi.example/signin/sso/" + body.code() + "/oidc")
        .doesNotContain("evil.example");
  }

  @Test
  @DisplayName("署名・宛先・時刻・nonce・発行者のどれかが違うトークンは、すべて断る")
  void refusesEveryTokenThatDoesNotHold() throws Exception {
    begin();
    linkHanako();
    var let = new ArrayList<String>();
    for (var hostile : hostile().entrySet()) {
      var visit = new SsoVisit(web);
      var answer = comes(visit, SUBJECT, hostile.getValue());
      if (answer.getStatus() != 403 || visit.look("/account").getStatus() == 200) {
        let.add(hostile.getKey() + ": " + answer.getStatus());
      }
    }
    assertThat(let).isEmpty();
    assertThat(hostile()).hasSizeGreaterThanOrEqualTo(15);
  }

  /** Makes a token of honest claims. */
  private interface Forge {
    String token(JWTClaimsSet.Builder honest) throws Exception;
  }

  private Map<String, Forge> hostile() throws JOSEException {
    var other = new RSAKeyGenerator(2048).keyID("one").generate();
    var all = new LinkedHashMap<String, Forge>();
    all.put("no signature", honest -> new PlainJWT(honest.build()).serialize());
    all.put("another key", honest -> OidcTestProvider.signed(honest.build(), other));
    all.put(
        "the public key as a shared one",
        honest -> {
          var token =
              new SignedJWT(
                  new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), honest.build());
          token.sign(new MACSigner(provider.key().toRSAPublicKey().getEncoded()));
          return token.serialize();
        });
    all.put(
        "the client secret as a shared key",
        honest -> {
          var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), honest.build());
          token.sign(
              new MACSigner(
                  (OidcTestProvider.SECRET + "x".repeat(32)).getBytes(StandardCharsets.UTF_8)));
          return token.serialize();
        });
    all.put(
        "a changed payload",
        honest -> {
          var parts = provider.signed(honest.build()).split("\\.", 3);
          var payload = new JWTClaimsSet.Builder(honest.build()).subject("admin").build();
          return parts[0]
              + "."
              + com.nimbusds.jose.util.Base64URL.encode(payload.toString())
              + "."
              + parts[2];
        });
    all.put(
        "a flipped signature",
        honest -> {
          var token = provider.signed(honest.build());
          var at = token.lastIndexOf('.') + 5;
          return token.substring(0, at)
              + (token.charAt(at) == 'A' ? 'B' : 'A')
              + token.substring(at + 1);
        });
    all.put("no token", _ -> "");
    all.put("nonsense", _ -> "a.b.c");
    all.put("another client", honest -> signed(honest.audience("another")));
    all.put(
        "two audiences without azp",
        honest -> signed(honest.audience(List.of(OidcTestProvider.CLIENT, "another"))));
    all.put("another azp", honest -> signed(honest.claim("azp", "another")));
    all.put("another issuer", honest -> signed(honest.issuer("https://evil.example")));
    all.put("no issuer", honest -> signed(honest.issuer(null)));
    all.put("no subject", honest -> signed(honest.subject(null)));
    all.put("another nonce", honest -> signed(honest.claim("nonce", Tokens.fresh())));
    all.put("no nonce", honest -> signed(honest.claim("nonce", null)));
    all.put(
        "of yesterday",
        honest ->
            signed(
                honest
                    .issueTime(Date.from(Instant.now().minusSeconds(86_400)))
                    .expirationTime(Date.from(Instant.now().minusSeconds(86_000)))));
    all.put(
        "of tomorrow",
        honest ->
            signed(
                honest
                    .issueTime(Date.from(Instant.now().plusSeconds(86_000)))
                    .notBeforeTime(Date.from(Instant.now().plusSeconds(86_000)))));
    all.put("without an end", honest -> signed(honest.expirationTime(null)));
    return all;
  }

  private String signed(JWTClaimsSet.Builder claims) throws JOSEException {
    return provider.signed(claims.build());
  }

  @Test
  @DisplayName("答えは、求めたブラウザーで、求めた団体に、一度だけ、10分以内に使える")
  void takesAnAnswerOnceInTheSameBrowserForTheSameBody() throws Exception {
    begin();
    linkHanako();
    var path = "/signin/sso/" + body.code() + "/oidc-answer";

    var victim = new SsoVisit(web);
    start(victim, body);
    var thief = new SsoVisit(web);
    var sent = SsoVisit.leaving(start(thief, body));
    var state = sent.of("state");
    var code = provider.code(honest(sent, SUBJECT), sent.of("code_challenge"));
    assertThat(victim.answer(path, "state", state, "code", code).getStatus()).isEqualTo(403);
    thief.forget("__Host-musubi-sso");
    assertThat(thief.answer(path, "state", state, "code", code).getStatus()).isEqualTo(403);

    var hanako = new SsoVisit(web);
    var own = SsoVisit.leaving(start(hanako, body));
    var mine = provider.code(honest(own, SUBJECT), own.of("code_challenge"));
    var elsewhere = TestBody.create("-");
    assertThat(
            hanako
                .answer(
                    "/signin/sso/" + elsewhere.code() + "/oidc-answer",
                    "state",
                    own.of("state"),
                    "code",
                    mine)
                .getStatus())
        .isEqualTo(403);
    assertThat(
            hanako
                .answer(path, "state", own.of("state"), "code", mine, "iss", "https://e")
                .getStatus())
        .isEqualTo(403);
    assertThat(hanako.answer(path, "state", own.of("state"), "code", mine).getStatus())
        .as("used up by the wrong try")
        .isEqualTo(403);

    var late = SsoVisit.leaving(start(hanako, body));
    TestPeople.run(
        "update sso_errand set expires_at = now() - interval '1 second' where tenant_id = ?",
        body.id().value());
    assertThat(finish(hanako, late, SUBJECT, null).getStatus()).isEqualTo(403);
    assertThat(comes(hanako, SUBJECT).getRedirectedUrl()).isEqualTo("/");
  }

  @Test
  @DisplayName("見るだけでは何も変わらない：戻りのGETは、答えを使わない")
  void changesNothingByLookingAtTheWayBack() throws Exception {
    begin();
    linkHanako();
    var hanako = new SsoVisit(web);
    var sent = SsoVisit.leaving(start(hanako, body));
    var code = provider.code(honest(sent, SUBJECT), sent.of("code_challenge"));
    for (var look = 0; look < 3; look++) {
      var page =
          hanako.look(
              "/signin/sso/%s/oidc?state=%s&code=%s"
                  .formatted(body.code(), sent.of("state"), code));
      assertThat(page.getContentAsString(StandardCharsets.UTF_8)).contains("data-send-on");
    }
    assertThat(hanako.look("/account").getRedirectedUrl()).contains("/signin");
    assertThat(
            hanako
                .answer(
                    "/signin/sso/" + body.code() + "/oidc-answer",
                    "state",
                    sent.of("state"),
                    "code",
                    code)
                .getRedirectedUrl())
        .endsWith("/account");
  }

  @Test
  @DisplayName("利用を終えた職員は、提供者が認めても入れない。入っていても、次の画面から出される")
  void refusesLeaversWhateverTheProviderSays() throws Exception {
    begin();
    linkHanako();
    var hanako = new SsoVisit(web);
    comes(hanako, SUBJECT);
    TestPeople.run("update staff set active = false where id = ?", body.clerk());
    assertThat(hanako.look("/account").getRedirectedUrl()).isEqualTo("/signin?ended");
    assertThat(comes(new SsoVisit(web), SUBJECT).getStatus()).isEqualTo(403);
    save(desk, "", "true", body.section().toString());
    // Neither her address nor her login id opens anything, nor makes a second account.
    assertThat(
            comes(
                    new SsoVisit(web),
                    "another",
                    honest -> signed(known(honest, "hanako2", "hanako@joumou.example")))
                .getStatus())
        .isEqualTo(403);
    assertThat(
            comes(
                    new SsoVisit(web),
                    "another",
                    honest -> signed(known(honest, "HANAKO", "other@joumou.example")))
                .getStatus())
        .isEqualTo(403);
    assertThat(count("select count(*) from staff where tenant_id = ?")).isEqualTo(4);
  }

  @Test
  @DisplayName("団体が決めた場所の外からは、団体のIDでも入れない")
  void refusesAddressesThatTheBodyDoesNotList() throws Exception {
    begin();
    linkHanako();
    TestPeople.run(
        "insert into address_rule (tenant_id, audience, ranges, changed_at)"
            + " values (?, 'STAFF', array['203.0.113.0/24'], now())",
        body.id().value());
    var answer = comes(new SsoVisit(web), SUBJECT);
    assertThat(answer.getStatus()).isEqualTo(403);
    assertThat(answer.getContentAsString(StandardCharsets.UTF_8)).contains("この場所からは");
  }

  @Test
  @DisplayName("メールアドレスだけでは乗っ取れない：管理者が選び、提供者が確認したときだけ、つながる")
  void isNotTakenOverByAnAddress() throws Exception {
    begin();
    var mail = "hanako@joumou.example";
    Forge confirmed = honest -> signed(known(honest, "x", mail));
    assertThat(comes(new SsoVisit(web), "a", confirmed).getStatus()).isEqualTo(403);
    save(desk, "", "true", "");
    Forge unconfirmed = honest -> signed(known(honest, "x", mail).claim("email_verified", false));
    assertThat(comes(new SsoVisit(web), "a", unconfirmed).getStatus()).isEqualTo(403);
    Forge asText = honest -> signed(known(honest, "x", mail).claim("email_verified", "true"));
    assertThat(comes(new SsoVisit(web), "a", asText).getStatus()).isEqualTo(403);
    assertThat(comes(new SsoVisit(web), "a", confirmed).getRedirectedUrl()).isEqualTo("/");
    // The next subject with that address is somebody else.
    assertThat(comes(new SsoVisit(web), "b", confirmed).getStatus()).isEqualTo(403);
  }

  @Test
  @DisplayName("初めての人は、管理者が選んだときだけ、権限なしで登録される")
  void registersNewcomersWithoutAnyRole() throws Exception {
    begin();
    Forge known = honest -> signed(known(honest, "goro", "goro@joumou.example"));
    assertThat(comes(new SsoVisit(web), "goro-1", known).getStatus()).isEqualTo(403);
    save(desk, "", "false", body.section().toString());
    var goro = new SsoVisit(web);
    assertThat(comes(goro, "goro-1", known).getRedirectedUrl()).isEqualTo("/");
    assertThat(goro.look("/account").getContentAsString(StandardCharsets.UTF_8)).contains("goro");
    for (var path : List.of("/contracts", "/staff", "/settings/sso", "/signatures")) {
      assertThat(goro.look(path).getStatus()).as(path).isEqualTo(403);
    }
    assertThat(comes(new SsoVisit(web), "goro-1", known).getRedirectedUrl()).isEqualTo("/");
    assertThat(count("select count(*) from staff where tenant_id = ? and login_id = 'goro'"))
        .isEqualTo(1);
    Forge nameless =
        honest -> signed(known(honest, "rokuro", "r@joumou.example").claim("name", "a\u202eb"));
    assertThat(comes(new SsoVisit(web), "rokuro-1", nameless).getStatus()).isEqualTo(403);
  }

  @Test
  @DisplayName("提供者の二要素は、決めた値のときだけ数える。ほかは、むすびの二要素を求める")
  void asksForOurSecondFactorUnlessTheProviderSawTwo() throws Exception {
    begin();
    linkHanako();
    TestPeople.run(
        "insert into staff_totp (tenant_id, staff_id, secret, confirmed_at) values (?, ?, '\\x00', now())",
        body.id().value(),
        body.clerk());
    for (var said : List.of("pwd", "MFA", "mfa2", "")) {
      var half = new SsoVisit(web);
      var answer = comes(half, SUBJECT, honest -> signed(honest.claim("amr", List.of(said))));
      assertThat(answer.getRedirectedUrl()).as(said).isEqualTo("/signin/second");
      assertThat(half.look("/contracts").getRedirectedUrl()).isEqualTo("/signin/second");
    }
    assertThat(
            comes(
                    new SsoVisit(web),
                    SUBJECT,
                    honest -> signed(honest.claim("amr", List.of("pwd", "mfa"))))
                .getRedirectedUrl())
        .isEqualTo("/");
    assertThat(
            comes(new SsoVisit(web), SUBJECT, honest -> signed(honest.claim("acr", "mfa")))
                .getRedirectedUrl())
        .isEqualTo("/");
  }

  @Test
  @DisplayName("署名や登録の変更の直前には、提供者であらためて確かめ、古い認証や別の人では通らない")
  void provesThemselvesAnewBeforeAnAct() throws Exception {
    begin();
    linkHanako();
    var hanako = new SsoVisit(web);
    comes(hanako, SUBJECT);
    assertThat(hanako.press("/account/factors/app").getStatus()).isEqualTo(422);
    assertThat(hanako.press("/account/factors/app", "password", TestBody.PASSWORD).getStatus())
        .as("the password is not what she came by")
        .isEqualTo(422);
    var stale = asked(hanako, "/account/factors");
    assertThat(stale.asked()).containsEntry("prompt", "login").containsEntry("max_age", "0");
    assertThat(
            finish(
                    hanako,
                    stale,
                    SUBJECT,
                    honest ->
                        signed(honest.claim("auth_time", Instant.now().getEpochSecond() - 3600)))
                .getStatus())
        .isEqualTo(403);
    assertThat(
            finish(
                    hanako,
                    asked(hanako, "/account/factors"),
                    SUBJECT,
                    honest -> signed(honest.claim("auth_time", null)))
                .getStatus())
        .isEqualTo(403);
    assertThat(finish(hanako, asked(hanako, "/account/factors"), "somebody-else", null).getStatus())
        .isEqualTo(403);
    assertThat(hanako.press("/account/factors/app").getStatus()).isEqualTo(422);
    var elsewhere = "/contracts/" + UUID.randomUUID() + "/signature";
    assertThat(finish(hanako, asked(hanako, elsewhere), SUBJECT, null).getRedirectedUrl())
        .isEqualTo(elsewhere);
    assertThat(hanako.press("/account/factors/app").getStatus())
        .as("proved for something else")
        .isEqualTo(422);
    assertThat(finish(hanako, asked(hanako, "/account/factors"), SUBJECT, null).getRedirectedUrl())
        .isEqualTo("/account/factors");
    assertThat(hanako.press("/account/factors/app").getRedirectedUrl())
        .isEqualTo("/account/factors/app");
    TestPeople.run(
        "update sso_errand set confirmed_at = now() - interval '6 minutes' where confirmed_at is not null and tenant_id = ?",
        body.id().value());
    assertThat(hanako.press("/account/factors/app").getStatus()).as("too old").isEqualTo(422);
    for (var target : List.of("https://evil.example", "//evil.example", "/bodies", "")) {
      assertThat(hanako.press("/account/confirmation", "target", target).getStatus())
          .isEqualTo(404);
    }
    var closure = UUID.randomUUID();
    for (var target :
        List.of(
            "/closure/" + closure + "/confirmation",
            "/closures/" + closure + "/order",
            "/closures/" + closure + "/approval")) {
      assertThat(hanako.press("/account/confirmation", "target", target).getStatus())
          .as(target)
          .isEqualTo(200);
    }
  }

  @Test
  @DisplayName("発行者のアドレスで、庁内や手元のホストに通信させられない")
  void callsNobodyButPublicHosts() throws Exception {
    for (var address :
        List.of(
            "http://login.example.lg.jp",
            "https://localhost/",
            "https://[::1]/",
            "https://10.0.0.1",
            "https://192.168.1.1/",
            "https://169.254.169.254/latest",
            "https://100.64.0.1",
            "https://0.0.0.0",
            "https://[fd00::1]",
            "https://[::ffff:10.0.0.1]",
            "https://2130706433",
            "https://0x7f000001",
            "http://127.0.0.2",
            "file:///etc/passwd",
            provider.issuer() + "/moved")) {
      var answer = save(desk, address, "", "false", "");
      assertThat(answer.getStatus()).as(address).isIn(409, 422);
    }
    assertThat(save(desk, provider.issuer() + "/", "", "false", "").getStatus())
        .as("calls itself otherwise")
        .isEqualTo(409);
  }

  @Test
  @DisplayName("データベースの写しから、シークレットも往復の秘密も読めない。ほかの団体には行が見えない")
  void keepsNoSecretReadable() throws Exception {
    begin();
    var hanako = new SsoVisit(web);
    var sent = SsoVisit.leaving(start(hanako, body));
    var dump =
        text("select string_agg(t::text, ' ') from sso_provider t where tenant_id = ?")
            + text("select string_agg(t::text, ' ') from sso_errand t where tenant_id = ?");
    var hex = java.util.HexFormat.of();
    for (var secret : List.of(OidcTestProvider.SECRET, sent.of("state"), sent.of("nonce"))) {
      assertThat(dump)
          .doesNotContain(secret)
          .doesNotContain(hex.formatHex(secret.getBytes(StandardCharsets.UTF_8)));
    }
    var page = desk.look("/settings/sso/oidc").getContentAsString(StandardCharsets.UTF_8);
    assertThat(page).doesNotContain(OidcTestProvider.SECRET);
    var elsewhere = TestBody.create(passwords.encode(TestBody.PASSWORD));
    admin(elsewhere);
    var other = new SsoVisit(web);
    signIn(other, elsewhere, "kanri");
    assertThat(other.look("/settings/sso").getContentAsString(StandardCharsets.UTF_8))
        .doesNotContain(provider.issuer());
  }

  // Steps.

  private static JWTClaimsSet.Builder known(
      JWTClaimsSet.Builder honest, String login, String mail) {
    return honest
        .claim("preferred_username", login)
        .claim("name", "見本 五郎")
        .claim("email", mail)
        .claim("email_verified", true);
  }

  /** Tries the provider and begins its use. */
  private void begin() throws Exception {
    var sent = SsoVisit.leaving(desk.press("/settings/sso/oidc/trial"));
    var tried = finish(desk, sent, "subject-of-the-administrator", null);
    assertThat(tried.getStatus()).isEqualTo(200);
    assertThat(tried.getContentAsString(StandardCharsets.UTF_8)).contains("正しくやりとりできました");
    assertThat(desk.press("/settings/sso/oidc/use").getRedirectedUrl()).isEqualTo("/settings/sso");
  }

  private void linkHanako() throws Exception {
    var hanako = new SsoVisit(web);
    signIn(hanako, body, "hanako");
    assertThat(hanako.press("/account/sso", "password", "wrong").getStatus()).isEqualTo(422);
    var sent = SsoVisit.leaving(hanako.press("/account/sso", "password", TestBody.PASSWORD));
    assertThat(finish(hanako, sent, SUBJECT, null).getRedirectedUrl()).isEqualTo("/account/sso");
  }

  private SsoVisit.Sent asked(SsoVisit visit, String target) throws Exception {
    return SsoVisit.leaving(visit.press("/account/confirmation", "target", target));
  }

  private MockHttpServletResponse start(SsoVisit visit, TestBody at) throws Exception {
    return visit.press("/signin/sso", "body", at.code());
  }

  private MockHttpServletResponse comes(SsoVisit visit, String subject) throws Exception {
    return comes(visit, subject, null);
  }

  private MockHttpServletResponse comes(SsoVisit visit, String subject, @Nullable Forge forge)
      throws Exception {
    return finish(visit, SsoVisit.leaving(start(visit, body)), subject, forge);
  }

  private MockHttpServletResponse finish(
      SsoVisit visit, SsoVisit.Sent sent, String subject, @Nullable Forge forge) throws Exception {
    assertThat(sent.asked()).containsEntry("code_challenge_method", "S256");
    var claims = provider.claims(subject, sent.of("nonce"));
    var token = forge == null ? signed(claims) : forge.token(claims);
    var code = provider.code(token, sent.of("code_challenge"));
    var path = URI.create(sent.of("redirect_uri")).getPath();
    return visit.answer(path + "-answer", "state", sent.of("state"), "code", code);
  }

  private String honest(SsoVisit.Sent sent, String subject) throws JOSEException {
    return signed(provider.claims(subject, sent.of("nonce")));
  }

  private MockHttpServletResponse save(SsoVisit visit, String strong, String byMail, String section)
      throws Exception {
    return save(visit, provider.issuer(), strong, byMail, section);
  }

  private static MockHttpServletResponse save(
      SsoVisit visit, String issuer, String strong, String byMail, String section)
      throws Exception {
    var first = visit.look("/settings/sso").getContentAsString(StandardCharsets.UTF_8);
    var fields =
        new String[] {
          "issuer",
          issuer,
          "clientId",
          OidcTestProvider.CLIENT,
          "secret",
          first.contains(issuer + "<") ? "" : OidcTestProvider.SECRET,
          "strong",
          strong,
          "section",
          section,
          "loginClaim",
          "preferred_username",
          "nameClaim",
          "name",
          "mailClaim",
          "email"
        };
    // As a browser does: a box that is not ticked is not sent.
    return byMail.equals("true")
        ? visit.press("/settings/sso/oidc", SsoVisit.with(fields, "byMail", byMail))
        : visit.press("/settings/sso/oidc", fields);
  }

  private static void signIn(SsoVisit visit, TestBody at, String login) throws Exception {
    assertThat(
            visit
                .press("/signin", "body", at.code(), "login", login, "password", TestBody.PASSWORD)
                .getRedirectedUrl())
        .isEqualTo("/");
  }

  private UUID admin(TestBody at) {
    var id = TestPeople.member(at, "kanri", "例 管理", at.section(), "BODY_ADMIN", null);
    TestPeople.run(
        "update staff set password_hash = ? where id = ?", passwords.encode(TestBody.PASSWORD), id);
    return id;
  }

  private List<String> actions() throws SQLException {
    return Arrays.asList(
        text("select string_agg(action, ' ') from audit_entry where tenant_id = ?").split(" ", -1));
  }

  private long count(String sql) throws SQLException {
    return Long.parseLong(text(sql.replace("count(*)", "count(*)::text")));
  }

  private String text(String sql) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, body.id().value());
      try (var rows = statement.executeQuery()) {
        rows.next();
        return String.valueOf(rows.getString(1));
      }
    }
  }
}
