package jp.musubi.staff.sso;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/**
 * OpenID Connect: authorization code, PKCE, nonce and state, as Spring Security checks them; only
 * where the requests go to is ours.
 */
@Component
class Oidc {
  private static final String WELL_KNOWN = "/.well-known/openid-configuration";
  private static final Set<String> SCOPES = Set.of("openid", "profile", "email");

  /** Signatures that are taken; neither {@code none} nor one with a shared key (RFC 8725, 3.1). */
  private static final Set<SignatureAlgorithm> ALGORITHMS =
      Set.of(
          SignatureAlgorithm.RS256,
          SignatureAlgorithm.PS256,
          SignatureAlgorithm.ES256,
          SignatureAlgorithm.RS384,
          SignatureAlgorithm.PS384,
          SignatureAlgorithm.ES384,
          SignatureAlgorithm.RS512,
          SignatureAlgorithm.PS512,
          SignatureAlgorithm.ES512);

  private final ProviderDoor door;

  Oidc(ProviderDoor door) {
    this.door = door;
  }

  /** Where a provider says its endpoints lie. */
  record Endpoints(URI authorization, URI token, URI keys) {}

  /**
   * Asks a provider for its endpoints (OpenID Connect Discovery 1.0).
   *
   * @throws ProviderFailure if it may not be called, does not answer, or calls itself otherwise
   */
  Endpoints discover(String issuer) throws ProviderFailure {
    var address = parse(issuer.replaceAll("/+$", "") + WELL_KNOWN);
    door.check(address);
    Map<String, Object> found;
    try {
      found =
          RestClient.builder()
              .requestFactory(door.requests())
              .requestInterceptor(door.guard(Set.of(address.getHost())))
              .build()
              .get()
              .uri(address)
              .retrieve()
              .body(new ParameterizedTypeReference<>() {});
    } catch (RestClientException e) {
      throw new ProviderFailure(Refusal.NO_ANSWER, String.valueOf(e.getMessage()), e);
    }
    if (found == null || !issuer.equals(found.get("issuer"))) {
      throw new ProviderFailure(
          Refusal.NOT_GENUINE, "the provider calls itself otherwise than " + issuer);
    }
    var endpoints =
        new Endpoints(
            parse(String.valueOf(found.get("authorization_endpoint"))),
            parse(String.valueOf(found.get("token_endpoint"))),
            parse(String.valueOf(found.get("jwks_uri"))));
    door.check(endpoints.authorization());
    door.check(endpoints.token());
    door.check(endpoints.keys());
    return endpoints;
  }

  /** Where the browser is sent for an errand. */
  URI leaving(Provider.Protocol.Oidc oidc, Errand errand, String redirectUri) {
    return URI.create(request(oidc, errand, redirectUri).getAuthorizationRequestUri());
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
    var exchange =
        new OAuth2AuthorizationExchange(
            request(oidc, errand, redirectUri),
            OAuth2AuthorizationResponse.success(code)
                .state(errand.state())
                .redirectUri(redirectUri)
                .build());
    try {
      var authenticated =
          provider(oidc)
              .authenticate(
                  new OAuth2LoginAuthenticationToken(registration(oidc, redirectUri), exchange));
      var user = (OidcUser) Objects.requireNonNull(authenticated).getPrincipal();
      return read(oidc, claims, Objects.requireNonNull(user).getIdToken());
    } catch (OAuth2AuthenticationException e) {
      throw new ProviderFailure(refusal(e), e.getError().toString(), e);
    } catch (IllegalArgumentException e) {
      // Spring's way to say that there is no token at all.
      throw new ProviderFailure(Refusal.NOT_GENUINE, String.valueOf(e.getMessage()), e);
    } catch (AuthenticationException | RestClientException e) {
      throw new ProviderFailure(Refusal.NO_ANSWER, String.valueOf(e.getMessage()), e);
    }
  }

  private static Refusal refusal(OAuth2AuthenticationException e) {
    return switch (e.getError().getErrorCode()) {
      case "invalid_id_token", "invalid_nonce", "invalid_state_parameter" -> Refusal.NOT_GENUINE;
      default -> Refusal.NO_ANSWER;
    };
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

  private OidcAuthorizationCodeAuthenticationProvider provider(Provider.Protocol.Oidc oidc) {
    var guard =
        door.guard(
            Stream.of(oidc.token(), oidc.keys())
                .map(URI::getHost)
                .collect(Collectors.toUnmodifiableSet()));
    var exchange = new RestClientAuthorizationCodeTokenResponseClient();
    exchange.setRestClient(
        RestClient.builder()
            .requestFactory(door.requests())
            .requestInterceptor(guard)
            .configureMessageConverters(converters ->
                converters
                    .addCustomConverter(new FormHttpMessageConverter())
                    .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    var provider = new OidcAuthorizationCodeAuthenticationProvider(exchange, new OidcUserService());
    var keys = new RestTemplate(door.requests());
    keys.setInterceptors(List.of(guard));
    provider.setJwtDecoderFactory(registration -> decoder(oidc, registration, keys));
    return provider;
  }

  private static JwtDecoder decoder(
      Provider.Protocol.Oidc oidc, ClientRegistration registration, RestTemplate keys) {
    var decoder =
        NimbusJwtDecoder.withJwkSetUri(oidc.keys().toString())
            .restOperations(keys)
            .jwsAlgorithms(taken -> {
              taken.clear();
              taken.addAll(ALGORITHMS);
            })
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            JwtValidators.createDefaultWithIssuer(oidc.issuer()),
            new OidcIdTokenValidator(registration)));
    return decoder;
  }

  private static ClientRegistration registration(Provider.Protocol.Oidc oidc, String redirectUri) {
    return ClientRegistration.withRegistrationId("body")
        .issuerUri(oidc.issuer())
        .clientId(oidc.clientId())
        .clientSecret(oidc.secret().value())
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .redirectUri(redirectUri)
        .scope(SCOPES)
        .authorizationUri(oidc.authorization().toString())
        .tokenUri(oidc.token().toString())
        .jwkSetUri(oidc.keys().toString())
        .userNameAttributeName("sub")
        .build();
  }

  private static OAuth2AuthorizationRequest request(
      Provider.Protocol.Oidc oidc, Errand errand, String redirectUri) {
    return OAuth2AuthorizationRequest.authorizationCode()
        .authorizationUri(oidc.authorization().toString())
        .clientId(oidc.clientId())
        .redirectUri(redirectUri)
        .scopes(SCOPES)
        .state(errand.state())
        .attributes(kept -> {
          kept.put(OidcParameterNames.NONCE, errand.nonce());
          kept.put(PkceParameterNames.CODE_VERIFIER, errand.verifier());
        })
        .additionalParameters(asked -> {
          asked.put(OidcParameterNames.NONCE, Tokens.digest(errand.nonce()));
          asked.put(PkceParameterNames.CODE_CHALLENGE, Tokens.digest(errand.verifier()));
          asked.put(PkceParameterNames.CODE_CHALLENGE_METHOD, "S256");
          if (errand.again()) {
            asked.put("prompt", "login");
            asked.put("max_age", "0");
          }
        })
        .build();
  }

  private static URI parse(@Nullable String address) throws ProviderFailure {
    try {
      return URI.create(String.valueOf(address));
    } catch (IllegalArgumentException e) {
      throw new ProviderFailure(Refusal.NOT_REACHABLE, address + " is no address", e);
    }
  }
}
