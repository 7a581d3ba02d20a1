package jp.musubi.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("台帳の項目の読み方")
class EntryTest {

  @ParameterizedTest
  @CsvSource({
    "令和8年度, 2026",
    "R8, 2026",
    "２０２６, 2026",
    "2026年度, 2026",
    "令和元年度, 2019",
    "平成31年度, 2019",
    "令和8年度（2026年度）, 2026"
  })
  @DisplayName("年度は和暦でも西暦でも読める")
  void readsFiscalYears(String typed, int year) {
    assertThat(FiscalYear.parse(typed)).contains(new FiscalYear(year));
    assertThat(FiscalYear.parse(new FiscalYear(year).toString())).contains(new FiscalYear(year));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "来年度", "令和0年度", "99999", "令和8年4月", "0001"})
  @DisplayName("年度でないものは読まない")
  void readsNothingElseAsAFiscalYear(String typed) {
    assertThat(FiscalYear.parse(typed)).isEmpty();
  }

  @Test
  @DisplayName("年度は4月に始まる")
  void beginsInApril() {
    assertThat(FiscalYear.of(LocalDate.of(2026, 3, 31))).isEqualTo(new FiscalYear(2025));
    assertThat(FiscalYear.of(LocalDate.of(2026, 4, 1))).isEqualTo(new FiscalYear(2026));
    assertThat(new FiscalYear(2019)).hasToString("令和元年度（2019年度）");
  }

  @ParameterizedTest
  @CsvSource({"5, 5年", "１０年, 10年", "100年間, 100年", "永年, 永年", "永久, 永年"})
  @DisplayName("保存年限は年数か永年")
  void readsKeeping(String typed, String shown) {
    assertThat(Keeping.parse(typed).map(Keeping::toString)).contains(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "101年", "五年", "-1", "5ヶ月"})
  @DisplayName("保存年限でないものは読まない")
  void readsNothingElseAsKeeping(String typed) {
    assertThat(Keeping.parse(typed)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'1,234.50', 1234.50",
    "－５, -5",
    "１２, 12",
    "'1,23', ",
    "1e9, ",
    "１２３４５６７８９０１２３４５６, ",
    "0x1, "
  })
  @DisplayName("数は全角でもコンマ付きでも読め、数でないものは読まない")
  void readsNumbers(String typed, @org.jspecify.annotations.Nullable String number) {
    assertThat(Item.number(typed).map(java.math.BigDecimal::toPlainString).orElse(null))
        .isEqualTo(number);
  }
}
