package jp.musubi.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("本人確認の要素の言い方")
class FactorsTest {
  @Test
  @DisplayName("外部のIDは、提供者の名前とともに言う")
  void namesWhoseWordItIs() {
    var words = Map.of("MAIL_LINK", "メールのリンク", "EXTERNAL_ID", "外部のID");
    assertThat(
            Factors.inWords(
                "MAIL_LINK+EXTERNAL_ID:GビズID+SOMETHING",
                factor -> words.getOrDefault(factor, factor)))
        .containsExactly("メールのリンク", "外部のID（GビズID）", "SOMETHING");
  }
}
