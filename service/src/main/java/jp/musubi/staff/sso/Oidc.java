package jp.musubi.staff.sso;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import jp.musubi.platform.openid.OpenId;
import jp.musubi.platform.openid.OpenIdClient;
import jp.musubi.platform.openid.OpenIdFailure;
import jp.musubi.platform.openid.RoundTrip;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.stereotype.Component;

/** OpenID Connect with a body's own provider: only the ID token is read. */
@Component
class Oidc {
  private static final Set<String> SCOPES = Set.of("openid", "profile", "email");

  private final OpenId openId;

  Oidc(OpenId openId) {
    this.openId = openId;
  }

  /**
   * Asks a provider for its endpoints.
   *
   * @throws ProviderFailure if it may not be called, does not answer, or calls itself otherwise
   */
  OpenIdClient.Endpoints discover(String issuer) throws ProviderFailure {
    try {
      return openId.discover(issuer);
    } catch (OpenIdFailure e) {
      throw failure(e);
    }
  }

  /** Where the browser is sent for an errand. */
  URI leaving(Provider.Protocol.Oidc oidc, Errand errand, String redirectUri) {
    return openId.leaving(client(oidc, errand), trip(errand), redirectUri);
  }

  /**
   * Exchanges the code and checks what the provider says.
   *
   * @throws ProviderFailure if it does not answer or its word does not hold
   */
  Arrival arrival(
      Provider.Protocol.Oidc oidc,
      Provider.Claims claims,
      Errand errand,
      String redirectUri,
      String code)
      throws ProviderFailure {
    try {
      var user = openId.arrival(client(oidc, errand), trip(errand), redirectUri, code);
      return read(oidc, claims, user.getIdToken());
    } catch (OpenIdFailure e) {
      throw failure(e);
    }
  }

  private static OpenIdClient client(Provider.Protocol.Oidc oidc, Errand errand) {
    return new OpenIdClient(
        oidc.issuer(),
        oidc.clientId(),
        new OpenIdClient.Proof.Basic(oidc.secret().value()),
        new OpenIdClient.Endpoints(oidc.authorization(), oidc.token(), oidc.keys(), null),
        SCOPES,
        errand.again() ? Map.of("prompt", "login", "max_age", "0") : Map.of());
  }

  private static RoundTrip trip(Errand errand) {
    return new RoundTrip(errand.state(), errand.nonce(), errand.verifier());
  }

  private static ProviderFailure failure(OpenIdFailure e) {
    return new ProviderFailure(
        switch (e.why()) {
          case NOT_REACHABLE -> Refusal.NOT_REACHABLE;
          case NO_ANSWER -> Refusal.NO_ANSWER;
          case NOT_GENUINE -> Refusal.NOT_GENUINE;
        },
        String.valueOf(e.getMessage()),
        e);
  }

  private static Arrival read(
      Provider.Protocol.Oidc oidc, Provider.Claims claims, OidcIdToken token) {
    var methods = token.getAuthenticationMethods();
    return new Arrival(
        Provider.Kind.OIDC,
        oidc.issuer(),
        Objects.requireNonNull(token.getSubject()),
        text(token, claims.login()),
        text(token, claims.name()),
        text(token, claims.mail()),
        Boolean.TRUE.equals(token.getClaims().get("email_verified")),
        texts(token, claims.groups()),
        Stream.concat(
                Stream.ofNullable(token.getAuthenticationContextClass()),
                methods == null ? Stream.empty() : methods.stream())
            .toList(),
        token.getAuthenticatedAt());
  }

  private static String text(OidcIdToken token, String claim) {
    return token.getClaims().get(claim) instanceof String said ? said.strip() : "";
  }

  /** One text or a list of them; of anything else, and of a claim that is not there, none. */
  private static List<String> texts(OidcIdToken token, String claim) {
    var said = claim.isEmpty() ? null : token.getClaims().get(claim);
    var all =
        said instanceof Collection<?> several ? several : said == null ? List.of() : List.of(said);
    return all.stream()
        .filter(String.class::isInstance)
        .map(each -> ((String) each).strip())
        .limit(Arrival.MOST_GROUPS)
        .toList();
  }
}
