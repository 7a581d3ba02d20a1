package jp.musubi.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.platform.web.FormReader;
import jp.musubi.seal.appearance.PageSize;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("入力項目の決まり")
class InputRulesTest {
  /** A4, 210 by 297 millimetres. */
  private static final List<PageSize> A4 = List.of(new PageSize(595.28f, 841.89f));

  private static final InputBox BOX = new InputBox(1, 300, 500, 800, 80);

  @Test
  @DisplayName("欄は、あるページの中に、読める大きさでだけ置ける")
  void standsWithinAPage() {
    assertThat(BOX.refusedOn(A4)).isEmpty();
    assertThat(new InputBox(1, 0, 0, 2100, 2970).refusedOn(A4)).isEmpty();
    assertThat(new InputBox(2, 0, 0, 100, 100).refusedOn(A4)).contains(new Misplaced.NoSuchPage(1));
    assertThat(new InputBox(0, 0, 0, 100, 100).refusedOn(A4)).contains(new Misplaced.NoSuchPage(1));
    assertThat(new InputBox(1, 2001, 0, 100, 100).refusedOn(A4))
        .contains(new Misplaced.Outside(2100, 2970));
    assertThat(new InputBox(1, 0, 2871, 100, 100).refusedOn(A4))
        .contains(new Misplaced.Outside(2100, 2970));
    assertThat(new InputBox(1, 0, 0, 29, 100).refusedOn(A4)).contains(new Misplaced.TooSmall());
  }

  @Test
  @DisplayName("必須の欄どうしは重ならない。辺で接するのと、任意の欄と重なるのはよい")
  void doesNotLieOverAnotherThatHasToBeFilled() {
    var there = field("着手日", new InputKind.Text(10), true, BOX);
    var over = field("完了日", new InputKind.Text(10), true, new InputBox(1, 1099, 579, 100, 100));
    assertThat(over.refused(List.of(there), A4)).contains(new Misplaced.Over("着手日"));
    assertThat(over.at(new InputBox(1, 1100, 500, 100, 100)).refused(List.of(there), A4)).isEmpty();
    var free = field("備考", new InputKind.Text(10), false, BOX);
    assertThat(over.refused(List.of(free), A4)).isEmpty();
    assertThat(there.refused(List.of(there), A4)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "１２,3４５|12345|",
        "▲１００|-100|input.wrong.number.between",
        "99|99|input.wrong.number.between",
        "20000001|20000001|input.wrong.number.between",
        "100|100|",
        "1.5||input.wrong.number",
        "壱||input.wrong.number",
        "99999999999999999999||input.wrong.number",
        "||web.wrong.empty"
      })
  @DisplayName("数値は全角でも桁区切りでも読み、範囲の外は言葉で断る")
  void readsNumbers(String line) {
    var cells = line.split("\\|", -1);
    var kind = new InputKind.Figure(OptionalLong.of(100), OptionalLong.of(20_000_000));
    reads(field("数量", kind, true, BOX), cells[0], cells[1], cells[2]);
  }

  @Test
  @DisplayName("日付は和暦でも西暦でも読み、範囲の外は言葉で断る")
  void readsDays() {
    var kind =
        new InputKind.Day(
            Optional.of(LocalDate.of(2026, 4, 1)), Optional.of(LocalDate.of(2027, 3, 31)));
    var field = field("着手日", kind, true, BOX);
    reads(field, "令和８年４月１日", "2026-04-01", "");
    reads(field, "2027/3/31", "2027-03-31", "");
    reads(field, "R8.3.31", "2026-03-31", "input.wrong.day.between");
    reads(field, "2027/4/1", "2027-04-01", "input.wrong.day.between");
    reads(field, "令和8年2月30日", "", "web.wrong.day");
    reads(field, " ", "", "web.wrong.empty");
    assertThat(field.drawn("2026-04-01")).isEqualTo("令和8年4月1日");
  }

  @Test
  @DisplayName("文字は打ったとおりに残り、長すぎるものと見えない文字は断る")
  void readsTexts() {
    var field = field("商号", new InputKind.Text(3), true, BOX);
    reads(field, " 葛󠄀𠮷髙 ", "葛󠄀𠮷髙", "");
    reads(field, "葛󠄀𠮷髙﨑", "葛󠄀𠮷髙﨑", "web.wrong.long");
    reads(field, "a\u202eb", "a\u202eb", "web.wrong.unfit");
    reads(field, "", "", "web.wrong.empty");
    reads(field("備考", new InputKind.Text(3), false, BOX), "", "", "");
  }

  @Test
  @DisplayName("チェックと選択は、あるものだけを受け取る")
  void readsTicksAndChoices() {
    reads(field("承諾", new InputKind.Tick(), true, BOX), "", "", "input.wrong.tick");
    reads(field("承諾", new InputKind.Tick(), true, BOX), "true", "true", "");
    reads(field("承諾", new InputKind.Tick(), false, BOX), "yes", "", "");
    var choice = new InputKind.Choice(List.of("前払", "精算払"));
    reads(field("支払", choice, true, BOX), "前払", "前払", "");
    reads(field("支払", choice, true, BOX), "後払", "", "input.wrong.choice");
    reads(field("支払", choice, true, BOX), "", "", "input.wrong.choice");
    reads(field("支払", choice, false, BOX), "", "", "");
    reads(field("支払", choice, false, BOX), "後払", "", "input.wrong.choice");
  }

  private static void reads(InputField field, String typed, String kept, String wrong) {
    var reader = new FormReader();
    assertThat(InputReading.read(field, typed, reader)).as(typed).isEqualTo(kept);
    assertThat(reader.wrong().values().stream().map(text -> text.key()).toList())
        .as(typed)
        .isEqualTo(wrong.isEmpty() ? List.of() : List.of(wrong));
  }

  private static InputField field(String label, InputKind kind, boolean mandatory, InputBox box) {
    return new InputField(UUID.randomUUID(), 0, label, kind, 1, mandatory, box, 105, "");
  }
}
