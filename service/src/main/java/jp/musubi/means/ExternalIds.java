package jp.musubi.means;

import java.io.Serializable;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jp.musubi.contract.ExternalProviders;
import jp.musubi.contract.Identification.Level;
import jp.musubi.platform.openid.OpenId;
import jp.musubi.platform.openid.OpenIdClient;
import jp.musubi.platform.openid.OpenIdFailure;
import jp.musubi.platform.openid.RoundTrip;
import jp.musubi.platform.openid.Tokens;
import jp.musubi.platform.web.Entrances;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/**
 * 外部のID. The way to the operator's providers and back. Never inside a transaction: a provider may
 * take ten seconds for each answer.
 */
@Service
@EnableConfigurationProperties(ExternalIdSettings.class)
public class ExternalIds implements ExternalProviders {
  /** How long somebody may take there: an app has to be found, a card to be held to a telephone. */
  static final Duration VALID = Duration.ofMinutes(10);

  private final List<ExternalProvider> providers;
  private final OpenId openId;
  private final Entrances entrances;
  private final Clock clock;

  ExternalIds(ExternalIdSettings settings, OpenId openId, Entrances entrances, Clock clock) {
    this.providers =
        settings.providers().entrySet().stream()
            .map(each -> ExternalIdReading.read(each.getKey(), each.getValue()))
            .sorted(Comparator.comparing(ExternalProvider::key))
            .toList();
    this.openId = openId;
    this.entrances = entrances;
    this.clock = clock;
  }

  /**
   * Somebody who was sent to a provider and is awaited back. Waits in their session: the browser
   * that comes back has to be the one that left.
   *
   * @param provider key
   * @param endpoints as the provider told them when they left
   */
  public record Away(
      String provider,
      String state,
      String nonce,
      String verifier,
      OpenIdClient.Endpoints endpoints,
      Instant since)
      implements Serializable {
    private RoundTrip trip() {
      return new RoundTrip(state, nonce, verifier);
    }
  }

  /** What came of asking a provider where to go. */
  public sealed interface Departure {
    /** There. */
    record Leaves(Away away, URI address) implements Departure {}

    /** Nowhere: it does not answer. */
    record Stays(String why) implements Departure {}
  }

  /**
   * What came back by way of the browser; nothing of it is checked yet.
   *
   * @param provider key, from the address that was come back to
   * @param code empty where there is an error
   * @param error whether the provider says that nothing came of it
   * @param issuer who says that it answered (RFC 9207); empty if it does not say so
   */
  public record Said(String provider, String state, String code, boolean error, String issuer) {}

  /** What came of the way there and back. */
  public sealed interface Return {
    /** Somebody signed in. */
    record Came(ExternalProvider.Person person) implements Return {}

    /** Nobody did. */
    record Refused(Reason reason, String why) implements Return {}
  }

  /** Why nothing came of it, or why who came is not let in. */
  public enum Reason {
    /** Not begun in this browser, begun long ago, or answered already. */
    NOT_AWAITED,
    /** The person, or the provider, broke it off. */
    BROKEN_OFF,
    /** The provider does not answer. */
    NO_ANSWER,
    /** What it says does not hold: signature, recipient, time, nonce. */
    NOT_GENUINE,
    /** The ID is not of the kind that counts here. */
    NOT_ENOUGH,
    /** It is not the person who was registered. */
    SOMEBODY_ELSE,
    /** Something else was registered for the address meanwhile, in another window. */
    OVERTAKEN
  }

  @Override
  public boolean reach(Level least) {
    return providers.stream().anyMatch(each -> each.level().reaches(least));
  }

  /** Those that count for this level or more. */
  public List<ExternalProvider> reaching(Level least) {
    return providers.stream().filter(each -> each.level().reaches(least)).toList();
  }

  /** The one with this key, if the operator still has it. */
  public Optional<ExternalProvider> find(String key) {
    return providers.stream().filter(each -> each.key().equals(key)).findFirst();
  }

  /** Where providers send people back to: one address each, so that no answer fits another. */
  private String back(ExternalProvider provider) {
    return entrances.internet().at("/s/id/" + provider.key());
  }

  /**
   * Somebody is to be sent there.
   *
   * @param where what the state begins with, so that it leads back to where they were
   */
  public Departure leave(ExternalProvider provider, String where) {
    try {
      var endpoints = openId.discover(provider.issuer());
      var trip = RoundTrip.begin(where + Tokens.fresh());
      return new Departure.Leaves(
          new Away(
              provider.key(),
              trip.state(),
              trip.nonce(),
              trip.verifier(),
              endpoints,
              clock.instant()),
          openId.leaving(client(provider, endpoints), trip, back(provider)));
    } catch (OpenIdFailure e) {
      return new Departure.Stays(why(e));
    }
  }

  /** Somebody came back; {@code away} is over by that, however it ends. */
  public Return arrive(Optional<Away> away, Said said) {
    var awaited =
        away.filter(each -> each.provider().equals(said.provider()))
            .filter(each -> each.state().equals(said.state()))
            .filter(each -> clock.instant().isBefore(each.since().plus(VALID)));
    var provider = awaited.flatMap(each -> find(each.provider()));
    if (awaited.isEmpty() || provider.isEmpty()) {
      return new Return.Refused(Reason.NOT_AWAITED, "not awaited");
    }
    if (said.error()) {
      // What it says is not kept: it comes from outside and is not signed.
      return new Return.Refused(Reason.BROKEN_OFF, "the provider answered with an error");
    }
    if (!said.issuer().isEmpty() && !said.issuer().equals(provider.get().issuer())) {
      return new Return.Refused(Reason.NOT_GENUINE, "another provider answered");
    }
    return arrive(provider.get(), awaited.get(), said.code());
  }

  private Return arrive(ExternalProvider provider, Away away, String code) {
    try {
      var user =
          openId.arrival(client(provider, away.endpoints()), away.trip(), back(provider), code);
      return switch (provider.read(
          user.getClaims(), Optional.ofNullable(user.getAuthenticatedAt()))) {
        case ExternalProvider.Reading.Came(var person) -> new Return.Came(person);
        case ExternalProvider.Reading.Nobody _ ->
            new Return.Refused(Reason.NOT_GENUINE, "nothing tells who it is");
        case ExternalProvider.Reading.NotEnough(var claim) ->
            new Return.Refused(Reason.NOT_ENOUGH, "not of the kind that counts: " + claim);
      };
    } catch (OpenIdFailure e) {
      return new Return.Refused(
          e.why() == OpenIdFailure.Why.NOT_GENUINE ? Reason.NOT_GENUINE : Reason.NO_ANSWER, why(e));
    }
  }

  private static OpenIdClient client(ExternalProvider provider, OpenIdClient.Endpoints endpoints) {
    return new OpenIdClient(
        provider.issuer(),
        provider.clientId(),
        provider.proof(),
        endpoints,
        provider.scopes(),
        provider.asked());
  }

  private static String why(OpenIdFailure e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
