package jp.musubi.counterparty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 法人番号・商号・アドレスの比較. */
@DisplayName("似た相手方")
class NearMissTest {

  @Test
  @DisplayName("法人番号は、検査数字が合うものだけを受け取る（国税庁の番号で確かめる）")
  void takesNumbersWithTheRightCheckDigitOnly() {
    assertThat(CorporateNumber.parse("7000012050002")).isPresent();
    assertThat(CorporateNumber.parse("７０００-０１２０-５０００２ ")).isPresent();
    for (var digit = 0; digit <= 9; digit++) {
      assertThat(CorporateNumber.parse(digit + "000012050002").isPresent()).isEqualTo(digit == 7);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "700001205000",
        "70000120500020",
        "7000012050020",
        "7000012005002",
        "0000000000000",
        "700001205000x",
        "7000012050002\n7",
        "٧٠٠٠٠١٢٠٥٠٠٠٢"
      })
  @DisplayName("桁の入れ替え、足りない桁、数字でないものは受け取らない")
  void refusesSlips(String typed) {
    assertThat(CorporateNumber.parse(typed)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "株式会社 見本建設, （株）見本建設",
    "株式会社 見本建設, ㈱見本建設",
    "株式会社　見本建設, 見本建設株式会社",
    "有限会社髙﨑土木, (有)高崎土木",
    "合同会社ＡＢＣ設計, abc設計合同会社",
    "株式會社 國廣組, 国広組（株）",
    "葛󠄀城工業株式会社, 葛城工業㈱",
    "ﾐﾎﾝ電設, ミホン電設"
  })
  @DisplayName("会社の種類、幅、異体字、空白の違いは同じ名称とみる")
  void seesThroughSpelling(String one, String other) {
    assertThat(OrganisationNames.alike(one, other)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"株式会社 見本建設, 株式会社 見本建築", "見本建設, 見本建設工業", "株式会社, 有限会社", "'', ''"})
  @DisplayName("違う名称を同じとはみない")
  void doesNotTakeDifferentNamesForOne(String one, String other) {
    assertThat(OrganisationNames.alike(one, other)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ichiro@mihon.example, ichir0@mihon.example, ONE_EDIT",
    "ichiro@mihon.example, ichiroo@mihon.example, ONE_EDIT",
    "ichiro@mihon.example, ihciro@mihon.example, ONE_EDIT",
    "ichiro@mihon.example, ichiro@mihon.exampl, ONE_EDIT",
    "Ichiro@mihon.example, ichiro@mohon.example, ONE_EDIT",
    "ichiro@mihon.example, ichiro@free-mail.example, OTHER_DOMAIN"
  })
  @DisplayName("一文字違い、隣の文字との入れ違い、ドメイン違いのアドレスに気づく")
  void seesSlipsInAddresses(String one, String other, MailLikeness.Kind kind) {
    assertThat(MailLikeness.of(one, other)).contains(kind);
    assertThat(MailLikeness.of(other, one)).contains(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "ichiro@mihon.example, ICHIRO@mihon.example",
    "ichiro@mihon.example, jiro@mihon.example",
    "info@mihon.example, info@betsu-no-kaisha.example",
    "a@mihon.example, b@free-mail.example"
  })
  @DisplayName("同じアドレス、違う人、よくある名前の受信箱では騒がない")
  void keepsQuietOtherwise(String one, String other) {
    assertThat(MailLikeness.of(one, other)).isEmpty();
  }

  @Test
  @DisplayName("番号、名称、アドレスのそれぞれについて挙げ、自分自身とは比べない")
  void namesEachLikeness() {
    var number = CorporateNumber.parse("7000012050002");
    var known =
        new NearMiss.Known(UUID.randomUUID(), "株式会社 見本建設", number, List.of("ichiro@mihon.example"));
    var typed =
        new NearMiss.Typed(Optional.empty(), "（株）見本建設", number, List.of("ichir0@mihon.example"));
    assertThat(new Likenesses(List.of(known)).of(typed))
        .extracting(NearMiss::kind)
        .containsExactly(
            NearMiss.Kind.SAME_NUMBER, NearMiss.Kind.SAME_NAME, NearMiss.Kind.MAIL_ONE_EDIT);
    var itself =
        new NearMiss.Typed(
            Optional.of(known.id()), known.name(), number, List.of("ichiro@mihon.example"));
    assertThat(new Likenesses(List.of(known)).of(itself)).isEmpty();
    assertThat(
            new Likenesses(List.of(known))
                .of(
                    new NearMiss.Typed(
                        Optional.empty(),
                        "赤城設計",
                        Optional.empty(),
                        List.of("ichiro@mihon.example"))))
        .extracting(NearMiss::kind)
        .containsExactly(NearMiss.Kind.SAME_MAIL);
  }
}
