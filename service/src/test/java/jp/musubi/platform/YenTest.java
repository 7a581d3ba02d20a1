package jp.musubi.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("金額")
class YenTest {

  @Test
  @DisplayName("三桁ごとに区切って円を付ける")
  void writesGroupsOfThree() {
    assertThat(Yen.format(0)).isEqualTo("0円");
    assertThat(Yen.format(1_234_000)).isEqualTo("1,234,000円");
    assertThat(Yen.format(Yen.MOST)).isEqualTo("9,999,999,999,999円");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("どの書き方でも同じ金額と読む")
  @ValueSource(
      strings = {
        "1234000",
        "1,234,000",
        "1,234,000円",
        "１，２３４，０００円",
        "￥1,234,000",
        "¥1234000-",
        "金 1,234,000 円",
        "　１２３４０００　"
      })
  void readsEveryWayOfWriting(String text) {
    assertThat(Yen.parse(text)).hasValue(1_234_000);
  }

  @ParameterizedTest(name = "「{0}」")
  @DisplayName("金額でないものは読まない")
  @ValueSource(
      strings = {
        "",
        "円",
        "-1",
        "1.5",
        "1,23",
        "12,34,000",
        "千二百万",
        "1e6",
        "99999999999999",
        "1 円 2"
      })
  void readsNothingElse(String text) {
    assertThat(Yen.parse(text)).isEmpty();
  }
}
