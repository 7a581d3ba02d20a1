package jp.musubi.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import jp.musubi.seal.pdf.Appendix;
import jp.musubi.testkit.KeyKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("段階の書き出しと読み戻し")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhaseTextTest {
  private List<X509Certificate> path;

  @BeforeAll
  void makeCertificates(@TempDir java.nio.file.Path directory) {
    try (var sealery = Sealery.open(directory, KeyKind.P_256)) {
      path = sealery.server().pki().sealPath();
    }
  }

  @AfterAll
  void forget() {
    path = List.of();
  }

  static LongStream seeds() {
    return LongStream.concat(LongStream.of(1, 42), new Random().longs(40));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("どの段階も、書き出して読み戻せば同じものである")
  void returnsWhatWasWritten(long seed) {
    for (var phase : phases(new Random(seed))) {
      var text = phase.encode();

      var again = Phase.decode(text);

      assertThat(again).hasSameClassAs(phase);
      assertThat(again.encode()).isEqualTo(text);
      assertThat(again.sha256()).isEqualTo(phase.sha256());
      assertThat(again.bytes()).isEqualTo(phase.bytes());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("一文字でも違い、あるいは欠けたものは読まない")
  void refusesEveryOtherText(long seed) {
    var random = new Random(seed);
    for (var phase : phases(random)) {
      var text = phase.encode();
      var at = random.nextInt(text.length());
      var other = text.charAt(at) == 'x' ? 'y' : 'x';

      assertRefused(text.substring(0, at) + other + text.substring(at + 1));
      assertRefused(text.substring(0, at));
      assertRefused(text + "x");
    }
    assertRefused("");
    assertRefused(PhaseText.write("inspected").end());
    assertRefused(PhaseText.write("sealed").put("file-bytes", "1").end());
    assertRefused(PhaseText.write("finished").put("file-bytes", "1").end());
    assertRefused(
        PhaseText.write("inspected")
            .put("sha256", "0".repeat(64))
            .put("bytes", "1")
            .put("pages", "1")
            .put("more", "1")
            .end());
  }

  private static void assertRefused(String text) {
    assertThatIllegalArgumentException().as(text).isThrownBy(() -> Phase.decode(text));
  }

  private List<Phase> phases(Random random) {
    var laidOut =
        new ToBeSigned(
            content(random),
            Appendix.withRoom(
                "<0000><00><0000>".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 6, 10),
            new SealCms(path.subList(0, 1 + random.nextInt(path.size())), "SHA256withECDSA"),
            bytes(random));
    return List.of(
        new Inspected(digest(random), random.nextLong(1L << 40), random.nextInt(9_999)),
        new Prepared(content(random)),
        laidOut,
        new Sealed(laidOut, bytes(random)),
        new Timestamped(content(random), new BigInteger(159, random), stamp(random)),
        new Preserved(content(random)),
        new Archived(content(random), stamp(random)),
        new Renewed(content(random), stamp(random)));
  }

  private Stamp stamp(Random random) {
    return new Stamp(
        new BigInteger(159, random),
        Instant.ofEpochSecond(random.nextLong(1L << 33), random.nextInt(1_000_000_000)),
        path.subList(random.nextInt(path.size()), path.size()));
  }

  private static Content content(Random random) {
    var text =
        PhaseText.write("some")
            .put("file-sha256", digest(random).hex())
            .put("file-bytes", Long.toString(random.nextLong(1L << 40)))
            .put("tail", bytes(random))
            .put("sha256", digest(random).hex())
            .end();
    return Content.take(PhaseText.read(text));
  }

  private static Sha256 digest(Random random) {
    var digest = new byte[32];
    random.nextBytes(digest);
    return new Sha256(HexFormat.of().formatHex(digest));
  }

  private static byte[] bytes(Random random) {
    var bytes = new byte[random.nextInt(4) * random.nextInt(5_000)];
    random.nextBytes(bytes);
    return bytes;
  }
}
