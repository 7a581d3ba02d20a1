package jp.musubi.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("携帯電話の番号")
class PhoneNumberTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "09012345678",
        "090-1234-5678",
        "０９０－１２３４－５６７８",
        "090ー1234ー5678",
        "(090) 1234 5678",
        "+81 90 1234 5678",
        "+81 (0)90-1234-5678",
        "819012345678"
      })
  @DisplayName("書き方が違っても同じ番号")
  void isReadHoweverItIsWritten(String typed) {
    assertThat(PhoneNumber.mobile(typed)).contains("+819012345678");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "027-123-4567",
        "0501234567",
        "090-1234-567",
        "090-1234-56789",
        "+1 202 555 0100",
        "09012345678; drop",
        "090-0234-5678"
      })
  @DisplayName("SMSが届かない番号、足りない番号、番号でないものは断る")
  void isRefused(String typed) {
    assertThat(PhoneNumber.mobile(typed)).isEmpty();
  }

  @Test
  @DisplayName("人が読む形と、隠した形")
  void isWrittenForPeople() {
    assertThat(PhoneNumber.national("+819012345678")).isEqualTo("090-1234-5678");
    assertThat(PhoneNumber.national("")).isEmpty();
    assertThat(PhoneNumber.masked("+819012345678")).isEqualTo("***-****-5678");
  }
}
