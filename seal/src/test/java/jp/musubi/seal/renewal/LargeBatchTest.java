package jp.musubi.seal.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import jp.musubi.seal.Sealery;
import jp.musubi.testkit.KeyKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("百万件の束")
@Tag("slow")
class LargeBatchTest {
  private static final int OBJECTS = 1_000_000;
  private static final int A_SECOND = 50_000;

  @ParameterizedTest(name = "{0}")
  @CsvSource({"SHA_384, 2048", "SHA_512, 2400"})
  @DisplayName("一つのタイムスタンプで、毎秒5万件より速く、一件2KBほどの証拠記録を作る")
  void makesSmallRecordsFast(HashAlgorithm algorithm, int mostBytes, @TempDir Path directory)
      throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.P_256)) {
      var random = new Random(1);
      var digest = new byte[algorithm.length()];
      var builder = new HashTree.Builder(algorithm);
      for (var n = 0; n < OBJECTS; n++) {
        random.nextBytes(digest);
        builder.add(digest);
      }
      // Of this thread's own time: what else the machine does is not measured.
      var cpu = ManagementFactory.getThreadMXBean();
      var start = cpu.getCurrentThreadCpuTime();
      var batch = EvidenceBatch.stamp(builder.build(), sealery.authority(Sealery.DEADLINE));
      var largest = 0;
      var last = new byte[0];
      for (var records = batch.compact(); records.hasNext(); ) {
        last = records.next();
        largest = Math.max(largest, last.length);
      }
      var took = Duration.ofNanos(cpu.getCurrentThreadCpuTime() - start);

      System.out.printf(
          "%s: %d records in %d ms, at most %d bytes%n",
          algorithm, OBJECTS, took.toMillis(), largest);
      assertThat(largest).isLessThanOrEqualTo(mostBytes);
      assertThat(took).isLessThan(Duration.ofSeconds(OBJECTS / A_SECOND));
      var root =
          EvidenceRecord.parse(last).last().rootOver(java.util.List.of(digest)).orElseThrow();
      assertThat(root).isEqualTo(imprint(batch.token().der()));
    }
  }

  private static byte[] imprint(byte[] token) throws Exception {
    return new org.bouncycastle.tsp.TimeStampToken(
            org.bouncycastle.asn1.cms.ContentInfo.getInstance(token))
        .getTimeStampInfo()
        .getMessageImprintDigest();
  }
}
