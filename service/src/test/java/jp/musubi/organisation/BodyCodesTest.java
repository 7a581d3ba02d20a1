package jp.musubi.organisation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("団体コードと法人番号")
class BodyCodesTest {

  @ParameterizedTest
  @ValueSource(strings = {"100005", "102016", "131016", "011002", "109991", "109983"})
  @DisplayName("検査数字の合う団体コードを認める")
  void takesBodyCodesThatFit(String code) {
    assertThat(BodyCodes.isBodyCode(code)).isTrue();
  }

  @Test
  @DisplayName("団体コードの一けたの打ち間違いは、どれも認めない")
  void refusesEverySlipOfOneDigitInABodyCode() {
    for (var at = 0; at < 6; at++) {
      for (var digit = '0'; digit <= '9'; digit++) {
        var slip = "102016".substring(0, at) + digit + "102016".substring(at + 1);
        // Modulo 11 folds 10 and 0 of the check digit together; of the other digits none slips by.
        assertThat(BodyCodes.isBodyCode(slip)).as(slip).isEqualTo(slip.equals("102016"));
      }
    }
    assertThat(BodyCodes.isBodyCode("10201")).isFalse();
    assertThat(BodyCodes.isBodyCode("10201a")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7000012050002", "7000020100005", "4011001098993", "7123456789012"})
  @DisplayName("検査数字の合う法人番号を認める")
  void takesCorporateNumbersThatFit(String number) {
    assertThat(BodyCodes.isCorporateNumber(number)).isTrue();
    var other = number.charAt(0) == '9' ? '1' : (char) (number.charAt(0) + 1);
    assertThat(BodyCodes.isCorporateNumber(other + number.substring(1))).isFalse();
  }

  @Test
  @DisplayName("法人番号は1-4-4-4で見せる")
  void printsCorporateNumbersInGroups() {
    assertThat(BodyCodes.printed("7000020100005")).isEqualTo("7-0000-2010-0005");
  }
}
