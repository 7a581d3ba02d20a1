package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.contract.Identification;
import jp.musubi.means.RegisteredMeans;
import jp.musubi.platform.openid.OidcTestProvider;
import jp.musubi.platform.openid.Tokens;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SigningTest
@DisplayName("外部のIDでの本人確認")
class ExternalIdTest {
  private static final String CODE = "AbCd-1234";
  private static final String PRIME =
      """
      {"sub":"%s","account_type":"2","name":"株式会社 見本建設","corporate_number":"1234567890123"}
      """;

  /**
   * Both levels are counted for by one provider: what differs is what the operator says of them.
   */
  private static final OidcTestProvider PROVIDER = start();

  @LocalServerPort private int port;
  @Autowired private SentContract contracts;
  @Autowired private RegisteredMeans means;

  private TestBody body;
  private Browser browser;
  private String mail;

  private static OidcTestProvider start() {
    try {
      return new OidcTestProvider();
    } catch (IOException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @DynamicPropertySource
  static void configure(DynamicPropertyRegistry registry) throws IOException {
    var secret = Files.createTempFile("musubi-test", ".secret");
    Files.writeString(secret, OidcTestProvider.SECRET + "\n");
    for (var each : Map.of("mihon", "L3", "kani", "L2").entrySet()) {
      var at = "musubi.external-id.providers." + each.getKey() + ".";
      registry.add(at + "name", () -> each.getKey().equals("mihon") ? "見本ID" : "簡易ID");
      registry.add(at + "name-en", () -> each.getKey().equals("mihon") ? "Sample ID" : "Simple ID");
      registry.add(at + "level", each::getValue);
      registry.add(at + "issuer", PROVIDER::issuer);
      registry.add(at + "client-id", () -> OidcTestProvider.CLIENT);
      registry.add(at + "secret-file", secret::toString);
      registry.add(at + "scopes", () -> "openid,profile");
      registry.add(at + "name-claim", () -> "name");
      registry.add(at + "number-claim", () -> "corporate_number");
      registry.add(at + "required.account_type", () -> "2,3");
    }
  }

  @BeforeEach
  void open() {
    body = TestBody.create("x");
    browser = someone();
    mail = UUID.randomUUID() + "@mihon.example";
  }

  @AfterEach
  void up() {
    PROVIDER.down(false);
  }

  @AfterAll
  static void close() {
    PROVIDER.close();
  }

  @Test
  @DisplayName("リンクとアクセスコードの後に一度だけ登録し、次の契約では同じ方のサインインだけで入る。別の方は入れない")
  void registersOnceAndAsksForTheSameAfterwards() throws Exception {
    var first = send(Identification.Way.EXTERNAL_ID_L3);
    var page = enter(browser, first);
    assertThat(page.h1()).isEqualTo("はじめに、アクセスコードを入力してください");
    page = browser.submit(page, "/code", Map.of("code", CODE));
    assertThat(page.h1()).isEqualTo("外部のIDを登録します");
    assertThat(page.text()).contains("見本ID").doesNotContain("簡易ID");
    page = comeBack(browser, leave(browser, page), "hanako-of-mihon");
    assertThat(page.uri().getPath()).endsWith("/read");
    agree(browser, page);
    assertThat(identified(first)).isEqualTo("MAIL_LINK+ACCESS_CODE+EXTERNAL_ID:見本ID L3");
    assertThat(Mailbox.await(mail, 2).get(1).subject()).isEqualTo("外部のIDを登録しました");
    var said = details(first, "link.id-accepted");
    assertThat(said.get("subject").asString()).isEqualTo(digest("hanako-of-mihon"));
    assertThat(said.get("provider").asString()).isEqualTo("見本ID");
    assertThat(said.get("issuer").asString()).isEqualTo(PROVIDER.issuer());
    assertThat(said.get("level").asString()).isEqualTo("L3");
    assertThat(said.get("saidName").asString()).isEqualTo("株式会社 見本建設");
    assertThat(said.get("saidNumber").asString()).isEqualTo("1234567890123");
    assertThat(Instant.parse(said.get("authenticatedAt").asString())).isNotNull();

    var second = send(Identification.Way.EXTERNAL_ID_L3);
    var other = someone();
    var door = enter(other, second);
    assertThat(door.h1()).isEqualTo("外部のIDでサインインしてください");
    var refused = comeBack(other, leave(other, door), "taro-of-mihon");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.h1()).isEqualTo("登録した方と別のIDです");
    assertThat(details(second, "link.id-refused").get("reason").asString())
        .isEqualTo("SOMEBODY_ELSE");
    door = other.get(refused.html().select("main .musubi-actions a").attr("href"));
    page = comeBack(other, leave(other, door), "hanako-of-mihon");
    assertThat(page.uri().getPath()).endsWith("/read");
    agree(other, page);
    assertThat(identified(second)).isEqualTo("MAIL_LINK+EXTERNAL_ID:見本ID L3");
    assertThat(
            TestPeople.text(
                "select count(*)::text from audit_entry where entry like ?", "%hanako-of-mihon%"))
        .as("the subject itself is kept nowhere")
        .isEqualTo("0");
  }

  @Test
  @DisplayName("取りやめ、停止、合わない答え、二度目の答え、足りない種類は、何をすればよいかを言って断り、その後やり直せる")
  void refusesWhatDoesNotHold() throws Exception {
    var sent = send(Identification.Way.EXTERNAL_ID_L3);
    var register = browser.submit(enter(browser, sent), "/code", Map.of("code", CODE));

    var cancelled = leave(browser, register);
    refused(
        sendOn(browser, "error=access_denied&state=" + cancelled.of("state")),
        403,
        "サインインが取りやめられました",
        sent,
        "BROKEN_OFF");

    PROVIDER.down(true);
    refused(
        browser.submit(register, "/id", Map.of("provider", "mihon")),
        503,
        "見本IDから答えがありません",
        sent,
        "NO_ANSWER");
    PROVIDER.down(false);
    var whileGoing = leave(browser, register);
    var code = code(whileGoing, "hanako", whileGoing.of("nonce"), PRIME.formatted("hanako"));
    PROVIDER.down(true);
    refused(
        sendOn(browser, "code=" + code + "&state=" + whileGoing.of("state")),
        503,
        "見本IDから答えがありません",
        sent,
        "NO_ANSWER");
    PROVIDER.down(false);

    var nonce = leave(browser, register);
    refused(
        sendOn(
            browser,
            "code=%s&state=%s"
                .formatted(
                    code(nonce, "hanako", Tokens.fresh(), PRIME.formatted("hanako")),
                    nonce.of("state"))),
        403,
        "見本IDの答えを確かめられませんでした",
        sent,
        "NOT_GENUINE");

    var more = leave(browser, register);
    refused(
        sendOn(
            browser,
            "code=%s&state=%s"
                .formatted(
                    code(more, "hanako", more.of("nonce"), PRIME.formatted("somebody-else")),
                    more.of("state"))),
        403,
        "見本IDの答えを確かめられませんでした",
        sent,
        "NOT_GENUINE");

    var forged = leave(browser, register);
    var other = new RSAKeyGenerator(2048).keyID("one").generate();
    var claims = PROVIDER.claims("hanako", forged.of("nonce")).build();
    refused(
        sendOn(
            browser,
            "code=%s&state=%s"
                .formatted(
                    PROVIDER.code(
                        OidcTestProvider.signed(claims, other), forged.of("code_challenge")),
                    forged.of("state"))),
        403,
        "見本IDの答えを確かめられませんでした",
        sent,
        "NOT_GENUINE");

    var entry = leave(browser, register);
    refused(
        sendOn(
            browser,
            "code=%s&state=%s"
                .formatted(
                    code(
                        entry,
                        "hanako",
                        entry.of("nonce"),
                        "{\"sub\":\"hanako\",\"account_type\":\"1\"}"),
                    entry.of("state"))),
        403,
        "この種類のIDは使えません",
        sent,
        "NOT_ENOUGH");

    var mixed = leave(browser, register);
    refused(
        sendOn(
            browser,
            "code=%s&state=%s&iss=%s"
                .formatted(
                    code(mixed, "hanako", mixed.of("nonce"), PRIME.formatted("hanako")),
                    mixed.of("state"),
                    encode("https://another.example"))),
        403,
        "見本IDの答えを確かめられませんでした",
        sent,
        "NOT_GENUINE");

    var elsewhere = leave(browser, register);
    refused(
        sendOn(
            browser,
            "kani",
            "code=%s&state=%s"
                .formatted(
                    code(elsewhere, "hanako", elsewhere.of("nonce"), PRIME.formatted("hanako")),
                    elsewhere.of("state"))),
        403,
        "サインインをもう一度始めてください",
        sent,
        "NOT_AWAITED");

    var good = leave(browser, register);
    var answer =
        "code=%s&state=%s"
            .formatted(
                code(good, "hanako", good.of("nonce"), PRIME.formatted("hanako")),
                good.of("state"));
    var form = browser.get("/s/id/mihon?" + answer);
    assertThat(browser.submit(form, "/id/answer", Map.of()).uri().getPath()).endsWith("/read");

    var next = send(Identification.Way.EXTERNAL_ID_L3);
    var door = enter(browser, next);
    leave(browser, door);
    var replayed =
        Browser.filled(form, "/id/answer", Map.of()).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    refused(
        browser.post(
            Browser.action(form, "/id/answer").replace(linkOf(form), linkOf(door)), replayed),
        403,
        "サインインをもう一度始めてください",
        next,
        "NOT_AWAITED");
  }

  @Test
  @DisplayName("答えのアドレスを開くだけでは何も変わらない。ほかのブラウザー、ほかの団体、でたらめな答えでは入れない")
  void changesNothingByLooking() throws Exception {
    var sent = send(Identification.Way.EXTERNAL_ID_L3);
    var register = browser.submit(enter(browser, sent), "/code", Map.of("code", CODE));
    var away = leave(browser, register);
    var answer =
        "/s/id/mihon?code=%s&state=%s"
            .formatted(
                code(away, "hanako", away.of("nonce"), PRIME.formatted("hanako")),
                away.of("state"));
    for (var i = 0; i < 50; i++) {
      assertThat(someone().get(answer).status()).isEqualTo(200);
      browser.head(answer);
    }
    var stranger = someone();
    assertThat(stranger.submit(stranger.get(answer), "/id/answer", Map.of()).status())
        .as("another browser")
        .isEqualTo(403);
    var foreign = TestBody.create("x");
    var elsewhere = answer.replace(body.code(), foreign.code());
    assertThat(browser.submit(browser.get(elsewhere), "/id/answer", Map.of()).status())
        .as("another body")
        .isIn(403, 404);
    for (var junk :
        java.util.List.of(
            "/s/id/mihon",
            "/s/id/mihon?code=x&state=x",
            "/s/id/mihon?state=" + away.of("state"),
            "/s/id/mihon?code=" + "x".repeat(5000) + "&state=" + away.of("state"))) {
      var page = browser.get(junk);
      assertThat(page.status()).as(junk).isEqualTo(403);
      assertThat(page.h1()).isEqualTo("この画面からは続けられません");
    }
    assertThat(live(Identification.Way.EXTERNAL_ID_L3)).isEmpty();

    var page = browser.submit(browser.get(answer), "/id/answer", Map.of());
    assertThat(page.uri().getPath()).as("all this has spent nothing").endsWith("/read");
  }

  @Test
  @DisplayName("アクセスコードを示していないセッションは、提供者へ進めない")
  void leavesOnlyAfterTheCode() {
    var sent = send(Identification.Way.EXTERNAL_ID_L3);
    var page = enter(browser, sent);
    for (var posted : java.util.List.of("/id", "/id/answer")) {
      assertThat(browser.get(page.uri().getPath().replace("/code", posted)).uri())
          .as("loaded anew")
          .isEqualTo(page.uri());
    }
    var token = Browser.filled(page, "/code", Map.of("provider", "mihon"));
    var answered = browser.post(page.uri().getPath().replace("/code", "/id"), token);
    assertThat(answered.h1()).isEqualTo("はじめに、アクセスコードを入力してください");
  }

  @Test
  @DisplayName("水準L2の提供者での登録は、水準L3の契約には足りず、L3の登録はL2の契約にも使える")
  void countsForItsLevel() throws Exception {
    var weak = send(Identification.Way.EXTERNAL_ID_L2);
    var register = browser.submit(enter(browser, weak), "/code", Map.of("code", CODE));
    assertThat(register.text()).contains("見本ID", "簡易ID");
    var page = comeBack(browser, "kani", leave(browser, register, "kani"), "hanako");
    agree(browser, page);
    assertThat(identified(weak)).isEqualTo("MAIL_LINK+ACCESS_CODE+EXTERNAL_ID:簡易ID L2");

    var strong = send(Identification.Way.EXTERNAL_ID_L3);
    var other = someone();
    register = other.submit(enter(other, strong), "/code", Map.of("code", CODE));
    assertThat(register.h1()).isEqualTo("外部のIDを登録します");
    comeBack(other, leave(other, register), "hanako");

    var again = send(Identification.Way.EXTERNAL_ID_L2);
    var third = someone();
    var door = enter(third, again);
    assertThat(door.h1()).isEqualTo("外部のIDでサインインしてください");
    assertThat(door.text()).contains("見本ID").doesNotContain("簡易ID");
    agree(third, comeBack(third, leave(third, door), "hanako"));
    assertThat(identified(again)).isEqualTo("MAIL_LINK+EXTERNAL_ID:見本ID L2");
  }

  @Test
  @DisplayName("英語の画面は、提供者の英語の名前で案内する")
  void speaksEnglish() {
    var sent = send(Identification.Way.EXTERNAL_ID_L3);
    var register = browser.submit(enter(browser, sent), "/code", Map.of("code", CODE));
    var english = browser.get(register.uri().getPath() + "?lang=en");
    assertThat(english.text()).contains("Sign in with Sample ID and register");
  }

  /** What the provider is asked. */
  private record Asked(Map<String, String> all) {
    String of(String name) {
      return Objects.requireNonNull(all.get(name), name);
    }
  }

  private void refused(
      Browser.Page page, int status, String heading, SentContract.Sent sent, String reason) {
    assertThat(page.h1()).isEqualTo(heading);
    assertThat(page.status()).isEqualTo(status);
    assertThat(page.text()).contains("契約の内容も、期限も、変わっていません");
    assertThat(details(sent, "link.id-refused").get("reason").asString()).isEqualTo(reason);
    if (!reason.equals("NOT_AWAITED") || !heading.isEmpty()) {
      assertThat(page.html().select("main .musubi-actions a").attr("href")).endsWith("/code");
    }
  }

  private Asked leave(Browser somebody, Browser.Page page) {
    return leave(somebody, page, "mihon");
  }

  /** What the provider is asked. */
  private Asked leave(Browser somebody, Browser.Page page, String provider) {
    var leaving = somebody.submit(page, "/id", Map.of("provider", provider));
    var address = URI.create(leaving.html().select("a[data-go]").attr("href"));
    assertThat(address.toString()).startsWith(PROVIDER.issuer() + "/authorize?");
    var asked = new LinkedHashMap<String, String>();
    Arrays.stream(address.getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> asked.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("redirect_uri", "http://localhost/s/id/" + provider);
    return new Asked(asked);
  }

  private Browser.Page comeBack(Browser somebody, Asked asked, String subject)
      throws JOSEException {
    return comeBack(somebody, "mihon", asked, subject);
  }

  private Browser.Page comeBack(Browser somebody, String provider, Asked asked, String subject)
      throws JOSEException {
    return sendOn(
        somebody,
        provider,
        "code=%s&state=%s"
            .formatted(
                code(asked, subject, asked.of("nonce"), PRIME.formatted(subject)),
                asked.of("state")));
  }

  private static Browser.Page sendOn(Browser somebody, String query) {
    return sendOn(somebody, "mihon", query);
  }

  private static Browser.Page sendOn(Browser somebody, String provider, String query) {
    var back = somebody.get("/s/id/" + provider + "?" + query);
    assertThat(back.h1()).isEqualTo("契約の画面に戻りました");
    return somebody.submit(back, "/id/answer", Map.of());
  }

  private static String code(Asked asked, String subject, String nonce, String userInfo)
      throws JOSEException {
    JWTClaimsSet claims = PROVIDER.claims(subject, nonce).build();
    return PROVIDER.code(PROVIDER.signed(claims), asked.of("code_challenge"), userInfo);
  }

  private static String linkOf(Browser.Page page) {
    var action =
        page.html().select("form[method=post]").stream()
            .map(form -> form.attr("action"))
            .filter(each -> each.startsWith("/s/"))
            .findFirst()
            .orElseThrow();
    return action.split("/", -1)[3];
  }

  private static String digest(String subject) {
    return Sha256.of((PROVIDER.issuer() + "\n" + subject).getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private java.util.Optional<jp.musubi.means.Means> live(Identification.Way way) {
    return contracts.in(body, () -> means.live(mail, way));
  }

  private SentContract.Sent send(Identification.Way way) {
    return contracts.send(body, mail, new Identification(way, ""), CODE);
  }

  private Browser someone() {
    return new Browser("http://localhost:" + port);
  }

  private static Browser.Page enter(Browser somebody, SentContract.Sent sent) {
    var id =
        TestPeople.text(
            "select id::text from link where revoked_at is null and contract_id = ?",
            sent.id().value());
    for (var count = 1; ; count++) {
      for (var letter : Mailbox.await(sent.mail(), count)) {
        if (letter.text().contains(id)) {
          return somebody.submit(somebody.get(letter.link()), letter.link(), Map.of());
        }
      }
    }
  }

  private static void agree(Browser somebody, Browser.Page read) {
    somebody.getWithImages(read.uri().getPath());
    var confirm = somebody.get(read.uri().getPath().replace("/read", "/confirm"));
    var done = somebody.submit(confirm, "/agreement", Map.of("authority", "true"));
    assertThat(done.h1()).isEqualTo("同意を受け付けました");
  }

  private static String identified(SentContract.Sent sent) {
    return TestPeople.text(
        """
        select authentication || ' ' || level from agreement
         where contract_id = ? and ordinal = 1
        """,
        sent.id().value());
  }

  private static JsonNode details(SentContract.Sent sent, String action) {
    return JsonMapper.shared()
        .readTree(
            TestPeople.text(
                "select entry from audit_entry where action = '%s' and contract_id = ?"
                        .formatted(action)
                    + " order by seq desc limit 1",
                sent.id().value()))
        .get("details");
  }
}
