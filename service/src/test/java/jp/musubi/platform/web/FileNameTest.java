package jp.musubi.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ファイル名")
class FileNameTest {

  @Test
  @DisplayName("長い名前は文字の途中では切らず、終わりの形式は残す")
  void isCutBetweenCharacters() {
    var name = FileName.of("𠮷".repeat(150) + ".csv", 100, "list.csv");
    assertThat(name.codePointCount(0, name.length())).isEqualTo(100);
    assertThat(name).isEqualTo("𠮷".repeat(96) + ".csv");
  }

  @Test
  @DisplayName("フォルダーと、目に見えない文字は除き、何も残らなければ決まった名前にする")
  void isANameOnly() {
    assertThat(FileName.of("C:\\四月\\一覧\u200b.csv", 100, "list.csv")).isEqualTo("一覧.csv");
    assertThat(FileName.of("../..\u0000/", 100, "list.csv")).isEqualTo("list.csv");
    assertThat(FileName.of(null, 100, "list.csv")).isEqualTo("list.csv");
  }
}
