package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.apache.pdfbox.cos.COSObjectKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("PDFの文法を厳しく読む")
class SyntaxTest {
  private static final String A64 = "a".repeat(64);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 0 obj null endobj",
        "1 0 obj true endobj",
        "1 0 obj false endobj",
        "1 0 obj -3 endobj",
        "1 0 obj +3.14 endobj",
        "1 0 obj 3. endobj",
        "1 0 obj .5 endobj",
        "1 0 obj 7 0 R endobj",
        "1 0 obj [1 0 R 2 3 true null /A (b) <0f> << >>] endobj",
        "1 0 obj [] endobj",
        "1 0 obj [ 1 2 3 ] endobj",
        "1 0 obj [1(a)2<00>3/A] endobj",
        "1 0 obj /Name endobj",
        "1 0 obj /Na#6De endobj",
        "1 0 obj (a (nested) text) endobj",
        "1 0 obj (a \\) lonely one) endobj",
        "1 0 obj () endobj",
        "1 0 obj <0123456789 abcdef ABCDEF> endobj",
        "1 0 obj <> endobj",
        "1 0 obj << /A 1 /B << /A 2 >> >> endobj",
        "1 0 obj<</A/B>>endobj",
        "1\n0\robj\t\f\0null\nendobj",
        "1 0 obj << /Length 3 >> stream\nabc\nendstream endobj",
        "1 0 obj << /Length 3 >> stream\r\nabc\r\nendstream endobj",
        "1 0 obj << /Length 3 >> stream\nabc\rendstream endobj",
        "1 0 obj << /Length 3 >> stream\nabcendstream endobj",
        "1 0 obj << /Length 0 >> stream\nendstream endobj",
        "9999999999 65535 obj null endobj",
      })
  @DisplayName("規格どおりの物は、終わりまで読む")
  void readsWhatTheStandardAllows(String text) throws Syntax.Unreadable {
    var syntax = new Syntax(content(text), 0, text.length());

    var object = syntax.indirect();

    assertThat(object.span()).isEqualTo(new Syntax.Span(0, text.length()));
    assertThat(syntax.atEnd()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99999999999 0 obj null endobj",
        "1 100000 obj null endobj",
        "x 0 obj null endobj",
        "-1 0 obj null endobj",
        "1 0obj null endobj",
        "10 obj null endobj",
        "1 0 obj null",
        "1 0 obj null endobk",
        "1 0 obj",
        "1 0 obj nul endobj",
        "1 0 obj --3 endobj",
        "1 0 obj 3.1.4 endobj",
        "1 0 obj 12345678901234567890 endobj",
        "1 0 obj . endobj",
        "1 0 obj 7 0 endobj",
        "1 0 obj 7 100000 R endobj",
        "1 0 obj 12345678901 0 R endobj",
        "1 0 obj 7 0 S endobj",
        "1 0 obj [1 endobj",
        "1 0 obj ] endobj",
        "1 0 obj /A# endobj",
        "1 0 obj /A#4 endobj",
        "1 0 obj /A#4g endobj",
        "1 0 obj (a (b) endobj",
        "1 0 obj (a\\) endobj",
        "1 0 obj <0g> endobj",
        "1 0 obj <0:> endobj",
        "1 0 obj <0@> endobj",
        "1 0 obj <0/> endobj",
        "1 0 obj <0G> endobj",
        "1 0 obj <0`> endobj",
        "1 0 obj <00 endobj",
        "1 0 obj << /A 1 /A 2 >> endobj",
        "1 0 obj << /A 1 /#41 2 >> endobj",
        "1 0 obj << A 1 >> endobj",
        "1 0 obj << /A >> endobj",
        "1 0 obj << /A 1 > endobj",
        "1 0 obj << /A 1 >> 2 endobj",
        "1 0 obj { } endobj",
        "1 0 obj null % remark\nendobj",
        "1 0 obj << >> stream\nabc\nendstream endobj",
        "1 0 obj << /Length 2 >> stream\nabc\nendstream endobj",
        "1 0 obj << /Length 9 >> stream\nabc\nendstream endobj",
        "1 0 obj << /Length 999 >> stream\nabc\nendstream endobj",
        "1 0 obj << /Length 3 0 R >> stream\nabc\nendstream endobj",
        "1 0 obj << /Length -3 >> stream\nabc\nendstream endobj",
        "1 0 obj << /Length 3 >> stream\rabc\nendstream endobj",
        "1 0 obj << /Length 3 >> stream abc\nendstream endobj",
        "1 0 obj << /Length 3 >> stream\nabc\n\nendstream endobj",
        "1 0 obj << /Length 3 >> stream\nabc\nendstrean endobj",
      })
  @DisplayName("閲覧ソフトなら見逃す崩れを、見逃さない")
  void refusesWhatReadersForgive(String text) {
    assertThatThrownBy(() -> new Syntax(content(text), 0, text.length()).indirect())
        .isInstanceOf(Syntax.Unreadable.class)
        .hasMessageContaining(" at byte ");
  }

  @Test
  @DisplayName("物の番号、辞書の項目の場所、データの場所を言う")
  void saysWhereThingsStand() throws Syntax.Unreadable {
    var text = "%x\n12 3 obj << /A (b) /Length 3 >> stream\nabc\nendstream endobj";

    var object = new Syntax(content(text), 3, text.length()).indirect();

    assertThat(object.key()).isEqualTo(new COSObjectKey(12, 3));
    assertThat(object.span()).isEqualTo(new Syntax.Span(3, text.length()));
    assertThat(object.entries())
        .containsOnly(
            java.util.Map.entry("A", span(text, "(b)")),
            java.util.Map.entry("Length", new Syntax.Span(30, 31)));
    assertThat(text.substring(30, 31)).isEqualTo("3");
    assertThat(object.data()).isEqualTo(span(text, "abc"));
  }

  static Stream<Arguments> limits() {
    return Stream.of(
        Arguments.of("1 0 obj " + "[".repeat(64) + "]".repeat(64) + " endobj", true),
        Arguments.of("1 0 obj " + "[".repeat(65) + "1" + "]".repeat(65) + " endobj", false),
        Arguments.of("1 0 obj " + "<</A".repeat(64) + " 1" + ">>".repeat(64) + " endobj", true),
        Arguments.of("1 0 obj " + "<</A".repeat(65) + " 1" + ">>".repeat(65) + " endobj", false),
        Arguments.of("1 0 obj /" + A64.repeat(8) + " endobj", true),
        Arguments.of("1 0 obj /" + A64.repeat(8) + "a endobj", false),
        Arguments.of("1 0 obj 0." + "1".repeat(19) + " endobj", true),
        Arguments.of("1 0 obj 0." + "1".repeat(80) + " endobj", false));
  }

  @ParameterizedTest
  @MethodSource("limits")
  @DisplayName("入れ子と名前と数には限りがある")
  void limitsDepthAndLength(String text, boolean readable) {
    var syntax = new Syntax(content(text), 0, text.length());
    if (readable) {
      org.assertj.core.api.Assertions.assertThatCode(syntax::indirect).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(syntax::indirect).isInstanceOf(Syntax.Unreadable.class);
    }
  }

  @Test
  @DisplayName("与えられた範囲の外は読まない")
  void staysWithinItsBounds() {
    var text = "1 0 obj [/A(b)<00>1 true 2 0 R<</B/C>>] endobj";
    for (var end = 0; end < text.length(); end++) {
      var syntax = new Syntax(content(text), 0, end);
      assertThatThrownBy(syntax::indirect)
          .as("up to %d", end)
          .isInstanceOf(Syntax.Unreadable.class);
      var cut = new Syntax(content(text.substring(0, end)), 0, text.length());
      assertThatThrownBy(cut::indirect).as("cut at %d", end).isInstanceOf(Syntax.Unreadable.class);
    }
    var behind = new Syntax(content("abc"), 1, 99);
    assertThat(behind.holds("bc")).isTrue();
    assertThat(behind.holds("bcd")).isFalse();
    assertThat(behind.holds("a")).isFalse();
    assertThat(behind.position()).isEqualTo(1);
    assertThat(behind.atEnd()).isFalse();
    assertThat(new Syntax(content("abc"), 0, 2).holds("abc")).isFalse();
  }

  @Test
  @DisplayName("行末はLF、CR LF、CRのいずれか一つ")
  void knowsEndsOfLines() throws Syntax.Unreadable {
    for (var end : new String[] {"\n", "\r\n", "\r"}) {
      var syntax = new Syntax(content(end + "x"), 0, end.length() + 1);
      syntax.expectEndOfLine();
      assertThat(syntax.position()).isEqualTo(end.length());
    }
    var alone = new Syntax(content("\r"), 0, 1);
    alone.expectEndOfLine();
    assertThat(alone.atEnd()).isTrue();
    assertThatThrownBy(() -> new Syntax(content(" \n"), 0, 2).expectEndOfLine())
        .hasMessage("'\n' is expected at byte 0");
    assertThatThrownBy(() -> new Syntax(content(""), 0, 0).expectEndOfLine())
        .isInstanceOf(Syntax.Unreadable.class);
  }

  @Test
  @DisplayName("トレーラーの辞書は、物でなくても読む")
  void readsATrailersDictionary() throws Syntax.Unreadable {
    var text = "<</Size 9/Root 1 0 R>>";
    assertThat(new Syntax(content(text), 0, text.length()).dictionary())
        .containsOnly(
            java.util.Map.entry("Size", span(text, "9")),
            java.util.Map.entry("Root", span(text, "1 0 R")));
  }

  @Test
  @DisplayName("数は、数字だけを、決まった桁まで")
  void readsNumbers() throws Syntax.Unreadable {
    assertThat(new Syntax(content("0090/"), 0, 5).number(4)).isEqualTo(90);
    assertThat(new Syntax(content("12"), 0, 1).number(4)).isEqualTo(1);
    assertThatThrownBy(() -> new Syntax(content("12345"), 0, 5).number(4))
        .hasMessageContaining("a number is too long");
    assertThatThrownBy(() -> new Syntax(content(":"), 0, 1).number(4))
        .hasMessageContaining("a number is expected");
  }

  private static Syntax.Span span(String text, String part) {
    return new Syntax.Span(text.indexOf(part), text.indexOf(part) + part.length());
  }

  private static Content content(String text) {
    return Content.of(text.getBytes(ISO_8859_1));
  }
}
