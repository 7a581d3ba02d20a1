package jp.musubi.seal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.SealEngine;
import jp.musubi.seal.Sealery;
import jp.musubi.seal.remote.HttpRevocationSource;
import jp.musubi.seal.remote.HttpTimestampAuthority;
import jp.musubi.testkit.KeyKind;
import jp.musubi.testkit.PkiServer;
import jp.musubi.testkit.SettableClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("何十年も先の署名検証")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecadesTest {
  private static final Instant SEALED = Instant.parse("2026-12-01T00:00:00Z");

  private Path once;
  private Path renewed;
  private Set<java.security.cert.X509Certificate> anchors;

  @BeforeAll
  void sealAndRenew(@TempDir Path folder) throws Exception {
    var clock = new SettableClock(SEALED);
    once = folder.resolve("once.pdf");
    renewed = folder.resolve("renewed.pdf");
    try (var first = PkiServer.open(folder.resolve("first"), clock, KeyKind.P_256)) {
      var drawn = folder.resolve("drawn.pdf");
      Sealery.draw(drawn);
      Preparation.prepare(drawn, folder.resolve("prepared.pdf"), Sealery.FIELDS);
      var engine = engine(first, first, clock);
      engine.seal(folder.resolve("prepared.pdf"), folder.resolve("t.pdf"), request());
      engine.archive(folder.resolve("t.pdf"), once);
      clock.set(years(9));
      engine(first, first, clock).renew(once, renewed);
      anchors = Set.of(first.pki().root());
    }
  }

  @Test
  @DisplayName("署名の証明書が切れた後も、保管用タイムスタンプの証明書がある間は有効")
  void outlivesTheSealsCertificate() throws IOException {
    assertThat(judge(once, years(7)).verdict()).isEqualTo(Verdict.VALID);
  }

  @Test
  @DisplayName("タイムスタンプの証明書が切れかけたら注意し、切れたら判定できない")
  void endsWithTheNewestTimestamp() throws IOException {
    var late = judge(once, years(11).minus(30, ChronoUnit.DAYS));
    assertThat(late.verdict()).isEqualTo(Verdict.VALID_WITH_WARNINGS);
    assertThat(late.reasons()).extracting(Reason::what).containsExactly("renewal-due");
    var gone = judge(once, years(12));
    assertThat(gone.verdict()).isEqualTo(Verdict.INDETERMINATE);
    assertThat(gone.reasons()).extracting(Reason::what).contains("certificate-expired");
  }

  @Test
  @DisplayName("更新しても、初めの署名は初めのタイムスタンプの時刻で判定され、有効のまま")
  void isCarriedOnByTheNextTimestamp() throws IOException {
    var report = judge(renewed, years(10));
    assertThat(report.reasons()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.VALID);
    assertThat(report.documentTimestamps()).hasSize(2);
  }

  @Test
  @DisplayName("暗号方式の期限が来ても、その前に証明されていれば有効、そうでなければ判定できない")
  void mindsTheEndOfAlgorithms() throws IOException {
    var table =
        """
        digest\tSHA-256\t0\t-\t-\tx
        digest\tSHA-384\t0\t-\t-\tx
        digest\tSHA-512\t0\t-\t-\tx
        signature\tECDSA\t256\t2030-01-01\t2034-01-01\tx
        signature\tECDSA\t384\t-\t-\tx
        """;
    var sunset = AlgorithmSunset.read(new StringReader(table));
    assertThat(judge(once, years(1), sunset).verdict()).isEqualTo(Verdict.VALID);
    var ending = judge(once, years(5), sunset);
    assertThat(ending.verdict()).isEqualTo(Verdict.VALID_WITH_WARNINGS);
    assertThat(ending.reasons()).extracting(Reason::what).containsOnly("algorithm-ending");
    var retired = judge(once, years(8), sunset);
    assertThat(retired.verdict()).isEqualTo(Verdict.INDETERMINATE);
    assertThat(retired.reasons()).extracting(Reason::what).contains("weak-algorithm");
  }

  private ValidationReport judge(Path file, Instant at) throws IOException {
    return judge(file, at, AlgorithmSunset.standard());
  }

  private ValidationReport judge(Path file, Instant at, AlgorithmSunset sunset) throws IOException {
    return Validator.validate(file, new ValidationPolicy(anchors, Set.of(), sunset, at));
  }

  private static Instant years(int years) {
    return SEALED.atOffset(ZoneOffset.UTC).plusYears(years).toInstant();
  }

  private static jp.musubi.seal.SealRequest request() {
    var now = Sealery.request(1);
    return new jp.musubi.seal.SealRequest(
        now.field(),
        now.name(),
        now.reason(),
        now.location(),
        now.contactInfo(),
        SEALED,
        now.certify());
  }

  private static SealEngine engine(PkiServer seals, PkiServer stamps, Clock clock)
      throws Exception {
    var pki = seals.pki();
    return new SealEngine(
        Sealery.key(pki.sealKey(), pki.sealPath()),
        new HttpTimestampAuthority(
            stamps.pki().tsaUrl(),
            List.of(PkiServer.TSA_POLICY),
            stamps.pki().trustAnchors(),
            clock,
            Sealery.DEADLINE),
        new HttpRevocationSource(Set.of("127.0.0.1"), clock, Sealery.DEADLINE),
        List.of(pki.root(), stamps.pki().root()));
  }
}
