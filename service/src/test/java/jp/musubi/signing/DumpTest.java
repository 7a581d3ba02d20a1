package jp.musubi.signing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.Tenancy;
import jp.musubi.staff.Invitations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Somebody has a full dump of the database, and tries. Beside each try that fails stands the real
 * secret, which works: else the tries would prove nothing.
 */
@SigningTest
@DisplayName("データベースの写しを持つ人は")
class DumpTest {
  private static final String ACCESS_CODE = "KX47-ashio-2093";
  private static final Pattern INVITATION = Pattern.compile("https?://\\S+(/invitation/\\S+)");

  @LocalServerPort private int port;
  @Autowired private SentContract contracts;
  @Autowired private Invitations invitations;
  @Autowired private PasswordEncoder passwords;
  @Autowired private TransactionTemplate transaction;
  @Autowired private Environment environment;

  private TestBody body;
  private String base;
  private String link;
  private String invitation;
  private Browser clerk;
  private byte[] app;
  private List<String> recoveryCodes;

  /** Everything a person could use to get in, all of it alive. */
  @BeforeEach
  void secretsOfEveryKind() throws Exception {
    base = "http://localhost:" + port;
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
    link =
        Mailbox.await(contracts.send(body, Optional.of(ACCESS_CODE)).mail(), 1).getFirst().link();
    invitation = invite();
    clerk = new Browser(base);
    assertThat(signIn(clerk, TestBody.PASSWORD).uri().getPath()).isEqualTo("/");
    var page =
        clerk.submit(
            clerk.get("/account/factors"),
            "/account/factors/app",
            Map.of("password", TestBody.PASSWORD));
    app = base32(page.html().select("code").text());
    var codes =
        clerk.submit(page, "/account/factors/app/confirmation", Map.of("code", code(app, -30)));
    recoveryCodes = codes.html().select("ol code").eachText();
    assertThat(recoveryCodes).isNotEmpty();
  }

  @Test
  @DisplayName("生きた秘密を一つも、どの書き方でも、そこに見つけない")
  void findsNoLiveSecret() throws Exception {
    var dump = new String(dump(), ISO_8859_1).toLowerCase(Locale.ROOT);
    assertThat(dump).contains(body.id().toString());
    for (var secret : secrets().entrySet()) {
      for (var form : forms(secret.getValue())) {
        assertThat(dump.contains(form.toLowerCase(Locale.ROOT)))
            .as("%s, written as %s", secret.getKey(), form)
            .isFalse();
      }
    }
  }

  @Test
  @DisplayName("リンク、招待、ログインのどれも、そこにあるものでは開けない")
  void opensNothingWithWhatLiesThere() throws Exception {
    var mine = linesOfTheBody();
    var values = values(mine);
    assertThat(values).hasSizeGreaterThan(20);
    var stranger = new Browser(base);
    for (var value : values) {
      assertThat(stranger.get(parent(link) + value).status()).as(value).isEqualTo(404);
      assertThat(stranger.get(parent(invitation) + value).text())
          .as(value)
          .doesNotContain("new-password");
    }
    for (var id : sessions()) {
      for (var cookie : List.of(id, base64(id), base64(id + "."), base64(id + "." + base64(id)))) {
        assertThat(account(cookie)).as(cookie).isNotEqualTo(200);
      }
    }
    assertThat(account(sessionCookie())).isEqualTo(200);
    assertThat(stranger.get(invitation).text()).contains("new-password");
    assertThat(stranger.get(link).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("パスワード、認証アプリ、回復コード、アクセスコードの代わりに使えるものがない")
  void typesNothingThatIsTaken() throws Exception {
    var mine = linesOfTheBody();
    var visitor = new Browser(base);
    var page = visitor.submit(visitor.get(link), link, Map.of());
    for (var hash : matches(mine, "\\$argon2id\\$[^\\t]+").stream().limit(3).toList()) {
      page = visitor.submit(page, "/code", Map.of("code", hash.substring(0, 60)));
      assertThat(page.uri().getPath()).endsWith("/code");
    }
    page = visitor.submit(page, "/code", Map.of("code", ACCESS_CODE));
    assertThat(page.uri().getPath()).endsWith("/read");

    var thief = new Browser(base);
    var hash = matches(mine, "\\{?[a-z0-9]*\\}?\\$[a-z0-9]+\\$[^\\t]+").getFirst();
    assertThat(signIn(thief, hash).uri().toString()).contains("refused");

    // The password is known, and the second factor is what is left to find in the dump.
    page = signIn(thief, TestBody.PASSWORD);
    assertThat(page.uri().getPath()).isEqualTo("/signin/second");
    var guesses = new ArrayList<String>();
    for (var bytes : matches(mine, "\\\\\\\\x[0-9a-f]{40,}")) {
      guesses.add(code(HexFormat.of().parseHex(bytes.substring(3)), 0));
    }
    matches(mine, "(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])").stream().limit(2).forEach(guesses::add);
    assertThat(guesses).hasSizeGreaterThan(2);
    for (var guess : guesses.stream().limit(4).toList()) {
      page = thief.submit(page, "/signin/second", Map.of("code", guess));
      assertThat(page.uri().getPath()).as(guess).isEqualTo("/signin/second");
    }
    page = thief.submit(page, "/signin/second", Map.of("code", recoveryCodes.getFirst()));
    assertThat(page.uri().getPath()).isEqualTo("/");
  }

  private Map<String, byte[]> secrets() throws Exception {
    var all = new LinkedHashMap<String, byte[]>();
    all.put("link", last(link).getBytes(UTF_8));
    all.put("link, raw", Base64.getUrlDecoder().decode(last(link)));
    all.put("invitation", last(invitation).getBytes(UTF_8));
    all.put("invitation, raw", Base64.getUrlDecoder().decode(last(invitation)));
    all.put("access code", ACCESS_CODE.getBytes(UTF_8));
    all.put("access code, bare", ACCESS_CODE.replace("-", "").getBytes(UTF_8));
    all.put("password", TestBody.PASSWORD.getBytes(UTF_8));
    all.put("app", app);
    all.put("app, spelled", base32(app).getBytes(UTF_8));
    for (var code : recoveryCodes) {
      all.put("recovery " + code, code.getBytes(UTF_8));
      all.put("recovery, bare " + code, code.replace("-", "").getBytes(UTF_8));
    }
    var cookie = new String(Base64.getDecoder().decode(sessionCookie()), UTF_8);
    all.put("session", cookie.getBytes(UTF_8));
    all.put("proof of the session", cookie.substring(cookie.lastIndexOf('.') + 1).getBytes(UTF_8));
    for (var key : List.of("master-key-file", "link-key-file")) {
      all.put(
          key,
          Files.readAllBytes(Path.of(environment.getRequiredProperty("musubi.secrets." + key))));
    }
    return all;
  }

  private static List<String> forms(byte[] secret) {
    return List.of(
        new String(secret, ISO_8859_1),
        HexFormat.of().formatHex(secret),
        Base64.getEncoder().withoutPadding().encodeToString(secret),
        Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** Every row of every table, as {@code pg_dump --data-only} writes it. */
  private static byte[] dump() throws Exception {
    var out = new ByteArrayOutputStream();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      var tables = new ArrayList<String>();
      try (var rows =
          statement.executeQuery(
              """
              select c.oid::regclass::text from pg_class c
               where c.relkind in ('r', 'm') and c.relnamespace not in
                     ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
                 and c.relpersistence = 'p' and c.relnamespace::regnamespace::text not like 'pg_toast%'
              """)) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      assertThat(tables).contains("spring_session", "body_key", "staff_totp", "link", "mail");
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (var table : tables) {
        out.write(("\n-- " + table + "\n").getBytes(UTF_8));
        copy.copyOut("copy " + table + " to stdout", out);
      }
    }
    return out.toByteArray();
  }

  private String linesOfTheBody() throws Exception {
    return String.join(
        "\n",
        new String(dump(), UTF_8).lines().filter(l -> l.contains(body.id().toString())).toList());
  }

  /** What might be the secret of an address: anything without spaces that is long enough. */
  private static List<String> values(String lines) {
    return Arrays.stream(lines.split("[\\s,{}()\"\\\\]+"))
        .filter(value -> value.matches("[A-Za-z0-9_-]{20,100}"))
        .flatMap(value ->
            value.matches("[0-9a-f]{64}")
                ? Stream.of(
                    value,
                    Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Arrays.copyOf(HexFormat.of().parseHex(value), 24)))
                : Stream.of(value))
        .distinct()
        .limit(300)
        .toList();
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(m -> m.group()).distinct().toList();
  }

  private static List<String> sessions() throws Exception {
    var ids = new ArrayList<String>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select session_id from spring_session")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    assertThat(ids).isNotEmpty();
    return ids;
  }

  private int account(String cookie) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(base + "/account"))
                  .header("Cookie", "musubi=" + cookie)
                  .header("Accept", "text/html")
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private String sessionCookie() {
    return clerk.cookie("musubi");
  }

  private Browser.Page signIn(Browser browser, String password) {
    return browser.submit(
        browser.get("/signin"),
        "/signin",
        Map.of("body", body.code(), "login", "hanako", "password", password));
  }

  private String invite() throws Exception {
    Tenancy.in(
        body.id(),
        () -> {
          transaction.executeWithoutResult(_ ->
              invitations.invite(body.viewer(), new Actor(Actor.Kind.STAFF, "1", "見本 花子"), null));
          return true;
        });
    for (var i = 0; i < 300; i++) {
      for (var mail : Mailbox.of("jiro@joumou.example")) {
        var found = INVITATION.matcher(mail.text());
        if (found.find() && found.group(1).contains("/" + body.code() + "/")) {
          return found.group(1);
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no invitation came");
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String code(byte[] key, long secondsFromNow) throws Exception {
    return new TimeBasedOneTimePasswordGenerator()
        .generateOneTimePasswordString(
            new SecretKeySpec(key, "HmacSHA1"), Instant.now().plusSeconds(secondsFromNow));
  }

  private static String base32(byte[] bytes) {
    var bits = new StringBuilder();
    for (var b : bytes) {
      bits.append("%8s".formatted(Integer.toBinaryString(b & 0xff)).replace(' ', '0'));
    }
    var spelled = new StringBuilder();
    for (var at = 0; at + 5 <= bits.length(); at += 5) {
      spelled.append(
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(Integer.parseInt(bits, at, at + 5, 2)));
    }
    return spelled.toString();
  }

  private static byte[] base32(String spelled) {
    var bits = new StringBuilder();
    for (var letter : spelled.replace(" ", "").toCharArray()) {
      var value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
      bits.append("%5s".formatted(Integer.toBinaryString(value)).replace(' ', '0'));
    }
    var bytes = new byte[bits.length() / 8];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    return bytes;
  }
}
