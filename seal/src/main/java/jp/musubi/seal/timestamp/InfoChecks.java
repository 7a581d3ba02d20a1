package jp.musubi.seal.timestamp;

import static jp.musubi.seal.timestamp.TokenRefusal.ACCURACY;
import static jp.musubi.seal.timestamp.TokenRefusal.CRITICAL_EXTENSION;
import static jp.musubi.seal.timestamp.TokenRefusal.IMPRINT;
import static jp.musubi.seal.timestamp.TokenRefusal.IMPRINT_ALGORITHM;
import static jp.musubi.seal.timestamp.TokenRefusal.INFO_VERSION;
import static jp.musubi.seal.timestamp.TokenRefusal.MALFORMED_INFO;
import static jp.musubi.seal.timestamp.TokenRefusal.NONCE;
import static jp.musubi.seal.timestamp.TokenRefusal.NO_NONCE;
import static jp.musubi.seal.timestamp.TokenRefusal.POLICY;
import static jp.musubi.seal.timestamp.TokenRefusal.SERIAL;
import static jp.musubi.seal.timestamp.TokenRefusal.TIME_FORM;
import static jp.musubi.seal.timestamp.TokenRefusal.TIME_FUTURE;
import static jp.musubi.seal.timestamp.TokenRefusal.TIME_PAST;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.tsp.Accuracy;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/**
 * What a token states, against what was asked (RFC 3161, 2.4.2).
 *
 * @param policies dotted identifiers of acceptable policies; empty accepts any
 */
record InfoChecks(Set<String> policies) {
  /** Beyond this the authority's clock, or ours, is wrong (SIG-12). */
  static final Duration LARGEST_SKEW = Duration.ofSeconds(60);

  private static final int LONGEST_SERIAL = 160;
  private static final BigInteger COARSEST = BigInteger.valueOf(60);

  InfoChecks {
    policies = Set.copyOf(policies);
  }

  /** When the token says it was made; empty when it does not say so in UTC (RFC 3161, 2.4.2). */
  static Optional<Instant> time(TSTInfo info) {
    ASN1GeneralizedTime time = info.getGenTime();
    try {
      return time.getTimeString().endsWith("Z")
          ? Optional.of(time.getDate().toInstant())
          : Optional.empty();
    } catch (ParseException e) {
      // "20261345…Z" has the form of a time and is none.
      return Optional.empty();
    }
  }

  Optional<TokenVerdict.Refused> check(TSTInfo info, TokenRequest asked, Instant now) {
    return Stream.<Optional<TokenVerdict.Refused>>of(
            version(info), policy(info), imprint(info, asked), serial(info), nonce(info, asked))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> time(info, now))
        .or(() -> accuracy(info.getAccuracy()))
        .or(() -> extensions(info.getExtensions()));
  }

  private static Optional<TokenVerdict.Refused> version(TSTInfo info) {
    return info.getVersion().hasValue(1)
        ? Optional.empty()
        : refused(INFO_VERSION, "version %s".formatted(info.getVersion()));
  }

  private Optional<TokenVerdict.Refused> policy(TSTInfo info) {
    var policy = info.getPolicy().getId();
    return policies.isEmpty() || policies.contains(policy)
        ? Optional.empty()
        : refused(POLICY, "policy %s (expected: one of %s)".formatted(policy, policies));
  }

  private static Optional<TokenVerdict.Refused> imprint(TSTInfo info, TokenRequest asked) {
    var imprint = info.getMessageImprint();
    var algorithm = imprint.getHashAlgorithm().getAlgorithm();
    if (!algorithm.equals(asked.identifier())) {
      return refused(
          IMPRINT_ALGORITHM,
          "imprint by %s (expected: %s)".formatted(algorithm, asked.identifier()));
    }
    return MessageDigest.isEqual(imprint.getHashedMessage(), asked.imprint())
        ? Optional.empty()
        : refused(IMPRINT, "the imprint of other bytes");
  }

  private static Optional<TokenVerdict.Refused> serial(TSTInfo info) {
    var serial = info.getSerialNumber().getValue();
    return serial.signum() > 0 && serial.bitLength() <= LONGEST_SERIAL
        ? Optional.empty()
        : refused(SERIAL, "serial number %s".formatted(serial));
  }

  private static Optional<TokenVerdict.Refused> nonce(TSTInfo info, TokenRequest asked) {
    ASN1Integer nonce = info.getNonce();
    if (nonce == null) {
      return refused(NO_NONCE, "no nonce");
    }
    return nonce.getValue().equals(asked.nonce())
        ? Optional.empty()
        : refused(NONCE, "another nonce than was sent");
  }

  private static Optional<TokenVerdict.Refused> time(TSTInfo info, Instant now) {
    var time = time(info);
    if (time.isEmpty()) {
      return refused(TIME_FORM, "time '%s'".formatted(info.getGenTime().getTimeString()));
    }
    var skew = Duration.between(now, time.get());
    if (skew.abs().compareTo(LARGEST_SKEW) <= 0) {
      return Optional.empty();
    }
    return refused(
        skew.isNegative() ? TIME_PAST : TIME_FUTURE,
        "time differs from ours by %s (at most: %s)".formatted(skew, LARGEST_SKEW));
  }

  private static Optional<TokenVerdict.Refused> accuracy(@Nullable Accuracy accuracy) {
    if (accuracy == null) {
      return Optional.empty();
    }
    var seconds = accuracy.getSeconds();
    if (seconds != null && seconds.getValue().signum() < 0) {
      return refused(MALFORMED_INFO, "accuracy of %s seconds".formatted(seconds));
    }
    return seconds == null || seconds.getValue().compareTo(COARSEST) < 0
        ? Optional.empty()
        : refused(ACCURACY, "accuracy of %s seconds (less than: %s)".formatted(seconds, COARSEST));
  }

  private static Optional<TokenVerdict.Refused> extensions(@Nullable Extensions extensions) {
    return extensions == null || extensions.getCriticalExtensionOIDs().length == 0
        ? Optional.empty()
        : refused(
            CRITICAL_EXTENSION, "critical extension " + extensions.getCriticalExtensionOIDs()[0]);
  }

  private static Optional<TokenVerdict.Refused> refused(TokenRefusal reason, String detail) {
    return Optional.of(new TokenVerdict.Refused(reason, detail));
  }
}
