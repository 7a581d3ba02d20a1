package jp.musubi.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import jp.musubi.seal.remote.HttpRevocationSource;
import jp.musubi.testkit.Fault;
import jp.musubi.testkit.KeyKind;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("時刻認証局・失効情報・鍵・文書の故障")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SealFaultsTest {
  private static final Duration SHORT = Duration.ofSeconds(2);

  private Path directory;
  private Sealery sealery;
  private SealEngine engine;
  private Path prepared;
  private Path sealed;
  private Path target;

  @BeforeAll
  void sealOnce(@TempDir Path shared) throws Exception {
    directory = shared;
    sealery = Sealery.open(directory, KeyKind.P_256);
    engine = sealery.engine();
    prepared = sealery.prepared();
    sealed = directory.resolve("sealed.pdf");
    target = directory.resolve("target.pdf");
    engine.seal(prepared, sealed, Sealery.request(1));
  }

  @AfterEach
  void heal() throws IOException {
    sealery.server().tsa().heal();
    sealery.server().ocsp().heal();
    sealery.server().crl().heal();
    Files.deleteIfExists(target);
  }

  @AfterAll
  void close() {
    sealery.close();
  }

  static Stream<Fault.OfTsa> timestampFaults() {
    return Stream.of(
        new Fault.Refuse(),
        new Fault.Garbage(),
        new Fault.Truncated(),
        new Fault.ServerError(),
        new Fault.WrongNonce(),
        new Fault.WrongImprint(),
        new Fault.WrongPolicy(),
        new Fault.StaleTime(Duration.ofMinutes(2)),
        new Fault.NoCertificate(),
        new Fault.Rejection(PKIFailureInfo.systemFailure, "故障中"));
  }

  @ParameterizedTest
  @MethodSource("timestampFaults")
  @DisplayName("時刻認証局が誤れば、押印も長期保存もせず、ファイルを残さない")
  void refusesEveryBadTimestamp(Fault.OfTsa fault) {
    sealery.server().tsa().fail(fault);

    var sealing =
        catchThrowableOfType(
            TimestampUnavailable.class, () -> engine.seal(prepared, target, Sealery.request(1)));
    assertThat(sealing).as("%s", fault).isNotNull();
    assertThat(sealing.port()).isEqualTo(Port.TSA);
    assertNothingIsLeft();

    assertThat(
            catchThrowableOfType(TimestampUnavailable.class, () -> engine.archive(sealed, target)))
        .isNotNull();
    assertNothingIsLeft();
  }

  @Test
  @DisplayName("読みながら写される大きなファイルも、押印できなければ何も残さない")
  void leavesNothingOfALargeFileEither() throws Exception {
    var large = directory.resolve("large.pdf");
    LargeFilesTest.write(large, 1);
    engine.seal(large, target, Sealery.request(1));
    Files.delete(target);
    sealery.server().tsa().fail(new Fault.Refuse());

    assertThat(
            catchThrowableOfType(
                TimestampUnavailable.class, () -> engine.seal(large, target, Sealery.request(1))))
        .isNotNull();
    assertNothingIsLeft();
  }

  @Test
  @DisplayName("時刻認証局が期限までに答えなければ待たない")
  void doesNotWaitBeyondTheDeadline() throws Exception {
    var hasty = sealery.engine(sealery.server().pki().sealPath(), SHORT);
    sealery.server().tsa().fail(new Fault.Slow(Duration.ofSeconds(20)), 1);

    assertThat(
            catchThrowableOfType(
                TimestampUnavailable.class, () -> hasty.seal(prepared, target, Sealery.request(1))))
        .hasMessageContaining("no answer within");
    assertNothingIsLeft();
  }

  static Stream<Fault.OfOcsp> statusFaults() {
    return Stream.of(
        new Fault.Refuse(),
        new Fault.Garbage(),
        new Fault.Truncated(),
        new Fault.ServerError(),
        new Fault.Unknown(),
        new Fault.Expired(),
        new Fault.OtherCertificate(),
        new Fault.UnauthorisedResponder(),
        new Fault.TryLater());
  }

  @ParameterizedTest
  @MethodSource("statusFaults")
  @DisplayName("OCSPが誤り失効リストもなければ、長期保存せず、ファイルを残さない")
  void refusesEveryBadStatusWithoutAList(Fault.OfOcsp fault) throws Exception {
    // An engine that has proved nothing yet: a proof is used again until it ends.
    var engine = sealery.engine();
    sealery.server().ocsp().fail(fault);
    sealery.server().crl().fail(new Fault.Refuse());

    var refused =
        catchThrowableOfType(RevocationUnavailable.class, () -> engine.archive(sealed, target));

    assertThat(refused).as("%s", fault).isNotNull();
    assertThat(refused.port()).isEqualTo(Port.REVOCATION);
    assertThat(refused.subIndication()).contains("TRY_LATER");
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @MethodSource("statusFaults")
  @DisplayName("OCSPが誤っても失効リストがあれば長期保存する")
  void fallsBackOnTheList(Fault.OfOcsp fault) throws Exception {
    var engine = sealery.engine();
    sealery.server().ocsp().fail(fault);

    engine.archive(sealed, target);

    assertThat(target).exists();
  }

  @Test
  @DisplayName("失効した証明書の署名は長期保存しない")
  void refusesARevokedCertificate() throws Exception {
    var engine = sealery.engine();
    sealery.server().ocsp().fail(new Fault.Revoked());

    var refused =
        catchThrowableOfType(CertificateRevoked.class, () -> engine.archive(sealed, target));

    assertThat(refused).isNotNull();
    assertThat(refused.subIndication()).contains("REVOKED_NO_POE");
    assertNothingIsLeft();
  }

  @Test
  @DisplayName("許されていないホストには問い合わせない")
  void asksNoHostThatIsNotAllowed() throws Exception {
    var before = sealery.server().ocsp().calls() + sealery.server().crl().calls();
    var closed = new HttpRevocationSource(Set.of("ocsp.example"), Sealery.CLOCK, SHORT);
    var path = sealery.server().pki().sealPath();

    assertThat(
            catchThrowableOfType(
                RevocationUnavailable.class,
                () -> closed.revocationOf(path.get(0), path.get(1), Sealery.now())))
        .isNotNull();
    assertThat(sealery.server().ocsp().calls() + sealery.server().crl().calls()).isEqualTo(before);
  }

  @Test
  @DisplayName("ない欄・押印済みの欄・二度目の証明・同じファイルには押印しない")
  void refusesFieldsThatCannotBeFilled() {
    var second = Sealery.request(2);
    var certifyingAgain =
        new SealRequest("musubi-2", "甲", "理由", "日本", "窓口", second.signingTime(), true);
    var nowhere = new SealRequest("musubi-9", "甲", "理由", "日本", "窓口", second.signingTime(), false);

    assertThat(unsealable(sealed, Sealery.request(1))).hasMessageContaining("filled already");
    assertThat(unsealable(sealed, certifyingAgain)).hasMessageContaining("first seal");
    assertThat(unsealable(prepared, nowhere)).hasMessageContaining("no signature field");
    assertThat(
            catchThrowableOfType(
                IllegalArgumentException.class, () -> engine.seal(sealed, sealed, second)))
        .isNotNull();
    assertThat(sealed).isNotEmptyFile();
  }

  @Test
  @DisplayName("期限の切れる証明書では押印しない")
  void refusesACertificateAboutToEnd() {
    var end = engine.certificate().getNotAfter().toInstant().minus(Duration.ofHours(1));
    var late = new SealRequest("musubi-1", "甲", "理由", "日本", "窓口", end, true);

    var refused =
        catchThrowableOfType(CertificateUnfit.class, () -> engine.seal(prepared, target, late));

    assertThat(refused.subIndication()).contains("OUT_OF_BOUNDS_NOT_REVOKED");
    assertNothingIsLeft();
  }

  @Test
  @DisplayName("弱い鍵や、証明書と合わない鍵は使わない")
  void refusesWeakAndForeignKeys() throws Exception {
    try (var weak = Sealery.open(directory.resolve("weak"), KeyKind.RSA_2048)) {
      assertThat(catchThrowableOfType(KeyUnavailable.class, weak::engine))
          .hasMessageContaining("3072");
    }
    var pki = sealery.server().pki();
    assertThat(
            catchThrowableOfType(
                KeyUnavailable.class, () -> Sealery.key(pki.timestamp().key(), pki.sealPath())))
        .hasMessageContaining("does not verify");
  }

  private UnsealablePdf unsealable(Path source, SealRequest request) {
    var refused =
        catchThrowableOfType(UnsealablePdf.class, () -> engine.seal(source, target, request));
    assertThat(refused).isNotNull();
    assertNothingIsLeft();
    return refused;
  }

  private void assertNothingIsLeft() {
    assertThat(target).doesNotExist();
    assertThat(target.resolveSibling(target.getFileName() + ".part")).doesNotExist();
  }
}
