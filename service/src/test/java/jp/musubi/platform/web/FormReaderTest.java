package jp.musubi.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("入力の読み取り")
class FormReaderTest {
  private final FormReader reader = new FormReader();

  @Test
  @DisplayName("名前の異体字・旧字・互換漢字は入力のまま残す")
  void keepsNamesExactlyAsTyped() {
    for (var name : List.of("葛󠄀城 太郎", "𠮷田 一郎", "髙橋 花子", "神谷 次郎", "塚本 三郎", "福田 隆")) {
      assertThat(reader.line("name", name, 50, true)).isEqualTo(name);
    }
    assertThat(reader.wrong()).isEmpty();
  }

  @Test
  @DisplayName("文字数は人が数える字数で数える")
  void countsCharactersAsAPersonDoes() {
    reader.line("name", "葛󠄀".repeat(50), 50, true);
    assertThat(reader.wrong()).isEmpty();
    reader.line("name", "葛󠄀".repeat(51), 50, true);
    assertThat(reader.wrong()).containsOnlyKeys("name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "例田\r\nBcc: x@example.jp",
        "例田\n一郎",
        "例田\u202e郎一",
        "例田\u2066一郎",
        "例田\u200b一郎",
        "例田\u0000",
        "\ud842",
        "例田\ufeff一郎"
      })
  @DisplayName("改行・双方向制御・見えない文字・壊れた字は受け付けない")
  void refusesWhatNoNameNeeds(String name) {
    reader.line("name", name, 50, true);
    assertThat(reader.wrong())
        .hasEntrySatisfying("name", wrong -> assertThat(wrong.key()).isEqualTo("web.wrong.unfit"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ichiro@example.jp",
        "ichiro.reida+keiyaku@mail.example.co.jp",
        "ｉｃｈｉｒｏ＠ｅｘａｍｐｌｅ．ｊｐ",
        "  ichiro@example.jp "
      })
  @DisplayName("メールアドレスは全角でも読める")
  void readsMailAddresses(String mail) {
    assertThat(reader.mail("mail", mail)).endsWith(".jp").isEqualTo(reader.mail("m", mail));
    assertThat(reader.wrong()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ichiro",
        "ichiro@",
        "@example.jp",
        "ichiro@example",
        "ichiro..reida@example.jp",
        ".ichiro@example.jp",
        "ichiro@example..jp",
        "ichiro@-example.jp",
        "ichiro@example.jp,jiro@example.jp",
        "ichiro@example.jp\r\nBcc: jiro@example.jp",
        "ichiro reida@example.jp",
        "\"ichiro\"@example.jp",
        "ichiro@[192.0.2.1]",
        "例田@example.jp"
      })
  @DisplayName("メールアドレスの形でないものは受け付けない")
  void refusesWhatIsNoMailAddress(String mail) {
    reader.mail("mail", mail);
    assertThat(reader.wrong()).containsOnlyKeys("mail");
  }

  @Test
  @DisplayName("@の前が64字を超えるアドレス、全体が254字を超えるアドレスは受け付けない")
  void refusesMailAddressesTooLong() {
    reader.mail("local", "a".repeat(65) + "@example.jp");
    reader.mail("whole", "a@" + "b".repeat(60) + ("." + "c".repeat(60)).repeat(4) + ".jp");
    reader.mail("endless", "a.".repeat(500_000) + "a@example.jp");
    reader.mail("fits", "a".repeat(64) + "@example.jp");
    assertThat(reader.wrong()).containsOnlyKeys("local", "whole", "endless");
  }

  @Test
  @DisplayName("金額は全角・桁区切り・円付きで読み、空欄は単価契約")
  void readsSums() {
    assertThat(reader.yen("amount", "１２，９８０，０００円")).isEqualTo(OptionalLong.of(12_980_000));
    assertThat(reader.yen("amount", "")).isEmpty();
    assertThat(reader.wrong()).isEmpty();
    reader.yen("amount", "-1");
    assertThat(reader.wrong()).containsOnlyKeys("amount");
  }

  @Test
  @DisplayName("日付は和暦でも西暦でも読む")
  void readsDaysByBothCalendars() {
    for (var day : List.of("令和8年12月4日", "R8.12.4", "２０２６／１２／４", "2026-12-04")) {
      assertThat(reader.day("day", day)).contains(LocalDate.of(2026, 12, 4));
    }
    assertThat(reader.wrong()).isEmpty();
    assertThat(reader.day("day", "令和8年2月30日")).isEmpty();
    assertThat(reader.wrong()).containsOnlyKeys("day");
  }
}
