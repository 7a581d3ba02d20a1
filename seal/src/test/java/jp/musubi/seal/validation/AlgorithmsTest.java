package jp.musubi.seal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.List;
import jp.musubi.seal.validation.AlgorithmSunset.Standing;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("署名に使われた方式")
class AlgorithmsTest {
  /** Each family ends in a year of its own, so that the answer tells which line was asked. */
  private static final Algorithms ALGORITHMS = new Algorithms(table());

  private static AlgorithmSunset table() {
    try {
      return AlgorithmSunset.read(
          new StringReader(
              """
              digest\tSHA-256\t0\t-\t-\tx
              digest\tSHA-384\t0\t2026-01-01\t-\tx
              signature\tRSA\t1024\t2026-01-01\t-\tx
              signature\tRSASSA-PSS\t1024\t-\t-\tx
              signature\tECDSA\t384\t-\t-\tx
              signature\tECDSA\t256\t2026-01-01\t-\tx
              signature\tEdDSA\t255\t2026-01-01\t-\tx
              signature\tEdDSA\t448\t-\t-\tx
              signature\tDSA\t1024\t-\t-\tx
              """));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, 1024, SHA256withRSA, ENDING",
    "RSA, 1024, SHA256withRSAandMGF1, SOUND",
    "RSA, 512, SHA256withRSA, RETIRED",
    "EC, secp256r1, SHA256withECDSA, ENDING",
    "EC, secp384r1, SHA256withECDSA, SOUND",
    "EC, secp384r1, SHA384withECDSA, ENDING",
    "EC, secp384r1, SHA512withECDSA, RETIRED",
    "Ed25519, 0, Ed25519, ENDING",
    "Ed448, 0, Ed448, SOUND",
    "DSA, 1024, SHA256withDSA, SOUND",
    "X25519, 0, Ed25519, RETIRED",
  })
  @DisplayName("鍵の種類と長さ、要約の方式のうち、弱い方で決まる")
  void areWorthTheirWeakestPart(String kind, String size, String signature, Standing standing)
      throws Exception {
    assertThat(ALGORITHMS.signed(identifier(signature), key(kind, size), Hand.NOW))
        .isEqualTo(standing);
  }

  @Test
  @DisplayName("最も弱いものを選ぶ。何もなければ頼れない")
  void areAsGoodAsTheWorst() {
    assertThat(Algorithms.worst(List.of(Standing.SOUND, Standing.RETIRED, Standing.ENDING)))
        .isEqualTo(Standing.RETIRED);
    assertThat(Algorithms.worst(List.of())).isEqualTo(Standing.RETIRED);
    assertThat(ALGORITHMS.digest("2.16.840.1.101.3.4.2.1", Hand.NOW)).isEqualTo(Standing.SOUND);
    assertThat(ALGORITHMS.digest("2.999", Hand.NOW)).isEqualTo(Standing.RETIRED);
  }

  private static AlgorithmIdentifier identifier(String signature) {
    return new DefaultSignatureAlgorithmIdentifierFinder().find(signature);
  }

  private static PublicKey key(String kind, String size) throws Exception {
    return size.equals("0")
        ? KeyPairGenerator.getInstance(kind).generateKeyPair().getPublic()
        : Hand.pair(kind, size).getPublic();
  }
}
