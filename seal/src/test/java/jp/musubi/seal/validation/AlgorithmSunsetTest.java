package jp.musubi.seal.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import jp.musubi.seal.validation.AlgorithmSunset.Standing;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("暗号方式の期限")
class AlgorithmSunsetTest {
  private static final AlgorithmSunset TABLE = AlgorithmSunset.standard();

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource({
    "RSA, 2048, 2028-12-31T23:59:59Z, SOUND",
    "RSA, 2048, 2029-01-01T00:00:00Z, ENDING",
    "RSA, 2048, 2030-12-31T23:59:59Z, ENDING",
    "RSA, 2048, 2031-01-01T00:00:00Z, RETIRED",
    "RSA, 3072, 2031-01-01T00:00:00Z, ENDING",
    "RSA, 1024, 2026-01-01T00:00:00Z, RETIRED",
    "RSA, 512, 2000-01-01T00:00:00Z, RETIRED",
    "RSASSA-PSS, 3072, 2040-12-31T00:00:00Z, SOUND",
    "ECDSA, 256, 2040-12-31T00:00:00Z, SOUND",
    "ECDSA, 256, 2041-01-01T00:00:00Z, ENDING",
    "ECDSA, 384, 2099-01-01T00:00:00Z, SOUND",
    "ECDSA, 224, 2026-01-01T00:00:00Z, RETIRED",
    "ROT13, 13, 2026-01-01T00:00:00Z, RETIRED",
  })
  @DisplayName("署名の方式は鍵の長さと日付で決まる")
  void endsSignaturesByKeyAndDate(String family, int bits, Instant at, Standing standing) {
    assertThat(TABLE.signature(family, bits, at)).isEqualTo(standing);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "SHA-1, 2012-07-31T23:59:59Z, SOUND",
    "SHA-1, 2012-08-01T00:00:00Z, RETIRED",
    "SHA-224, 2029-01-01T00:00:00Z, ENDING",
    "SHA-256, 2090-01-01T00:00:00Z, SOUND",
    "SHA3-512, 2090-01-01T00:00:00Z, SOUND",
    "CRC32, 2026-01-01T00:00:00Z, RETIRED",
  })
  @DisplayName("要約の方式は日付で決まる")
  void endsDigestsByDate(String name, Instant at, Standing standing) {
    assertThat(TABLE.digest(name, at)).isEqualTo(standing);
  }

  @Test
  @DisplayName("終わりの日は、表のとおりに答える")
  void tellsWhenAlgorithmsRetire() throws IOException {
    var table =
        AlgorithmSunset.read(
            new StringReader(
                """
                # a remark

                digest\tA\t0\t2029-01-01\t2031-01-01\tx
                digest\tB\t0\t-\t-\tx
                signature\tS\t100\t-\t2030-01-01\tx
                signature\tS\t200\t-\t2040-01-01\tx
                signature\tS\t200\t-\t2050-01-01\tthe first line of a length counts
                """));
    assertThat(table.retirementOfDigest("A")).contains(Instant.parse("2031-01-01T00:00:00Z"));
    assertThat(table.retirementOfDigest("B")).isEmpty();
    assertThat(table.retirementOfDigest("C")).contains(Instant.EPOCH);
    assertThat(table.retirementOfSignature("S", 99)).contains(Instant.EPOCH);
    assertThat(table.retirementOfSignature("S", 199))
        .contains(Instant.parse("2030-01-01T00:00:00Z"));
    assertThat(table.retirementOfSignature("S", 200))
        .contains(Instant.parse("2040-01-01T00:00:00Z"));
    assertThat(table.digest("A", Instant.parse("2030-01-01T00:00:00Z"))).isEqualTo(Standing.ENDING);
  }

  @Test
  @DisplayName("読めない表は断る")
  void refusesATableItCannotRead() {
    for (var line : new String[] {"digest", "digest\tX\tmany\t-\t-\t", "digest\tX\t0\tsoon\t-\t"}) {
      assertThatThrownBy(() -> AlgorithmSunset.read(new StringReader(line)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(line);
    }
  }
}
