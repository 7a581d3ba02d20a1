package jp.musubi.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("認証アプリのコード")
class AppCodesTest {
  /** RFC 6238, appendix B; the last six digits of the eight it prints. */
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  private static final Instant AT = Instant.ofEpochSecond(1_111_111_109L);
  private static final String CODE = "081804";

  @Test
  @DisplayName("RFC 6238の試験値と一致する")
  void agreeWithTheStandard() {
    assertThat(AppCodes.step(SECRET, CODE, 0, AT)).hasValue(1_111_111_109L / 30);
    assertThat(AppCodes.step(SECRET, "287082", 0, Instant.ofEpochSecond(59))).hasValue(1);
  }

  @Test
  @DisplayName("前後30秒までを認め、同じ数字は一度しか使えない")
  void areTakenOnceAndNearlyInTime() {
    var step = AT.getEpochSecond() / 30;
    assertThat(AppCodes.step(SECRET, CODE, 0, AT.plusSeconds(30))).hasValue(step);
    assertThat(AppCodes.step(SECRET, CODE, 0, AT.minusSeconds(30))).hasValue(step);
    assertThat(AppCodes.step(SECRET, CODE, 0, AT.plusSeconds(90))).isEmpty();
    assertThat(AppCodes.step(SECRET, CODE, step, AT)).isEmpty();
    assertThat(AppCodes.step(SECRET, "081805", 0, AT)).isEmpty();
    assertThat(AppCodes.step(SECRET, "", 0, AT)).isEmpty();
  }

  @Test
  @DisplayName("アプリが読む形に書ける")
  void areSpelledForTheApp() {
    assertThat(AppCodes.spelled(SECRET)).isEqualTo("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    assertThat(AppCodes.address(SECRET, "むすび", "hanako（上毛市）"))
        .startsWith("otpauth://totp/%E3%82%80%E3%81%99%E3%81%B3:hanako%EF%BC%88")
        .contains("?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E3%82%80");
  }
}
