package jp.musubi.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("パスワードの決まり")
class PasswordRuleTest {
  private static final List<String> CONTEXT = List.of("上毛市", "hanako", "見本 花子", "musubi", "むすび");

  @ParameterizedTest
  @DisplayName("漏れた一覧の言葉や、並びのキー、日付をつないだものは使えない")
  @ValueSource(
      strings = {
        "Password2026!!",
        "qwertyuiop123",
        "1qaz2wsx3edc",
        "iloveyou1234",
        "123456789012",
        "letmein20261124",
        "P@ssw0rdP@ssw0rd",
        "dragonball1999",
        "michaeljordan23",
        "starwars123456",
        "sunshine123456"
      })
  void refusesWhatLeakedListsAreTriedFor(String password) {
    assertThat(PasswordRule.of(password, 12, CONTEXT)).contains(PasswordRule.Wrong.COMMON);
  }

  @ParameterizedTest
  @DisplayName("短い文や、でたらめな文字は使える")
  @ValueSource(
      strings = {
        "上毛かるた 鶴舞う形の群馬県",
        "つる舞う形の群馬県と白い梅の花",
        "correct horse battery staple",
        "むすび試用2026-tsurumau",
        "k7#vR2q!mX9w",
        "another body's password",
        "kesa no ame wa yuki ni kawatta"
      })
  void takesSentencesAndChance(String password) {
    assertThat(PasswordRule.of(password, 12, CONTEXT)).isEmpty();
  }

  @Test
  @DisplayName("とても長いものを調べても、待たせない")
  void measuresLongOnesQuickly() {
    var long200 = "aA1!".repeat(49) + "kQz7";
    var before = System.nanoTime();
    for (var i = 0; i < 20; i++) {
      PasswordRule.of(long200.substring(i / 10) + "x", 12, CONTEXT);
    }
    assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
  }
}
