package jp.musubi.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("控えの宛先")
class HolderAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ichiro@Mihon.Example",
        " ichiro@mihon.example ",
        "ｉｃｈｉｒｏ＠ｍｉｈｏｎ．ｅｘａｍｐｌｅ",
        "ICHIRO@MIHON.EXAMPLE"
      })
  @DisplayName("大文字と小文字、全角と半角は、同じ宛先とみなす")
  void foldsLetters(String typed) {
    assertThat(digest(typed)).isEqualTo(digest("ichiro@mihon.example"));
  }

  @Test
  @DisplayName("国際化ドメインは、日本語でもxn--でも同じ宛先とみなし、ほかの宛先とは混ぜない")
  void foldsDomains() {
    assertThat(digest("ichiro@見本.example")).isEqualTo(digest("ichiro@xn--8pvz87e.example"));
    assertThat(digest("ichiro@mihon.example")).isNotEqualTo(digest("ichiro.@mihon.example"));
    assertThat(digest("ichiro@mihon.example")).isNotEqualTo(digest("ichiro@sub.mihon.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ichiro", "a@b", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example"})
  @DisplayName("宛先ちょうど一つでないものは、読まない")
  void readsExactlyOne(String typed) {
    assertThat(HolderAddress.typed(typed)).isEmpty();
  }

  private static String digest(String typed) {
    return TestShelf.digest(typed);
  }
}
