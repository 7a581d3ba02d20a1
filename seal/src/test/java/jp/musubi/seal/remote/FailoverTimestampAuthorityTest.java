package jp.musubi.seal.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.seal.CertificateRevoked;
import jp.musubi.seal.ImprintAlgorithm;
import jp.musubi.seal.RevocationUnavailable;
import jp.musubi.seal.TimestampUnavailable;
import jp.musubi.seal.timestamp.TokenRefusal;
import jp.musubi.testkit.Fault;
import jp.musubi.testkit.Forgery;
import jp.musubi.testkit.PkiServer;
import jp.musubi.testkit.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("いくつかの時刻認証局")
class FailoverTimestampAuthorityTest {
  private static final byte[] IMPRINT = new byte[32];

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T03:00:00Z"));
  private final List<TimestampAlarm> alarms = new ArrayList<>();
  private PkiServer first;
  private PkiServer second;

  /** The hierarchies are made once; each test opens its servers anew. */
  @TempDir static Path hierarchies;

  @BeforeEach
  void open() {
    first = PkiServer.open(hierarchies.resolve("first"), clock);
    second = PkiServer.open(hierarchies.resolve("second"), clock);
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  @DisplayName("先の局が答えなければ次の局に求め、三度続けば先の局をしばらく呼ばない")
  void goesOnToTheNextAndLeavesTheFirstAlone() {
    var both = both(100);
    first.tsa().fail(new Fault.Refuse());

    for (var i = 0; i < 5; i++) {
      assertThat(both.timestamp(IMPRINT).path()).endsWith(second.pki().root());
    }
    assertThat(first.tsa().calls()).isEqualTo(3);
    assertThat(alarms).singleElement().isInstanceOf(TimestampAlarm.Shut.class);

    first.tsa().heal();
    clock.advance(Circuit.FIRST_PAUSE);
    assertThat(both.timestamp(IMPRINT).path()).endsWith(first.pki().root());
    assertThat(both.health()).allMatch(AuthorityHealth::isWell);
  }

  @Test
  @DisplayName("待てと言われた時間（Retry-After）は呼ばない")
  void keepsAwayAsLongAsItIsTold() {
    var both = both(100);
    first.tsa().fail(new Fault.Ban(Duration.ofHours(20)), 1);

    both.timestamp(IMPRINT);
    clock.advance(Duration.ofHours(19));
    both.timestamp(IMPRINT);
    assertThat(first.tsa().calls()).isEqualTo(1);

    clock.advance(Duration.ofHours(1));
    assertThat(both.timestamp(IMPRINT).path()).endsWith(first.pki().root());
  }

  @Test
  @DisplayName("信用できない答えをした局は、一度で遠ざけて警報を出す")
  void shunsAnAuthorityThatLies() {
    var both = both(100);
    first.tsa().fail(new Fault.StaleTime(Duration.ofHours(1)));

    both.timestamp(IMPRINT);
    both.timestamp(IMPRINT);

    assertThat(first.tsa().calls()).isEqualTo(1);
    assertThat(alarms)
        .anySatisfy(alarm ->
            assertThat(alarm)
                .isInstanceOfSatisfying(
                    TimestampAlarm.Untrusted.class,
                    untrusted -> assertThat(untrusted.reason()).isEqualTo(TokenRefusal.TIME_PAST)));
  }

  @Test
  @DisplayName("契約した回数を使い切れば、次の局に求める。どこも使い切れば、いつ呼べるかを言う")
  void keepsToTheQuota() {
    var both = both(2);

    for (var i = 0; i < 4; i++) {
      both.timestamp(IMPRINT);
    }
    assertThat(first.tsa().calls()).isEqualTo(2);
    assertThat(second.tsa().calls()).isEqualTo(2);
    assertThat(catchThrowableOfType(TimestampUnavailable.class, () -> both.timestamp(IMPRINT)))
        .hasMessageContaining("quota used up until 2026-11-24T03:01:00Z");
  }

  @Test
  @DisplayName("どの局も答えなければ、それぞれの理由を残す")
  void tellsWhatWasWrongWithEach() {
    first.tsa().fail(new Fault.ServerError());
    second.tsa().fail(new Fault.WrongType());

    assertThat(catchThrowableOfType(TimestampUnavailable.class, () -> both(9).timestamp(IMPRINT)))
        .hasMessageContaining("content type text/html")
        .hasStackTraceContaining("status 500");
  }

  @Test
  @DisplayName("一回の呼び出しは、遠ざけた局を二つ以上試さない")
  void triesNoMoreThanOneThatFailed() {
    var both = both(100);
    first.tsa().fail(new Fault.Refuse());
    second.tsa().fail(new Fault.Refuse());
    for (var i = 0; i < 3; i++) {
      assertThat(catchThrowableOfType(TimestampUnavailable.class, () -> both.timestamp(IMPRINT)))
          .isNotNull();
    }
    clock.advance(Circuit.FIRST_PAUSE);

    assertThat(catchThrowableOfType(TimestampUnavailable.class, () -> both.timestamp(IMPRINT)))
        .isNotNull();

    assertThat(first.tsa().calls() + second.tsa().calls()).isEqualTo(7);
  }

  @Test
  @DisplayName("控えの局も、本物のタイムスタンプで確かめる。出したばかりの局は煩わせない")
  void probesStandbyAuthoritiesWithARealToken() {
    var both = both(100);
    both.timestamp(IMPRINT);

    var health = both.probe(clock.instant().minusSeconds(60));

    assertThat(health).hasSize(2).allMatch(AuthorityHealth::isWell);
    assertThat(first.tsa().calls()).isEqualTo(1);
    assertThat(second.tsa().calls()).isEqualTo(1);
    second.tsa().fail(new Fault.Forged(Forgery.OTHER_KEY));
    clock.advance(Duration.ofMinutes(15));
    assertThat(both.probe(clock.instant().minusSeconds(60)))
        .extracting(AuthorityHealth::isWell)
        .containsExactly(true, false);
  }

  @Test
  @DisplayName("転送の指示に従わない")
  void followsNoRedirect() {
    first.tsa().fail(new Fault.Redirect(second.pki().tsaUrl()));

    assertThat(
            catchThrowableOfType(TimestampUnavailable.class, () -> alone(first).timestamp(IMPRINT)))
        .hasMessageContaining("status 307");
    assertThat(second.tsa().calls()).isZero();
  }

  @Test
  @DisplayName("一バイトずつ届く答えも、期限で打ち切る")
  void endsAnAnswerThatDrips() {
    first.tsa().fail(new Fault.Drip(Duration.ofMillis(100)));
    var begin = System.nanoTime();

    assertThat(
            catchThrowableOfType(
                TimestampUnavailable.class,
                () -> alone(first, Duration.ofSeconds(2)).timestamp(IMPRINT)))
        .hasMessageContaining("no answer within");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  @DisplayName("大きすぎる答えを最後まで読まない")
  void readsNoMoreThanATokensSize() {
    first.tsa().fail(new Fault.Forged(Forgery.HUGE));

    assertThat(
            catchThrowableOfType(TimestampUnavailable.class, () -> alone(first).timestamp(IMPRINT)))
        .isNotNull();
  }

  @Test
  @DisplayName("同じ番号のタイムスタンプを二度は受け取らない")
  void acceptsASerialNumberOnce() {
    var authority = alone(first);
    first.tsa().fail(new Fault.SameSerial());
    authority.timestamp(IMPRINT);

    assertThat(catchThrowableOfType(TimestampUnavailable.class, () -> authority.timestamp(IMPRINT)))
        .hasMessageContaining("SERIAL_REUSED");
  }

  @Test
  @DisplayName("失効した局のタイムスタンプを受け取らず、失効が分からなければ待つ")
  void asksWhetherTheAuthorityIsRevoked(@TempDir Path own) {
    first.close();
    first = PkiServer.open(own, clock);
    first.ocsp().fail(new Fault.Refuse());
    first.crl().fail(new Fault.Refuse());
    assertThat(
            catchThrowableOfType(RevocationUnavailable.class, () -> watched().timestamp(IMPRINT)))
        .hasMessageContaining("REVOCATION_UNKNOWN");

    first.ocsp().heal();
    first.crl().heal();
    var authority = watched();
    authority.timestamp(IMPRINT);
    var asked = first.ocsp().calls();
    authority.timestamp(IMPRINT);
    assertThat(first.ocsp().calls()).as("from memory").isEqualTo(asked);

    first.pki().revoke(first.pki().timestamp().certificate().getSerialNumber());
    assertThat(catchThrowableOfType(CertificateRevoked.class, () -> watched().timestamp(IMPRINT)))
        .hasMessageContaining("REVOKED");
  }

  private HttpTimestampAuthority watched() {
    return new HttpTimestampAuthority(
        first.pki().tsaUrl(),
        ImprintAlgorithm.SHA_256,
        List.of(PkiServer.TSA_POLICY),
        first.pki().trustAnchors(),
        Optional.of(new HttpRevocationSource(Set.of("127.0.0.1"), clock, Duration.ofSeconds(5))),
        clock,
        Duration.ofSeconds(5));
  }

  private HttpTimestampAuthority alone(PkiServer server) {
    return alone(server, Duration.ofSeconds(10));
  }

  private HttpTimestampAuthority alone(PkiServer server, Duration deadline) {
    return new HttpTimestampAuthority(
        server.pki().tsaUrl(),
        List.of(PkiServer.TSA_POLICY),
        server.pki().trustAnchors(),
        clock,
        deadline);
  }

  private FailoverTimestampAuthority both(int burst) {
    return new FailoverTimestampAuthority(
        List.of(alone(first), alone(second)), burst, Duration.ofMinutes(1), clock, alarms::add);
  }
}
