package jp.musubi.staff.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import org.jsoup.Jsoup;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.w3c.dom.Element;

/** A body with a SAML provider, and the steps of those who come by it. */
final class SamlVisit {
  static final String SUBJECT = "subject-of-hanako";

  final TestBody body;
  final SsoVisit desk;
  final SamlTestProvider provider;
  private final MockMvc web;

  SamlVisit(MockMvc web, PasswordEncoder passwords, SamlTestProvider provider) throws Exception {
    this.web = web;
    this.provider = provider;
    this.body = TestBody.create(passwords.encode(TestBody.PASSWORD));
    var admin = TestPeople.member(body, "kanri", "例 管理", body.section(), "BODY_ADMIN", null);
    TestPeople.run(
        "update staff set password_hash = ? where id = ?",
        passwords.encode(TestBody.PASSWORD),
        admin);
    this.desk = new SsoVisit(web);
    signIn(desk, "kanri");
  }

  /** What is asked of the provider. */
  record Asked(String state, Element request) {
    String id() {
      return request.getAttribute("ID");
    }

    /** An honest answer. */
    SamlTestProvider.Words answer(String subject) {
      var acs = request.getAttribute("AssertionConsumerServiceURL");
      return new SamlTestProvider.Words(id(), acs, acs + "-metadata", subject);
    }
  }

  void signIn(SsoVisit visit, String login) throws Exception {
    assertThat(
            visit
                .press(
                    "/signin", "body", body.code(), "login", login, "password", TestBody.PASSWORD)
                .getRedirectedUrl())
        .isEqualTo("/");
  }

  MockHttpServletResponse save(String strong, String byMail, String section) throws Exception {
    return save(provider.certificate(), "", strong, byMail, section);
  }

  MockHttpServletResponse save(
      String certificates, String subject, String strong, String byMail, String section)
      throws Exception {
    var fields =
        new String[] {
          "issuer",
          SamlTestProvider.ISSUER,
          "address",
          SamlTestProvider.ADDRESS,
          "certificates",
          certificates,
          "subject",
          subject,
          "strong",
          strong,
          "section",
          section,
          "loginClaim",
          "uid",
          "nameClaim",
          "displayName",
          "mailClaim",
          "mail"
        };
    // As a browser does: a box that is not ticked is not sent.
    return byMail.equals("true")
        ? desk.press("/settings/sso/saml", SsoVisit.with(fields, "byMail", byMail))
        : desk.press("/settings/sso/saml", fields);
  }

  /** Tries the provider and begins its use. */
  void begin() throws Exception {
    var asked = asked(desk.press("/settings/sso/saml/trial"));
    var tried = send(desk, asked, provider.signed(asked.answer("the-administrator")));
    assertThat(tried.getContentAsString(StandardCharsets.UTF_8)).contains("正しくやりとりできました");
    assertThat(desk.press("/settings/sso/saml/use").getRedirectedUrl()).isEqualTo("/settings/sso");
  }

  void linkHanako() throws Exception {
    var hanako = new SsoVisit(web);
    signIn(hanako, "hanako");
    var asked = asked(hanako.press("/account/sso", "password", TestBody.PASSWORD));
    assertThat(send(hanako, asked, provider.signed(asked.answer(SUBJECT))).getRedirectedUrl())
        .isEqualTo("/account/sso");
  }

  Asked start(SsoVisit visit) throws Exception {
    return asked(visit.press("/signin/sso", "body", body.code()));
  }

  /** Reads our request where the browser is sent. */
  static Asked asked(MockHttpServletResponse response) throws Exception {
    return asked(SsoVisit.leaving(response));
  }

  static Asked asked(SsoVisit.Sent sent) throws Exception {
    var deflated = Base64.getDecoder().decode(sent.of("SAMLRequest"));
    try (var xml =
        new InflaterInputStream(new ByteArrayInputStream(deflated), new Inflater(true))) {
      var text = new String(xml.readAllBytes(), StandardCharsets.UTF_8);
      return new Asked(sent.of("RelayState"), SamlTestProvider.parse(text).getDocumentElement());
    }
  }

  MockHttpServletResponse send(SsoVisit visit, Asked asked, org.w3c.dom.Document answer)
      throws Exception {
    return send(visit, asked.state(), SamlTestProvider.base64(answer));
  }

  /** As the browser does: another site's post without cookies, then our own page's with them. */
  MockHttpServletResponse send(SsoVisit visit, String state, String response) throws Exception {
    var first =
        new SsoVisit(web)
            .go(
                post(path("saml"))
                    .header("Sec-Fetch-Site", "cross-site")
                    .param("SAMLResponse", response)
                    .param("RelayState", state));
    if (first.getStatus() != 200) {
      return first;
    }
    assertThat(first.getHeaders("Set-Cookie")).as("the browser keeps its cookies").isEmpty();
    var form =
        Objects.requireNonNull(
            Jsoup.parse(first.getContentAsString(StandardCharsets.UTF_8))
                .selectFirst("form[data-send-on]"));
    assertThat(URI.create(form.attr("action")).getPath()).isEqualTo(path("saml-answer"));
    return visit.answer(
        form.attr("action"),
        "state",
        Objects.requireNonNull(form.selectFirst("[name=state]")).attr("value"),
        "response",
        Objects.requireNonNull(form.selectFirst("[name=response]")).attr("value"));
  }

  String path(String end) {
    return "/signin/sso/" + body.code() + "/" + end;
  }

  /** The newest refusal on the body's record. */
  String refusal() throws SQLException {
    return text(
        "select entry from audit_entry where tenant_id = ? and action = 'sso.refused'"
            + " order by seq desc limit 1");
  }

  String text(String sql) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, body.id().value());
      try (var rows = statement.executeQuery()) {
        return rows.next() ? String.valueOf(rows.getString(1)) : "";
      }
    }
  }

  void run(String sql) {
    TestPeople.run(sql, body.id().value());
  }

  UUID hanako() {
    return body.clerk();
  }
}
