package jp.musubi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("文書番号")
class DocumentNumbersTest {

  @Test
  @DisplayName("年度は日本の4月1日0時に変わる")
  void beginAYearWithTheFirstOfAprilInJapan() {
    assertThat(DocumentNumbers.fiscalYear(Instant.parse("2027-03-31T14:59:59Z"))).isEqualTo(2026);
    assertThat(DocumentNumbers.fiscalYear(Instant.parse("2027-03-31T15:00:00Z"))).isEqualTo(2027);
  }

  @Test
  @DisplayName("年度を元号の頭文字で書く。改元の年度は新しい元号")
  void nameTheYearByItsEra() {
    assertThat(DocumentNumbers.of(2026, 12)).isEqualTo("R8-000012");
    assertThat(DocumentNumbers.of(2019, 1)).isEqualTo("R1-000001");
  }
}
