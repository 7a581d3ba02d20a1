package jp.musubi.staff.sso;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
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
final class OidcTestProvider implements AutoCloseable {
  static final String CLIENT = "musubi";
  static final String SECRET = "geheim-with:colon&more";

  private final HttpServer server;
  private final RSAKey key;
  private final Map<String, Code> codes = new ConcurrentHashMap<>();
  private volatile @Nullable String redirected;

  /** What a code was given for; the challenge has to be met (RFC 7636). */
  private record Code(String token, String challenge) {}

  OidcTestProvider() throws IOException, JOSEException {
    key = new RSAKeyGenerator(2048).keyID("one").generate();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/.well-known/openid-configuration", this::configuration);
    server.createContext("/keys", e -> answer(e, 200, new JWKSet(key).toString(true)));
    server.createContext("/token", this::token);
    server.createContext(
        "/moved",
        e -> {
          e.getResponseHeaders().set("Location", issuer() + "/.well-known/openid-configuration");
          answer(e, 302, "");
        });
    server.start();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Where the last code was sent, as the service said when it fetched the token. */
  @Nullable String redirected() {
    return redirected;
  }

  RSAKey key() {
    return key;
  }

  /** Honest claims for whoever was sent here with this nonce. */
  JWTClaimsSet.Builder claims(String subject, String nonce) {
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
  String signed(JWTClaimsSet claims) throws JOSEException {
    return signed(claims, key);
  }

  static String signed(JWTClaimsSet claims, RSAKey key) throws JOSEException {
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  /** A code for which this token will be given, once the challenge is met. */
  String code(String token, String challenge) {
    var code = Tokens.fresh();
    codes.put(code, new Code(token, challenge));
    return code;
  }

  private void configuration(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        200,
        """
        {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token","jwks_uri":"%1$s/keys"}
        """
            .formatted(issuer()));
  }

  private void token(HttpExchange exchange) throws IOException {
    var form = form(exchange);
    redirected = form.get("redirect_uri");
    var code = codes.remove(form.getOrDefault("code", ""));
    var basic = exchange.getRequestHeaders().getFirst("Authorization");
    var expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (CLIENT + ":" + java.net.URLEncoder.encode(SECRET, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
    if (code == null
        || !expected.equals(basic)
        || !Tokens.digest(form.getOrDefault("code_verifier", "")).equals(code.challenge())) {
      answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    answer(
        exchange,
        200,
        """
        {"access_token":"x","token_type":"Bearer","expires_in":60,"id_token":"%s"}
        """
            .formatted(code.token()));
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

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
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
