package jp.musubi.staff.sso;

import static jp.musubi.staff.sso.SamlTestProvider.base64;
import static jp.musubi.staff.sso.SamlVisit.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import jp.musubi.ServiceTest;
import jp.musubi.TestPeople;
import jp.musubi.platform.openid.OidcTestProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("SAMLでのサインイン")
class SamlSignInTest {
  private static final SamlTestProvider PROVIDER = new SamlTestProvider();
  private static final SamlTestProvider ANOTHER = new SamlTestProvider();

  @Autowired MockMvc web;
  @Autowired PasswordEncoder passwords;

  SamlVisit saml;

  @BeforeEach
  void setUpTheProvider() throws Exception {
    saml = new SamlVisit(web, passwords, PROVIDER);
    var saved = saml.save("https://refeds.org/profile/mfa", "false", "");
    assertThat(saved.getRedirectedUrl())
        .as(saved.getContentAsString(StandardCharsets.UTF_8))
        .isEqualTo("/settings/sso");
  }

  @Test
  @DisplayName("試すまでは使い始められず、使い始めると、つないだ本人が入れる")
  void opensToWhoeverIsLinkedOnceTried() throws Exception {
    assertThat(saml.desk.press("/settings/sso/saml/use").getStatus()).isEqualTo(409);
    saml.begin();
    assertThat(saml.text("select count(*)::text from sso_identity where tenant_id = ?"))
        .isEqualTo("0");
    var hanako = new SsoVisit(web);
    assertThat(come(hanako).getStatus()).isEqualTo(403);
    saml.linkHanako();
    assertThat(come(hanako).getRedirectedUrl()).isEqualTo("/");
    assertThat(hanako.look("/account").getContentAsString(StandardCharsets.UTF_8))
        .contains("見本 花子");
  }

  @Test
  @DisplayName("属性のすべての値をグループとして読み、決めた権限を付ける")
  void readsEveryValueOfTheGroups() throws Exception {
    saml.begin();
    saml.linkHanako();
    saml.run("update sso_provider set groups_claim = 'memberOf' where tenant_id = ?");
    saml.run(
        "insert into sso_group (tenant_id, id, value, role, added_at)"
            + " values (?, gen_random_uuid(), 'second', 'VIEWER', now())");
    var hanako = new SsoVisit(web);
    var asked = saml.start(hanako);
    var answer =
        asked
            .answer(SUBJECT)
            .attribute("memberOf", "first</saml:AttributeValue><saml:AttributeValue>second")
            .attribute("other", "second");
    assertThat(saml.send(hanako, asked, PROVIDER.signed(answer)).getRedirectedUrl()).isEqualTo("/");
    assertThat(
            saml.text(
                "select string_agg(role, ' ') from role_grant where by_group and tenant_id = ?"))
        .isEqualTo("VIEWER");
  }

  @Test
  @DisplayName("答えは一度だけ、始めたブラウザーで、10分以内に、その団体でだけ受け取る")
  void takesAnAnswerOnceInItsBrowserTimeAndBody() throws Exception {
    saml.begin();
    saml.linkHanako();
    var hanako = new SsoVisit(web);
    var asked = saml.start(hanako);
    var answer = base64(PROVIDER.signed(asked.answer(SUBJECT)));
    assertThat(saml.send(new SsoVisit(web), asked.state(), answer).getStatus())
        .as("no cookie")
        .isEqualTo(403);
    var attacker = new SsoVisit(web);
    var own = saml.start(attacker);
    assertThat(saml.send(attacker, asked.state(), answer).getStatus())
        .as("another browser")
        .isEqualTo(403);
    assertThat(saml.send(attacker, own.state(), answer).getStatus())
        .as("her answer to somebody else's request")
        .isEqualTo(403);
    assertThat(saml.send(hanako, "", answer).getStatus())
        .as("begun by the provider")
        .isEqualTo(403);

    var elsewhere = new SamlVisit(web, passwords, PROVIDER);
    elsewhere.save("", "false", "");
    elsewhere.begin();
    assertThat(elsewhere.send(hanako, asked.state(), answer).getStatus())
        .as("another body")
        .isEqualTo(403);
    var there = new SsoVisit(web);
    var askedThere = elsewhere.start(there);
    assertThat(elsewhere.send(there, askedThere.state(), answer).getStatus())
        .as("an answer to another body")
        .isEqualTo(403);
    assertThat(elsewhere.refusal()).contains("another destination");

    assertThat(saml.send(hanako, asked.state(), answer).getRedirectedUrl()).isEqualTo("/");
    assertThat(saml.send(hanako, asked.state(), answer).getStatus()).as("again").isEqualTo(403);
    saml.run("update sso_errand set used_at = null where tenant_id = ?");
    assertThat(saml.send(hanako, asked.state(), answer).getStatus())
        .as("again, as if the errand were open")
        .isEqualTo(403);
    assertThat(saml.refusal()).contains("taken before");

    var late = new SsoVisit(web);
    var slow = saml.start(late);
    saml.run(
        "update sso_errand set expires_at = now() - interval '1 second'"
            + " where used_at is null and tenant_id = ?");
    assertThat(saml.send(late, slow, PROVIDER.signed(slow.answer(SUBJECT))).getStatus())
        .as("late")
        .isEqualTo(403);
  }

  @Test
  @DisplayName("提供者からの投稿だけでは、何も変わらない")
  void changesNothingBeforeOurOwnPageSendsItOn() throws Exception {
    saml.begin();
    saml.linkHanako();
    var hanako = new SsoVisit(web);
    var asked = saml.start(hanako);
    var answer = base64(PROVIDER.signed(asked.answer(SUBJECT)));
    for (var i = 0; i < 2; i++) {
      var page =
          hanako.answer(saml.path("saml"), "SAMLResponse", answer, "RelayState", asked.state());
      assertThat(page.getContentAsString(StandardCharsets.UTF_8)).contains("data-send-on");
    }
    assertThat(hanako.look("/account").getRedirectedUrl()).contains("/signin");
    assertThat(saml.send(hanako, asked.state(), answer).getRedirectedUrl()).endsWith("/account");
  }

  @Test
  @DisplayName("時計の差は60秒まで、署名のしかたの違いは許したものだけ受け取る")
  void takesWhatHolds() throws Exception {
    saml.begin();
    saml.linkHanako();
    var early = new SsoVisit(web);
    var asked = saml.start(early);
    var words = asked.answer(SUBJECT);
    words.from = SamlTestProvider.Words.in(50);
    words.until = SamlTestProvider.Words.in(-40);
    words.confirmedUntil = SamlTestProvider.Words.in(-40);
    words.qualifiers = " NameQualifier=\"%s\"".formatted(SamlTestProvider.ISSUER);
    assertThat(saml.send(early, asked, PROVIDER.signed(words)).getRedirectedUrl()).isEqualTo("/");
    for (var form :
        List.of(
            List.of(
                "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
                "http://www.w3.org/2001/04/xmlenc#sha512"),
            List.of(
                "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
                SamlTestProvider.SHA256))) {
      var visit = new SsoVisit(web);
      var next = saml.start(visit);
      var signed = PROVIDER.signed(next.answer(SUBJECT), form.getFirst(), form.getLast());
      assertThat(saml.send(visit, next, signed).getRedirectedUrl())
          .as(form.getFirst())
          .isEqualTo("/");
    }
    var both = new SsoVisit(web);
    var next = saml.start(both);
    var response = PROVIDER.signed(next.answer(SUBJECT));
    var root = response.getDocumentElement();
    SamlTestProvider.sign(
        root,
        SamlTestProvider.child(root, "Status"),
        PROVIDER.key(),
        SamlTestProvider.RSA_SHA256,
        SamlTestProvider.SHA256);
    assertThat(saml.send(both, next, response).getRedirectedUrl())
        .as("assertion and response signed")
        .isEqualTo("/");
  }

  @Test
  @DisplayName("本人の番号は、NameIDでも属性でもよく、一方がもう一方の代わりにはならない")
  void keepsSubjectsOfNameIdAndAttributesApart() throws Exception {
    saml.begin();
    saml.linkHanako();
    saml.save(PROVIDER.certificate(), "employeeNumber", "", "false", "");
    assertThat(saml.desk.press("/settings/sso/saml/use").getStatus())
        .as("another subject has to be tried")
        .isEqualTo(409);
    var trial = SamlVisit.asked(saml.desk.press("/settings/sso/saml/trial"));
    assertThat(trial.request().getElementsByTagNameNS("*", "NameIDPolicy").getLength()).isZero();
    assertThat(saml.send(saml.desk, trial, PROVIDER.signed(trial.answer("x"))).getStatus())
        .as("no such attribute")
        .isEqualTo(403);
    assertThat(saml.refusal()).contains("NO_SUBJECT");
    trial = SamlVisit.asked(saml.desk.press("/settings/sso/saml/trial"));
    var words = trial.answer("x").attribute("employeeNumber", "1");
    assertThat(saml.send(saml.desk, trial, PROVIDER.signed(words)).getStatus()).isEqualTo(200);
    saml.desk.press("/settings/sso/saml/use");
    var somebody = new SsoVisit(web);
    var asked = saml.start(somebody);
    var same = asked.answer(SUBJECT).attribute("employeeNumber", SUBJECT);
    assertThat(saml.send(somebody, asked, PROVIDER.signed(same)).getStatus()).isEqualTo(403);
    asked = saml.start(somebody);
    var twice =
        asked.answer(SUBJECT).attribute("employeeNumber", "1").attribute("employeeNumber", "2");
    assertThat(saml.send(somebody, asked, PROVIDER.signed(twice)).getStatus()).isEqualTo(403);
    assertThat(saml.refusal()).contains("NO_SUBJECT");
  }

  @Test
  @DisplayName("メールアドレスでのつながりと初めての人の登録は、管理者が選んだときだけ")
  void registersAndFindsOnlyAsChosen() throws Exception {
    saml.begin();
    var visit = new SsoVisit(web);
    assertThat(comeAs(visit, "goro-1", "goro", "goro@joumou.example")).isEqualTo(403);
    assertThat(comeAs(visit, "h", "x", "hanako@joumou.example")).isEqualTo(403);
    saml.save("", "true", saml.body.section().toString());
    assertThat(comeAs(visit, "goro-1", "goro", "goro@joumou.example")).isEqualTo(302);
    assertThat(visit.look("/contracts").getStatus()).as("without any role").isEqualTo(403);
    assertThat(comeAs(new SsoVisit(web), "h", "x", "hanako@joumou.example")).isEqualTo(302);
    assertThat(comeAs(new SsoVisit(web), "other", "x", "hanako@joumou.example")).isEqualTo(403);
  }

  @Test
  @DisplayName("提供者の二要素は、決めた認証コンテキストのときだけ数える")
  void asksForOurSecondFactorUnlessTheProviderSawTwo() throws Exception {
    saml.begin();
    saml.linkHanako();
    TestPeople.run(
        "insert into staff_totp (tenant_id, staff_id, secret, confirmed_at) values (?, ?, '\\x00', now())",
        saml.body.id().value(),
        saml.hanako());
    assertThat(come(new SsoVisit(web)).getRedirectedUrl()).isEqualTo("/signin/second");
    var visit = new SsoVisit(web);
    var asked = saml.start(visit);
    var words = asked.answer(SUBJECT);
    words.context = "https://refeds.org/profile/mfa";
    assertThat(saml.send(visit, asked, PROVIDER.signed(words)).getRedirectedUrl()).isEqualTo("/");
  }

  @Test
  @DisplayName("署名や登録の変更の直前には、提供者にあらためての認証を求め、古い認証では通らない")
  void provesThemselvesAnewBeforeAnAct() throws Exception {
    saml.begin();
    saml.linkHanako();
    var hanako = new SsoVisit(web);
    assertThat(saml.start(hanako).request().hasAttribute("ForceAuthn")).isFalse();
    come(hanako);
    assertThat(hanako.press("/account/factors/app").getStatus()).isEqualTo(422);
    var asked = SamlVisit.asked(confirm(hanako));
    assertThat(asked.request().getAttribute("ForceAuthn")).isEqualTo("true");
    var stale = asked.answer(SUBJECT);
    stale.authenticated = SamlTestProvider.Words.in(-3600);
    assertThat(saml.send(hanako, asked, PROVIDER.signed(stale)).getStatus()).isEqualTo(403);
    assertThat(saml.refusal()).contains("NOT_ANEW");
    asked = SamlVisit.asked(confirm(hanako));
    assertThat(saml.send(hanako, asked, PROVIDER.signed(asked.answer("else"))).getStatus())
        .isEqualTo(403);
    assertThat(saml.refusal()).contains("SOMEBODY_ELSE");
    asked = SamlVisit.asked(confirm(hanako));
    assertThat(saml.send(hanako, asked, PROVIDER.signed(asked.answer(SUBJECT))).getRedirectedUrl())
        .isEqualTo("/account/factors");
    assertThat(hanako.press("/account/factors/app").getRedirectedUrl())
        .isEqualTo("/account/factors/app");
  }

  private static org.springframework.mock.web.MockHttpServletResponse confirm(SsoVisit visit)
      throws Exception {
    return visit.press("/account/confirmation", "target", "/account/factors");
  }

  @Test
  @DisplayName("提供者が鍵を替える間は、新しい証明書を加えてもサインインは止まらない。別の提供者に替えると止まる")
  void staysInUseWhileTheProviderChangesItsKey() throws Exception {
    saml.begin();
    saml.linkHanako();
    saml.save(PROVIDER.certificate() + ANOTHER.certificate(), "", "", "false", "");
    assertThat(come(new SsoVisit(web)).getRedirectedUrl()).isEqualTo("/");
    saml.save(ANOTHER.certificate(), "", "", "false", "");
    assertThat(come(new SsoVisit(web)).getStatus()).as("the old key").isEqualTo(403);
    var visit = new SsoVisit(web);
    var asked = saml.start(visit);
    assertThat(saml.send(visit, asked, ANOTHER.signed(asked.answer(SUBJECT))).getRedirectedUrl())
        .isEqualTo("/");
    saml.save(PROVIDER.certificate(), "", "", "false", "");
    assertThat(saml.desk.press("/settings/sso/saml/use").getStatus())
        .as("no certificate of those that were tried")
        .isEqualTo(409);
  }

  @Test
  @DisplayName("二つの方式を設定でき、使うのは一つ。試していない方式では、もう一方は止まらない")
  void usesOneOfTwoKinds() throws Exception {
    try (var oidc = new OidcTestProvider()) {
      var saved =
          saml.desk.press(
              "/settings/sso/oidc",
              "issuer",
              oidc.issuer(),
              "clientId",
              OidcTestProvider.CLIENT,
              "secret",
              OidcTestProvider.SECRET,
              "loginClaim",
              "preferred_username",
              "nameClaim",
              "name",
              "mailClaim",
              "email");
      assertThat(saved.getRedirectedUrl()).isEqualTo("/settings/sso");
    }
    saml.run(
        "update sso_provider set tested_at = now(), in_use = true"
            + " where kind = 'OIDC' and tenant_id = ?");
    assertThat(saml.desk.press("/settings/sso/saml/use").getStatus()).isEqualTo(409);
    var inUse = "select string_agg(kind, ' ') from sso_provider where in_use and tenant_id = ?";
    assertThat(saml.text(inUse)).isEqualTo("OIDC");
    saml.begin();
    assertThat(saml.text(inUse)).isEqualTo("SAML");
    assertThat(settings()).contains("OpenID Connectを使い始める", "SAMLを使うのをやめる");
  }

  @Test
  @DisplayName("証明書の期限が30日以内か過ぎていると、設定の画面が知らせる")
  void warnsOfCertificatesThatEnd() throws Exception {
    assertThat(settings()).doesNotContain("期限を迎えます").doesNotContain("期限を過ぎています");
    var ending = ended(Duration.ofDays(29));
    saml.save(PROVIDER.certificate() + ending.certificate(), "", "", "false", "");
    assertThat(settings()).contains("期限を迎えます");
    var over = ended(Duration.ofDays(-1));
    saml.save(over.certificate(), "", "", "false", "");
    assertThat(settings()).contains("期限を過ぎています");
    // The warnings are counted from today by the service itself.
    var now = Instant.now();
    var certificates = SigningCertificates.kept(ending.certificate());
    assertThat(SigningCertificates.ending(certificates, now)).isPresent();
    assertThat(SigningCertificates.ending(certificates, now.minus(Duration.ofDays(2)))).isEmpty();
  }

  /** A provider whose certificate ends then. */
  private static SamlTestProvider ended(Duration left) {
    return new SamlTestProvider(
        RequestKey.make(Instant.now().plus(left).minus(Duration.ofDays(3650))));
  }

  @Test
  @DisplayName("メタデータから設定でき、提供者が求めれば要求に署名し、むすびのメタデータに証明書がある")
  void readsMetadataAndSignsRequestsWhereWanted() throws Exception {
    var before = saml.desk.look(saml.path("saml-metadata"));
    assertThat(before.getContentType()).isEqualTo("application/samlmetadata+xml");
    assertThat(before.getContentAsString(StandardCharsets.UTF_8))
        .contains("AuthnRequestsSigned=\"false\"", "/signin/sso/" + saml.body.code() + "/saml\"")
        .contains(
            "index=\"0\" isDefault=\"true\"",
            "https://keiyaku.musubi.example/signin/sso/",
            "index=\"1\" isDefault=\"false\"",
            "https://keiyaku.lgwan.example/signin/sso/" + saml.body.code() + "/saml\"")
        .doesNotContain("X509Certificate");
    var unsigned = SsoVisit.leaving(saml.desk.press("/settings/sso/saml/trial"));
    assertThat(unsigned.asked()).doesNotContainKey("Signature").containsEntry("tenant", "1");

    assertThat(paste(PROVIDER.metadata(true)).getRedirectedUrl()).isEqualTo("/settings/sso");
    var sent = SsoVisit.leaving(saml.desk.press("/settings/sso/saml/trial"));
    assertThat(sent.of("SigAlg")).isEqualTo(RequestKey.ALGORITHM);
    var metadata =
        SamlTestProvider.parse(
            saml.desk.look(saml.path("saml-metadata")).getContentAsString(StandardCharsets.UTF_8));
    var ours =
        SigningCertificates.read(
                metadata.getElementsByTagNameNS("*", "X509Certificate").item(0).getTextContent())
            .getFirst();
    var query = sent.address().getRawQuery();
    var signed = query.substring(query.indexOf("SAMLRequest="), query.indexOf("&Signature="));
    var check = Signature.getInstance("SHA256withRSA");
    check.initVerify(ours);
    check.update(signed.getBytes(StandardCharsets.US_ASCII));
    assertThat(check.verify(Base64.getDecoder().decode(sent.of("Signature")))).isTrue();
    assertThat(paste(PROVIDER.metadata(true)).getRedirectedUrl()).isEqualTo("/settings/sso");
    assertThat(
            saml.desk.look(saml.path("saml-metadata")).getContentAsString(StandardCharsets.UTF_8))
        .as("the key stays")
        .contains(Base64.getEncoder().encodeToString(SigningCertificates.der(ours)));
    var key = saml.text("select encode(request_key, 'hex') from sso_provider where tenant_id = ?");
    assertThat(key)
        .doesNotContain(
            HexFormat.of()
                .formatHex(new byte[] {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7}));
  }

  @Test
  @DisplayName("読めないメタデータや弱い証明書は、何がいけないかを言って断る")
  void refusesMetadataThatDoNotServe() throws Exception {
    var good = PROVIDER.metadata(false);
    for (var bad :
        List.of(
            List.of("<", "XMLとして読めません"),
            List.of("<!DOCTYPE x []>" + good.substring(good.indexOf("<md:")), "XMLとして読めません"),
            List.of(good.replace("EntityDescriptor", "EntitiesDescriptor"), "一つの提供者の"),
            List.of(good.replace("IDPSSODescriptor", "SPSSODescriptor"), "IDPSSODescriptor）がありません"),
            List.of(good.replace("HTTP-Redirect", "SOAP"), "HTTP-Redirectで要求を"),
            List.of(
                good.replace("https://login.joumou.example/idp/sso", "javascript:x"),
                "HTTP-Redirectで要求を"),
            List.of(
                good.replace(
                    "https://login.joumou.example/idp/sso", "http://login.joumou.example/"),
                "HTTP-Redirectで要求を"),
            List.of(good.replace("signing", "encryption"), "使える署名証明書がありません"))) {
      var answer = paste(bad.getFirst());
      assertThat(answer.getStatus()).as(bad.getFirst()).isEqualTo(422);
      assertThat(answer.getContentAsString(StandardCharsets.UTF_8)).contains(bad.getLast());
    }
    assertThat(
            saml.save(
                    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                    "",
                    "",
                    "false",
                    "")
                .getStatus())
        .isEqualTo(422);
    assertThat(saml.save("", "", "", "false", "").getStatus()).isEqualTo(422);
    assertThat(settings()).contains(SamlTestProvider.ISSUER);
  }

  private org.springframework.mock.web.MockHttpServletResponse paste(String metadata)
      throws Exception {
    return saml.desk.press(
        "/settings/sso/saml",
        "metadata",
        metadata,
        "loginClaim",
        "uid",
        "nameClaim",
        "displayName",
        "mailClaim",
        "mail");
  }

  private String settings() throws Exception {
    return saml.desk.look("/settings/sso").getContentAsString(StandardCharsets.UTF_8);
  }

  private org.springframework.mock.web.MockHttpServletResponse come(SsoVisit visit)
      throws Exception {
    var asked = saml.start(visit);
    return saml.send(visit, asked, PROVIDER.signed(asked.answer(SUBJECT)));
  }

  private int comeAs(SsoVisit visit, String subject, String login, String mail) throws Exception {
    var asked = saml.start(visit);
    var words =
        asked
            .answer(subject)
            .attribute("uid", login)
            .attribute("displayName", "見本 五郎")
            .attribute("mail", mail);
    return saml.send(visit, asked, PROVIDER.signed(words)).getStatus();
  }
}
