package jp.musubi.staff.sso;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import jp.musubi.organisation.Body;
import org.springframework.stereotype.Component;

/** Speaks with a provider by its protocol: what it is asked, and whether its answer holds. */
@Component
class Conversation {
  /** How far the provider's clock may be behind ours. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  private final Oidc oidc;
  private final AssertionStore assertions;
  private final OwnAddresses addresses;
  private final Clock clock;

  Conversation(Oidc oidc, AssertionStore assertions, OwnAddresses addresses, Clock clock) {
    this.oidc = oidc;
    this.assertions = assertions;
    this.addresses = addresses;
    this.clock = clock;
  }

  /** Where the browser is sent for an errand. */
  URI leaving(Body body, Provider provider, Errand errand) {
    var back = addresses.back(body, errand.kind(), errand.entrance());
    return switch (provider.protocol()) {
      case Provider.Protocol.Oidc settings -> oidc.leaving(settings, errand, back);
      case Provider.Protocol.Saml settings ->
          SamlRequest.address(settings, errand, back, addresses.entityId(body));
    };
  }

  /**
   * Who came, after everything about the answer was checked.
   *
   * @throws ProviderFailure if it does not hold
   */
  Arrival arrival(Body body, Provider provider, Errand errand, Said said) throws ProviderFailure {
    var arrival =
        switch (said) {
          case Said.Code code -> byCode(body, provider, errand, code);
          case Said.Response response -> byResponse(body, provider, errand, response);
        };
    var authenticated = arrival.authenticated();
    if (errand.again()
        && (authenticated == null || authenticated.isBefore(errand.created().minus(SKEW)))) {
      throw new ProviderFailure(Refusal.NOT_ANEW, "authenticated at " + authenticated);
    }
    return arrival;
  }

  private Arrival byCode(Body body, Provider provider, Errand errand, Said.Code said)
      throws ProviderFailure {
    if (said.error() != null) {
      // What it says is not kept: it comes from outside and is not signed.
      throw new ProviderFailure(Refusal.BROKEN_OFF, "the provider answered with an error");
    }
    if (said.issuer() != null && !said.issuer().equals(provider.protocol().issuer())) {
      throw new ProviderFailure(Refusal.NOT_GENUINE, "another provider answered");
    }
    if (!(provider.protocol() instanceof Provider.Protocol.Oidc settings)) {
      throw new ProviderFailure(Refusal.NOT_AWAITED, "an answer of another protocol");
    }
    return oidc.arrival(
        settings,
        provider.rules().claims(),
        errand,
        addresses.back(body, errand.kind(), errand.entrance()),
        said.code());
  }

  private Arrival byResponse(Body body, Provider provider, Errand errand, Said.Response said)
      throws ProviderFailure {
    if (!(provider.protocol() instanceof Provider.Protocol.Saml settings)) {
      throw new ProviderFailure(Refusal.NOT_AWAITED, "an answer of another protocol");
    }
    var now = clock.instant();
    var told =
        SamlResponse.read(
            decoded(said.response()),
            settings,
            provider.rules().claims(),
            new SamlResponse.Expected(
                SamlRequest.id(errand),
                addresses.back(body, errand.kind(), errand.entrance()),
                addresses.entityId(body),
                now));
    if (!assertions.take(settings.issuer(), told.assertion(), told.until(), now)) {
      throw new ProviderFailure(Refusal.NOT_GENUINE, "an assertion that was taken before");
    }
    return told.arrival();
  }

  private static byte[] decoded(String base64) throws ProviderFailure {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s+", ""));
    } catch (IllegalArgumentException e) {
      throw new ProviderFailure(Refusal.NOT_GENUINE, "not base64", e);
    }
  }
}
