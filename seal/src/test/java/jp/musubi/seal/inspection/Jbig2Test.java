package jp.musubi.seal.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("JBIG2画像の大きさ")
class Jbig2Test {
  private static final String PAGE =
      "00000000 30 00 01 00000013 00000010 00000020" + "00".repeat(11);

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "'00000000 30 00 01 00000013 00000010 00000020', 512",
    "'00000000 30 00 01 00000013 00010000 00010000', 4294967296",
    "'00000000 30 00 01 00000013 00000010 ffffffff', 16",
    "'00000000 26 00 01 00000013 00000010 00000020', 512",
    "'00000000 00 00 01 00000013 00000010 00000020', 0",
    "'00000000 70 00 00000001 00000013 00000010 00000020', 512",
    "'00000005 30 40 01 02 01 00000013 00000010 00000020', 512",
    "'00000101 30 20 0001 01 00000013 00000010 00000020', 512",
    "'00010001 30 20 00000001 01 00000013 00000010 00000020', 512",
    "'00000005 30 e0000001 00 01 01 00000013 00000010 00000020', 512",
    "'00000005 30 ff000000 00 01', 9223372036854775807",
    "'00000005 30 bf000000 00 01', 9223372036854775807",
    "'00000005 30 80 00 01 01 01 01 00000013 00000010 00000020', 512",
    "'00000000 30', 0",
    "'00000000 26 00 01 00000000 00000005 30 ff000000 00 01', 9223372036854775807"
  })
  @DisplayName("見出しだけから、展開した大きさを知る")
  void isKnownFromItsHeaders(String segments, long pixels) {
    assertThat(Jbig2.pixels(bytes(segments))).isEqualTo(pixels);
  }

  @ParameterizedTest
  @CsvSource({
    "'00000001 26 00 01 00000008 00000030 00000030', 2304",
    "'00000001 26 00 01 00000008 00000001 00000001', 512"
  })
  @DisplayName("いちばん大きい部分を答える")
  void isThatOfTheLargestPart(String second, long pixels) {
    assertThat(Jbig2.pixels(bytes(PAGE + second))).isEqualTo(pixels);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
