package jp.musubi.organisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("名義人の名前")
class HolderNamesTest {

  @Test
  @DisplayName("文書にある前の名義人を、空白・全角・異体字の違いを越えて見つける")
  void findFormerHoldersHoweverTheyAreWritten() {
    assertThat(
            HolderNames.formerIn("発注者　上毛市長　髙　山　 一\n郎", List.of("見本 春子"), List.of("高山 一郎", "例 次郎")))
        .containsExactly("高山 一郎");
    assertThat(HolderNames.formerIn("上毛市長 葛󠄀城 一郎", List.of(), List.of("葛城 一郎")))
        .containsExactly("葛城 一郎");
  }

  @Test
  @DisplayName("いまの名義人と同じ名前や、文書にない名前は知らせない")
  void sayNothingOfNamesakesAndOfTheAbsent() {
    assertThat(HolderNames.formerIn("上毛市長 高山 一郎", List.of("髙山一郎"), List.of("高山 一郎"))).isEmpty();
    assertThat(HolderNames.formerIn("上毛市長 見本 春子", List.of("見本 春子"), List.of("高山 一郎"))).isEmpty();
  }

  @Test
  @DisplayName("双方に同じ人がいることに気づく")
  void knowsTheSamePersonOnBothSides() {
    assertThat(HolderNames.samePerson("見本 太郎", "見本　太郎")).isTrue();
    assertThat(HolderNames.samePerson("山﨑 太郎", "山崎太郎")).isTrue();
    assertThat(HolderNames.samePerson("見本 太郎", "見本 次郎")).isFalse();
    assertThat(HolderNames.samePerson("", "")).isFalse();
  }
}
