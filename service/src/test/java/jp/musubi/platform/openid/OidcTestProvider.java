package jp.musubi.platform.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider over real HTTP that says whatever a test wants: the hostile one that no
 * product can be made into. The real round trip is the journeys' ({@code SsoJourneyTest}).
 */
public final class OidcTestProvider implements AutoCloseable {
  /** As whom the service is known here. */
  public static final String CLIENT = "musubi";

  /** By what. */
  public static final String SECRET = "geheim-with:colon&more";

  private final HttpServer server;
  private final RSAKey key;
  private final Map<String, Code> codes = new ConcurrentHashMap<>();
  private final Map<String, String> told = new ConcurrentHashMap<>();
  private volatile @Nullable String redirected;
  private volatile boolean down;
  private volatile @Nullable JWK ofClient;

  /** What a code was given for; the challenge has to be met (RFC 7636). */
  private record Code(String token, String challenge, String userInfo) {}

  /** Starts it at a port of its own. */
  public OidcTestProvider() throws IOException, JOSEException {
    key = new RSAKeyGenerator(2048).keyID("one").generate();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/.well-known/openid-configuration", this::configuration);
    server.createContext("/keys", e -> answer(e, 200, new JWKSet(key).toString(true)));
    server.createContext("/token", this::token);
    server.createContext("/more", this::more);
    server.createContext(
        "/moved",
        e -> {
          e.getResponseHeaders().set("Location", issuer() + "/.well-known/openid-configuration");
          answer(e, 302, "");
        });
    server.start();
  }

  /** Whom it calls itself. */
  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Where the last code was sent, as the service said when it fetched the token. */
  public @Nullable String redirected() {
    return redirected;
  }

  /** By which it signs. */
  public RSAKey key() {
    return key;
  }

  /** Honest claims for whoever was sent here with this nonce. */
  public JWTClaimsSet.Builder claims(String subject, String nonce) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .audience(CLIENT)
        .subject(subject)
        .issueTime(Date.from(Instant.now()))
        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
        .claim("auth_time", Instant.now().getEpochSecond())
        .claim("nonce", nonce);
  }

  /** A token with this provider's own signature. */
  public String signed(JWTClaimsSet claims) throws JOSEException {
    return signed(claims, key);
  }

  /** A token with another signature. */
  public static String signed(JWTClaimsSet claims, RSAKey key) throws JOSEException {
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  /** A code for which this token will be given, once the challenge is met. */
  public String code(String token, String challenge) {
    return code(token, challenge, "{}");
  }

  /** The same; the provider tells more where it is asked with the token that comes along. */
  public String code(String token, String challenge, String userInfo) {
    var code = Tokens.fresh();
    codes.put(code, new Code(token, challenge, userInfo));
    return code;
  }

  /** From now on it answers nothing but 503, or answers again. */
  public void down(boolean down) {
    this.down = down;
  }

  /** From now on only clients come in who sign with this key ({@code private_key_jwt}). */
  public void asks(JWK ofClient) {
    this.ofClient = ofClient;
  }

  private void configuration(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        200,
        """
        {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token","userinfo_endpoint":"%1$s/more","jwks_uri":"%1$s/keys"}
        """
            .formatted(issuer()));
  }

  private void token(HttpExchange exchange) throws IOException {
    var form = form(exchange);
    redirected = form.get("redirect_uri");
    var code = codes.remove(form.getOrDefault("code", ""));
    if (code == null
        || !knows(exchange, form)
        || !Tokens.digest(form.getOrDefault("code_verifier", "")).equals(code.challenge())) {
      answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    var access = Tokens.fresh();
    told.put("Bearer " + access, code.userInfo());
    answer(
        exchange,
        200,
        """
        {"access_token":"%s","token_type":"Bearer","expires_in":60,"id_token":"%s"}
        """
            .formatted(access, code.token()));
  }

  private boolean knows(HttpExchange exchange, Map<String, String> form) {
    var wanted = ofClient;
    if (wanted == null) {
      var expected =
          "Basic "
              + Base64.getEncoder()
                  .encodeToString(
                      (CLIENT + ":" + java.net.URLEncoder.encode(SECRET, StandardCharsets.UTF_8))
                          .getBytes(StandardCharsets.UTF_8));
      return expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }
    try {
      var said = SignedJWT.parse(form.getOrDefault("client_assertion", ""));
      var claims = said.getJWTClaimsSet();
      return said.verify(new ECDSAVerifier(wanted.toECKey()))
          && claims.getSubject().equals(CLIENT)
          && claims.getAudience().contains(issuer() + "/token")
          && wanted.getKeyID().equals(said.getHeader().getKeyID());
    } catch (ParseException | JOSEException e) {
      return false;
    }
  }

  private void more(HttpExchange exchange) throws IOException {
    var given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    var found = told.get(given);
    answer(exchange, found == null ? 401 : 200, found == null ? "{}" : found);
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    var values = new HashMap<String, String>();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Arrays.stream(body.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> values.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    return values;
  }

  private void answer(HttpExchange exchange, int right, String json) throws IOException {
    var status = down ? 503 : right;
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
