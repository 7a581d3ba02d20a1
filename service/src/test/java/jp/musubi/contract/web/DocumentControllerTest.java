package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("文書の受け取り")
class DocumentControllerTest {

  @Test
  @DisplayName("ファイル名はフォルダーと制御文字を除いて使う")
  void keepsOnlyTheNameOfAFile() {
    assertThat(DocumentController.plainName("C:\\文書\\工事請負契約書.pdf")).isEqualTo("工事請負契約書.pdf");
    assertThat(DocumentController.plainName("../../etc/passwd")).isEqualTo("passwd");
    assertThat(DocumentController.plainName("契約\u202efdp.exe")).isEqualTo("契約fdp.exe");
    assertThat(DocumentController.plainName(null)).isEqualTo("document.pdf");
    assertThat(DocumentController.plainName("契".repeat(300) + ".pdf"))
        .hasSize(200)
        .endsWith(".pdf");
  }
}
