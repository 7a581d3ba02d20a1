package jp.musubi.fulltext;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("抜き書き")
class ExcerptTest {
  @Test
  @DisplayName("短い行はそのまま、長い行はことばのまわりを切り取り、文字の途中では切らない")
  void isCutAroundTheWord() {
    assertThat(Excerpt.of("契約保証金は免除する。", "保証金")).isEqualTo("契約保証金は免除する。");
    var long1 = "𠮷".repeat(100) + "契約保証金" + "野".repeat(100);
    var cut = Excerpt.of(long1, "保証金");
    assertThat(cut).startsWith("…").endsWith("…").contains("契約保証金");
    assertThat(cut.codePoints().count()).isEqualTo(92);
    assertThat(cut.chars().filter(unit -> Character.isSurrogate((char) unit)).count() % 2).isZero();
    assertThat(Excerpt.of(long1, "どこにもない")).startsWith("𠮷").endsWith("…");
  }

  @Test
  @DisplayName("向きや見えない文字は落とす")
  void deceivesNobody() {
    assertThat(Excerpt.of("甲\u202E乙\u0007丙", "乙")).isEqualTo("甲 乙 丙");
  }
}
