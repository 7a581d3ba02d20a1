package jp.musubi.platform.openid;

import com.nimbusds.jose.jwk.JWK;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
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
public class OpenId {
  private static final String WELL_KNOWN = "/.well-known/openid-configuration";

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

  OpenId(ProviderDoor door) {
    this.door = door;
  }

  /**
   * Asks a provider for its endpoints (OpenID Connect Discovery 1.0).
   *
   * @throws OpenIdFailure if it may not be called, does not answer, or calls itself otherwise
   */
  public OpenIdClient.Endpoints discover(String issuer) throws OpenIdFailure {
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
      throw new OpenIdFailure(OpenIdFailure.Why.NO_ANSWER, String.valueOf(e.getMessage()), e);
    }
    if (found == null || !issuer.equals(found.get("issuer"))) {
      throw new OpenIdFailure(
          OpenIdFailure.Why.NOT_GENUINE, "the provider calls itself otherwise than " + issuer);
    }
    var more = found.get("userinfo_endpoint");
    var endpoints =
        new OpenIdClient.Endpoints(
            parse(String.valueOf(found.get("authorization_endpoint"))),
            parse(String.valueOf(found.get("token_endpoint"))),
            parse(String.valueOf(found.get("jwks_uri"))),
            more == null ? null : parse(more.toString()));
    door.check(endpoints.authorization());
    door.check(endpoints.token());
    door.check(endpoints.keys());
    if (endpoints.userInfo() != null) {
      door.check(endpoints.userInfo());
    }
    return endpoints;
  }

  /** Where the browser is sent. */
  public URI leaving(OpenIdClient client, RoundTrip trip, String redirectUri) {
    return URI.create(request(client, trip, redirectUri).getAuthorizationRequestUri());
  }

  /**
   * Exchanges the code and checks what the provider says.
   *
   * @throws OpenIdFailure if it does not answer or its word does not hold
   */
  public OidcUser arrival(OpenIdClient client, RoundTrip trip, String redirectUri, String code)
      throws OpenIdFailure {
    var exchange =
        new OAuth2AuthorizationExchange(
            request(client, trip, redirectUri),
            OAuth2AuthorizationResponse.success(code)
                .state(trip.state())
                .redirectUri(redirectUri)
                .build());
    try {
      var authenticated =
          provider(client)
              .authenticate(
                  new OAuth2LoginAuthenticationToken(registration(client, redirectUri), exchange));
      return Objects.requireNonNull(
          (OidcUser) Objects.requireNonNull(authenticated).getPrincipal());
    } catch (OAuth2AuthenticationException e) {
      throw new OpenIdFailure(why(e), e.getError().toString(), e);
    } catch (IllegalArgumentException e) {
      // Spring's way to say that there is no token at all.
      throw new OpenIdFailure(OpenIdFailure.Why.NOT_GENUINE, String.valueOf(e.getMessage()), e);
    } catch (AuthenticationException | RestClientException e) {
      throw new OpenIdFailure(OpenIdFailure.Why.NO_ANSWER, String.valueOf(e.getMessage()), e);
    }
  }

  private static OpenIdFailure.Why why(OAuth2AuthenticationException e) {
    return switch (e.getError().getErrorCode()) {
      case "invalid_id_token",
          "invalid_nonce",
          "invalid_state_parameter",
          // Tells of another person than the ID token does (OpenID Connect Core, 5.3.2).
          "invalid_user_info_response" ->
          OpenIdFailure.Why.NOT_GENUINE;
      default -> OpenIdFailure.Why.NO_ANSWER;
    };
  }

  private OidcAuthorizationCodeAuthenticationProvider provider(OpenIdClient client) {
    var endpoints = client.endpoints();
    var guard =
        door.guard(
            Stream.of(
                    Stream.of(endpoints.token(), endpoints.keys()),
                    Stream.ofNullable(endpoints.userInfo()))
                .flatMap(each -> each)
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
    if (client.proof() instanceof OpenIdClient.Proof.Signed(var key)) {
      var said =
          new NimbusJwtClientAuthenticationParametersConverter<OAuth2AuthorizationCodeGrantRequest>(
              _ -> key);
      exchange.addParametersConverter(grant -> Objects.requireNonNull(said.convert(grant)));
    }
    var rest = new RestTemplate(door.requests());
    rest.setInterceptors(List.of(guard));
    var people = new OidcUserService();
    people.setRetrieveUserInfo(_ -> endpoints.userInfo() != null);
    var more = new DefaultOAuth2UserService();
    var asking = new RestTemplate(door.requests());
    asking.setInterceptors(List.of(guard));
    asking.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
    more.setRestOperations(asking);
    people.setOauth2UserService(more);
    var provider = new OidcAuthorizationCodeAuthenticationProvider(exchange, people);
    provider.setJwtDecoderFactory(registration -> decoder(client, registration, rest));
    return provider;
  }

  private static JwtDecoder decoder(
      OpenIdClient client, ClientRegistration registration, RestTemplate keys) {
    var decoder =
        NimbusJwtDecoder.withJwkSetUri(client.endpoints().keys().toString())
            .restOperations(keys)
            .jwsAlgorithms(taken -> {
              taken.clear();
              taken.addAll(ALGORITHMS);
            })
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            JwtValidators.createDefaultWithIssuer(client.issuer()),
            new OidcIdTokenValidator(registration)));
    return decoder;
  }

  private static ClientRegistration registration(OpenIdClient client, String redirectUri) {
    var endpoints = client.endpoints();
    return ClientRegistration.withRegistrationId("provider")
        .issuerUri(client.issuer())
        .clientId(client.clientId())
        .clientSecret(secret(client.proof()))
        .clientAuthenticationMethod(
            switch (client.proof()) {
              case OpenIdClient.Proof.Basic _ -> ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
              case OpenIdClient.Proof.Post _ -> ClientAuthenticationMethod.CLIENT_SECRET_POST;
              case OpenIdClient.Proof.Signed _ -> ClientAuthenticationMethod.PRIVATE_KEY_JWT;
            })
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .redirectUri(redirectUri)
        .scope(client.scopes())
        .authorizationUri(endpoints.authorization().toString())
        .tokenUri(endpoints.token().toString())
        .jwkSetUri(endpoints.keys().toString())
        .userInfoUri(Optional.ofNullable(endpoints.userInfo()).map(URI::toString).orElse(null))
        .userNameAttributeName("sub")
        .build();
  }

  private static @Nullable String secret(OpenIdClient.Proof proof) {
    return switch (proof) {
      case OpenIdClient.Proof.Basic(var secret) -> secret;
      case OpenIdClient.Proof.Post(var secret) -> secret;
      case OpenIdClient.Proof.Signed(JWK _) -> null;
    };
  }

  private static OAuth2AuthorizationRequest request(
      OpenIdClient client, RoundTrip trip, String redirectUri) {
    return OAuth2AuthorizationRequest.authorizationCode()
        .authorizationUri(client.endpoints().authorization().toString())
        .clientId(client.clientId())
        .redirectUri(redirectUri)
        .scopes(client.scopes())
        .state(trip.state())
        .attributes(kept -> {
          kept.put(OidcParameterNames.NONCE, trip.nonce());
          kept.put(PkceParameterNames.CODE_VERIFIER, trip.verifier());
        })
        .additionalParameters(asked -> {
          asked.put(OidcParameterNames.NONCE, Tokens.digest(trip.nonce()));
          asked.put(PkceParameterNames.CODE_CHALLENGE, Tokens.digest(trip.verifier()));
          asked.put(PkceParameterNames.CODE_CHALLENGE_METHOD, "S256");
          asked.putAll(client.asked());
        })
        .build();
  }

  private static URI parse(@Nullable String address) throws OpenIdFailure {
    try {
      return URI.create(String.valueOf(address));
    } catch (IllegalArgumentException e) {
      throw new OpenIdFailure(OpenIdFailure.Why.NOT_REACHABLE, address + " is no address", e);
    }
  }
}
