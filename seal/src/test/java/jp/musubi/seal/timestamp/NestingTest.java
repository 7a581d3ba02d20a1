package jp.musubi.seal.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("ASN.1の入れ子の深さ")
class NestingTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    // nothing, primitives, and constructed values beside and within each other
    "'', 0",
    "30, 0",
    "0201 00, 0",
    "3000, 1",
    "3000 3000, 1",
    "3002 3000, 2",
    "3004 3000 3000, 2",
    "3004 3002 3000, 3",
    "3002 3000 3000, 2",
    "3003 020100 3000, 1",
    "0403 300030, 0",
    "3005 0403 300030, 1",
    // tags of several bytes
    "3f1f 00, 1",
    "3f811f 02 3000, 2",
    "1f811f 02 3000, 0",
    "3f81, 0",
    // lengths of one to four bytes, cut off, and indefinite
    "308102 3000, 2",
    "30820002 3000, 2",
    "3084000000023000, 2",
    "048102 3000, 0",
    "04820002 3000 3000, 1",
    "3084ffffffff 3000, 2",
    "0484ffffffff 3000, 0",
    "3082, 1",
    "3080 3080 0000 0000, 2",
    "3080 3000, 2",
    "3080 0400 3080, 2",
  })
  @DisplayName("再帰せずに数える")
  void isCountedWithoutRecursion(String hex, int levels) {
    var der = HexFormat.of().parseHex(hex.replace(" ", ""));
    if (levels > 0) {
      assertThat(Nesting.exceeds(der, levels - 1)).isTrue();
    }
    assertThat(Nesting.exceeds(der, levels)).isFalse();
  }

  @Test
  @DisplayName("何万段あっても答える")
  void isToldOfTensOfThousands() {
    var der = HexFormat.of().parseHex("3080".repeat(40_000));
    assertThat(Nesting.exceeds(der, 39_999)).isTrue();
    assertThat(Nesting.exceeds(der, 64)).isTrue();
  }
}
