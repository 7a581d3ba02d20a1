package jp.musubi.seal.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.seal.ImprintAlgorithm;
import jp.musubi.testkit.Fault;
import jp.musubi.testkit.Forgery;
import jp.musubi.testkit.SettableClock;
import jp.musubi.testkit.TestPki;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("タイムスタンプの検査")
class TokenChecksTest {
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final String POLICY = "2.999.25.1";
  private static final BigInteger NONCE = BigInteger.ONE.shiftLeft(100);

  /** Kept from run to run: what is made anew for each of a thousand planted faults is slow. */
  private static final Path HIERARCHY = Path.of("target", "token-checks");

  private static final SettableClock CLOCK = new SettableClock(NOW);

  private final TestPki pki = Shared.PKI;
  private final TokenChecks checks = new TokenChecks(List.of(POLICY), pki.trustAnchors());

  private static final class Shared {
    static final TestPki PKI = TestPki.open(HIERARCHY, URI.create("http://127.0.0.1:1"), CLOCK);
  }

  @AfterEach
  void setTheClockBack() {
    CLOCK.set(NOW);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("正しいタイムスタンプを、どの要約値の種類でも受け入れる")
  void acceptsARightToken(ImprintAlgorithm algorithm) throws IOException {
    var request = request(algorithm);

    var verdict = checks.check(answer(request, Optional.empty()), request, NOW);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            TokenVerdict.Verified.class,
            verified -> {
              assertThat(verified.token().time()).isEqualTo(NOW);
              assertThat(verified.token().serial()).isPositive();
              assertThat(verified.token().der()).isNotEmpty();
              assertThat(verified.token().path())
                  .isEqualTo(pki.timestamp().path())
                  .endsWith(pki.root());
              assertThat(verified.concerns()).isEmpty();
            });
  }

  /** Every forgery with the word that it is to be refused with. */
  static TokenRefusal expected(Forgery forgery) {
    return switch (forgery) {
      case EMPTY -> TokenRefusal.EMPTY;
      case HUGE -> TokenRefusal.TOO_LARGE;
      case TRAILING_BYTE -> TokenRefusal.TRAILING_DATA;
      case BOTTOMLESS -> TokenRefusal.NOT_DER;
      case OTHER_STRUCTURE, THIRD_ELEMENT -> TokenRefusal.NOT_A_RESPONSE;
      case WAITING -> TokenRefusal.WAITING;
      case REVOCATION_WARNING -> TokenRefusal.REVOCATION_WARNING;
      case REVOCATION_NOTIFICATION -> TokenRefusal.REVOCATION_NOTIFICATION;
      case UNKNOWN_STATUS, NEGATIVE_STATUS -> TokenRefusal.UNKNOWN_STATUS;
      case NO_TOKEN -> TokenRefusal.NO_TOKEN;
      case TOKEN_DESPITE_REJECTION -> TokenRefusal.TOKEN_DESPITE_REFUSAL;
      case PLAIN_DATA, BROKEN_SIGNED_DATA -> TokenRefusal.NOT_SIGNED_DATA;
      case OTHER_CONTENT_TYPE -> TokenRefusal.NOT_A_TIMESTAMP;
      case DETACHED -> TokenRefusal.NO_CONTENT;
      case NOT_AN_INFO,
          IMPOSSIBLE_TIME,
          TWO_NONCES,
          OUT_OF_ORDER,
          NEGATIVE_ACCURACY,
          MANY_MILLISECONDS ->
          TokenRefusal.MALFORMED_INFO;
      case TRAILING_CONTENT -> TokenRefusal.TRAILING_CONTENT;
      case INFO_VERSION_2 -> TokenRefusal.INFO_VERSION;
      case IMPRINT_BY_SHA1 -> TokenRefusal.IMPRINT_ALGORITHM;
      case HALF_IMPRINT -> TokenRefusal.IMPRINT;
      case ZERO_SERIAL, NEGATIVE_SERIAL, LONG_SERIAL -> TokenRefusal.SERIAL;
      case NO_NONCE -> TokenRefusal.NO_NONCE;
      case FUTURE_TIME -> TokenRefusal.TIME_FUTURE;
      case LOCAL_TIME -> TokenRefusal.TIME_FORM;
      case COARSE -> TokenRefusal.ACCURACY;
      case CRITICAL_EXTENSION -> TokenRefusal.CRITICAL_EXTENSION;
      case OTHER_NAME -> TokenRefusal.AUTHORITY_NAME;
      case NO_SIGNER -> TokenRefusal.NO_SIGNER;
      case TWO_SIGNERS -> TokenRefusal.SEVERAL_SIGNERS;
      case OTHER_CERTIFICATES -> TokenRefusal.NO_CERTIFICATE;
      case NO_PURPOSE, OTHER_PURPOSE -> TokenRefusal.NO_PURPOSE;
      case PURPOSE_NOT_CRITICAL -> TokenRefusal.PURPOSE_NOT_CRITICAL;
      case PURPOSE_NOT_SOLE -> TokenRefusal.PURPOSE_NOT_SOLE;
      case KEY_USAGE -> TokenRefusal.KEY_USAGE;
      case CERTIFICATION_AUTHORITY -> TokenRefusal.CERTIFICATION_AUTHORITY;
      case WEAK_KEY -> TokenRefusal.WEAK_KEY;
      case EXPIRED_CERTIFICATE -> TokenRefusal.CERTIFICATE_EXPIRED;
      case FUTURE_CERTIFICATE -> TokenRefusal.CERTIFICATE_NOT_YET_VALID;
      case OTHER_ROOT, NO_INTERMEDIATE -> TokenRefusal.NO_PATH;
      case SHA1_SIGNATURE -> TokenRefusal.WEAK_ALGORITHM;
      case NO_SIGNED_ATTRIBUTES -> TokenRefusal.NO_SIGNED_ATTRIBUTES;
      case CONTENT_TYPE_DATA, TWO_CONTENT_TYPES -> TokenRefusal.CONTENT_TYPE_ATTRIBUTE;
      case NO_MESSAGE_DIGEST -> TokenRefusal.DIGEST_ATTRIBUTE;
      case OTHER_MESSAGE_DIGEST, CHANGED_CONTENT -> TokenRefusal.CONTENT_CHANGED;
      case NO_CERTIFICATE_ID -> TokenRefusal.NO_CERTIFICATE_ID;
      case TWO_CERTIFICATE_IDS, BROKEN_CERTIFICATE_ID -> TokenRefusal.CERTIFICATE_ID_FORM;
      case CERTIFICATE_ID_BY_MD5 -> TokenRefusal.CERTIFICATE_ID_ALGORITHM;
      case OTHER_CERTIFICATE_ID, OTHER_OLD_CERTIFICATE_ID -> TokenRefusal.CERTIFICATE_ID;
      case OTHER_ISSUER_SERIAL, OTHER_ISSUER_NAME -> TokenRefusal.CERTIFICATE_ID_ISSUER;
      case BROKEN_SIGNATURE, OTHER_KEY -> TokenRefusal.SIGNATURE;
    };
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("偽のタイムスタンプを、それぞれの理由で断る")
  void refusesEveryForgery(Forgery forgery) throws IOException {
    var request = request(ImprintAlgorithm.SHA_256);

    assertRefused(
        checks.check(answer(request, Optional.of(new Fault.Forged(forgery))), request, NOW),
        expected(forgery));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        new Arguments(new Fault.WrongNonce(), TokenRefusal.NONCE),
        new Arguments(new Fault.WrongImprint(), TokenRefusal.IMPRINT),
        new Arguments(new Fault.WrongPolicy(), TokenRefusal.POLICY),
        new Arguments(new Fault.StaleTime(Duration.ofSeconds(61)), TokenRefusal.TIME_PAST),
        new Arguments(new Fault.NoCertificate(), TokenRefusal.NO_CERTIFICATE),
        new Arguments(
            new Fault.Rejection(PKIFailureInfo.timeNotAvailable, "時計が合っていません"),
            TokenRefusal.REJECTED));
  }

  record Arguments(Fault.OfTsa fault, TokenRefusal reason) {}

  @ParameterizedTest
  @MethodSource("faults")
  @DisplayName("尋ねたことと違う答えを断る")
  void refusesWhatWasNotAskedFor(Arguments wrong) throws IOException {
    var request = request(ImprintAlgorithm.SHA_256);

    assertRefused(
        checks.check(answer(request, Optional.of(wrong.fault())), request, NOW), wrong.reason());
  }

  @Test
  @DisplayName("断りの理由に、時刻認証局の言葉を添える")
  void tellsTheAuthoritysWords() throws IOException {
    var request = request(ImprintAlgorithm.SHA_256);
    var fault = new Fault.Rejection(PKIFailureInfo.timeNotAvailable, "時計が合っていません");

    assertThat(
            ((TokenVerdict.Refused) checks.check(answer(request, Optional.of(fault)), request, NOW))
                .detail())
        .contains("status 2", "時計が合っていません", "failure bits");
  }

  @Test
  @DisplayName("途中で切れた答えや、ASN.1でない答えを断る")
  void refusesWhatIsNoDer() throws IOException {
    var request = request(ImprintAlgorithm.SHA_256);
    var right = answer(request, Optional.empty());

    assertRefused(
        checks.check("<html>".getBytes(StandardCharsets.UTF_8), request, NOW),
        TokenRefusal.NOT_DER);
    for (var length : new int[] {1, 2, 3, 40, right.length / 2, right.length - 1}) {
      assertRefused(checks.check(Arrays.copyOf(right, length), request, NOW), TokenRefusal.NOT_DER);
    }
  }

  @Test
  @DisplayName("六十秒までの時計の違いは受け入れ、五秒を超えると知らせる")
  void acceptsAMinuteAndAlarmsFromFiveSeconds() throws IOException {
    assertThat(concerns(NOW.plusSeconds(5))).isEmpty();
    assertThat(concerns(NOW.minusSeconds(5))).isEmpty();
    assertThat(concerns(NOW.plusMillis(5_001)))
        .containsExactly(new TokenConcern.ClockDrift(Duration.ofMillis(-5_001)));
    assertThat(concerns(NOW.minusSeconds(60)))
        .containsExactly(new TokenConcern.ClockDrift(Duration.ofSeconds(60)));

    var request = request(ImprintAlgorithm.SHA_256);
    var answer = answer(request, Optional.empty());
    assertRefused(checks.check(answer, request, NOW.plusMillis(60_001)), TokenRefusal.TIME_PAST);
    assertRefused(checks.check(answer, request, NOW.minusMillis(60_001)), TokenRefusal.TIME_FUTURE);
  }

  @Test
  @DisplayName("証明書の残りが百二十か月に満たないと知らせる（S-06）")
  void alarmsBelowTenYears() throws IOException {
    var request = request(ImprintAlgorithm.SHA_256);
    var end = pki.timestamp().certificate().getNotAfter().toInstant();
    var lastMoment = end.atOffset(ZoneOffset.UTC).minusMonths(120).toInstant();

    CLOCK.set(lastMoment);
    assertThat(concerns(checks, pki, request, lastMoment)).isEmpty();

    var tooLate = lastMoment.plusSeconds(1);
    CLOCK.set(tooLate);
    assertThat(concerns(checks, pki, request, tooLate))
        .containsExactly(new TokenConcern.ShortLife(end));
  }

  @Test
  @DisplayName("方針を問わない設定では、どの方針も受け入れる")
  void acceptsAnyPolicyWhenNoneIsNamed() throws IOException {
    var any = new TokenChecks(List.of(), pki.trustAnchors());
    var request = new TokenRequest(ImprintAlgorithm.SHA_256, new byte[32], NONCE, Optional.empty());

    assertThat(any.check(answer(request, Optional.of(new Fault.WrongPolicy())), request, NOW))
        .isInstanceOf(TokenVerdict.Verified.class);
  }

  @Test
  @DisplayName("憶えた経路でも、期限の切れた証明書は断る")
  void forgetsAPathThatHasEnded() throws IOException {
    var request = request(ImprintAlgorithm.SHA_256);
    assertThat(
            checks.check(
                pki.timestamp(request.encoded(), Optional.empty()), request, CLOCK.instant()))
        .isInstanceOf(TokenVerdict.Verified.class);

    CLOCK.set(pki.timestamp().certificate().getNotAfter().toInstant().plusSeconds(1));

    assertRefused(
        checks.check(pki.timestamp(request.encoded(), Optional.empty()), request, CLOCK.instant()),
        TokenRefusal.CERTIFICATE_EXPIRED);
  }

  @Test
  @DisplayName("要約値の長さが合わない依頼は作れない")
  void asksForNothingButDigests() {
    assertThat(
            catchThrowable(() ->
                new TokenRequest(ImprintAlgorithm.SHA_256, new byte[31], NONCE, Optional.empty())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("31 bytes");
  }

  private List<TokenConcern> concerns(Instant ours) throws IOException {
    return concerns(checks, pki, request(ImprintAlgorithm.SHA_256), ours);
  }

  private static List<TokenConcern> concerns(
      TokenChecks checks, TestPki pki, TokenRequest request, Instant now) throws IOException {
    var verdict = checks.check(pki.timestamp(request.encoded(), Optional.empty()), request, now);
    return ((TokenVerdict.Verified) verdict).concerns();
  }

  private static TokenRequest request(ImprintAlgorithm algorithm) {
    var imprint = new byte[algorithm.length()];
    Arrays.fill(imprint, (byte) 7);
    return new TokenRequest(algorithm, imprint, NONCE, Optional.of(POLICY));
  }

  private byte[] answer(TokenRequest request, Optional<Fault.OfTsa> fault) throws IOException {
    return pki.timestamp(request.encoded(), fault);
  }

  private static void assertRefused(TokenVerdict verdict, TokenRefusal reason) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            TokenVerdict.Refused.class,
            refused -> assertThat(refused.reason()).as(refused.detail()).isEqualTo(reason));
  }
}
