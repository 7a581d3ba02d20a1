package jp.musubi.seal.remote;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.CertificateRevoked;
import jp.musubi.seal.ImprintAlgorithm;
import jp.musubi.seal.RevocationSource;
import jp.musubi.seal.RevocationUnavailable;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.TimestampToken;
import jp.musubi.seal.timestamp.TokenChecks;
import jp.musubi.seal.timestamp.TokenRefusal;
import jp.musubi.seal.timestamp.TokenRequest;
import jp.musubi.seal.timestamp.TokenVerdict;

/**
 * A time-stamping authority over HTTP (RFC 3161, 3.4). A token is accepted only when everything
 * about it is right (SIG-12, {@link TokenChecks}), its serial number is new, and, where somebody
 * can be asked, its certificates are not revoked.
 */
public final class HttpTimestampAuthority implements TimestampAuthority {
  /** One byte more than the checks accept, so that they are the ones to say so. */
  private static final int LARGEST_ANSWER = 64 * 1024 + 1;

  private static final int NONCE_BITS = 128;

  private final URI address;
  private final ImprintAlgorithm algorithm;
  private final Optional<String> policy;
  private final TokenChecks checks;
  private final Optional<RevocationSource> revocations;
  private final Clock clock;
  private final Egress egress;
  private final SerialMemory serials = new SerialMemory();
  private final SecureRandom random = new SecureRandom();

  /** An authority that is asked for SHA-256 and whose revocation is left to the archive phase. */
  public HttpTimestampAuthority(
      URI address,
      Collection<String> policies,
      Collection<X509Certificate> anchors,
      Clock clock,
      Duration deadline) {
    this(address, ImprintAlgorithm.SHA_256, policies, anchors, Optional.empty(), clock, deadline);
  }

  /**
   * An authority.
   *
   * @param policies dotted object identifiers of acceptable policies; empty accepts any; a single
   *     one is asked for
   * @param anchors roots that the authority's certificate must lead to
   * @param revocations asked about the authority's certificates at each token, from its cache as
   *     long as that is current
   * @param deadline for a whole exchange
   */
  public HttpTimestampAuthority(
      URI address,
      ImprintAlgorithm algorithm,
      Collection<String> policies,
      Collection<X509Certificate> anchors,
      Optional<RevocationSource> revocations,
      Clock clock,
      Duration deadline) {
    this.address = address;
    this.algorithm = algorithm;
    this.policy = policies.size() == 1 ? Optional.of(policies.iterator().next()) : Optional.empty();
    this.checks = new TokenChecks(policies, anchors);
    this.revocations = revocations;
    this.clock = clock;
    this.egress =
        new Egress(List.of(String.valueOf(address.getHost())), clock, deadline, LARGEST_ANSWER);
  }

  @Override
  public ImprintAlgorithm imprintAlgorithm() {
    return algorithm;
  }

  @Override
  public TimestampToken timestamp(byte[] imprint) {
    return switch (ask(imprint)) {
      case Outcome.Given(var verified) -> verified.token();
      case Outcome.Refused refused -> throw Outcome.failure(address, refused);
      case Outcome.Silent silent -> throw Outcome.failure(address, silent);
    };
  }

  URI address() {
    return address;
  }

  Outcome ask(byte[] imprint) {
    var request =
        new TokenRequest(
            ImprintAlgorithm.ofLength(imprint.length),
            imprint,
            new BigInteger(NONCE_BITS, random),
            policy);
    try {
      var answer =
          egress.post(
              address,
              "application/timestamp-query",
              request.encoded(),
              "application/timestamp-reply");
      return switch (checks.check(answer, request, clock.instant())) {
        case TokenVerdict.Refused why -> new Outcome.Refused(why, Optional.empty());
        case TokenVerdict.Verified verified -> checked(verified);
      };
    } catch (RemoteFailure e) {
      return new Outcome.Silent(e, e.pause());
    } catch (IOException e) {
      return new Outcome.Silent(
          new RemoteFailure(String.valueOf(e.getMessage()), e), Optional.empty());
    }
  }

  private Outcome checked(TokenVerdict.Verified verified) {
    if (!serials.isNew(verified.token().serial())) {
      return new Outcome.Refused(
          new TokenVerdict.Refused(
              TokenRefusal.SERIAL_REUSED, "serial number " + verified.token().serial()),
          Optional.empty());
    }
    return revocations
        .flatMap(source -> revocation(source, verified.token().path()))
        .<Outcome>map(refused -> refused)
        .orElseGet(() -> new Outcome.Given(verified));
  }

  private static Optional<Outcome.Refused> revocation(
      RevocationSource source, List<X509Certificate> path) {
    try {
      for (var i = 0; i + 1 < path.size(); i++) {
        // What is fresh after the timestamp is fetched when the document is archived (SIG-9).
        source.revocationOf(path.get(i), path.get(i + 1), Instant.EPOCH);
      }
      return Optional.empty();
    } catch (CertificateRevoked e) {
      return Optional.of(
          new Outcome.Refused(
              new TokenVerdict.Refused(TokenRefusal.REVOKED, String.valueOf(e.getMessage())),
              Optional.of(e)));
    } catch (RevocationUnavailable e) {
      return Optional.of(
          new Outcome.Refused(
              new TokenVerdict.Refused(
                  TokenRefusal.REVOCATION_UNKNOWN, String.valueOf(e.getMessage())),
              Optional.of(e)));
    }
  }
}
