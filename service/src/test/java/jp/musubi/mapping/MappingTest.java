package jp.musubi.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("対応付け")
class MappingTest {
  private static final Charset CP932 = Charset.forName("windows-31j");

  @ParameterizedTest(name = "{0} {1}")
  @DisplayName("金額、日付、番号、コードは、決められた読み方だけで読み、当て推量をしない")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TEXT             | ' 髙﨑 '              | ' 髙﨑 '
          YEN              | 1234000               | 1234000
          YEN              | '￥１，２３４，０００' | 1234000
          YEN              | 1,234,000円           | 1234000
          YEN              | 金 1,234 円           | 1234
          YEN              | 0                     | 0
          YEN              | 1,234千円             | -
          YEN              | 1,23                  | -
          YEN              | 1234.5                | -
          YEN              | -1234                 | -
          YEN              | △1234                | -
          YEN              | 1,100円（税込）       | -
          YEN              | 99999999999999        | -
          THOUSAND_YEN     | 1,234                 | 1234000
          THOUSAND_YEN     | １２３４千円          | 1234000
          THOUSAND_YEN     | 12.5                  | 12500
          THOUSAND_YEN     | 0.001                 | 1
          THOUSAND_YEN     | 1,234円               | -
          THOUSAND_YEN     | 12.3456               | -
          THOUSAND_YEN     | 9999999999.999        | 9999999999999
          THOUSAND_YEN     | 10,000,000,000        | -
          DAY              | R8.4.1                | 令和8年4月1日
          DAY              | 令和8年4月1日         | 令和8年4月1日
          DAY              | 20260401              | 令和8年4月1日
          DAY              | ２０２６０４０１      | 令和8年4月1日
          DAY              | 2026/4/1              | 令和8年4月1日
          DAY              | 2026-04-01            | 令和8年4月1日
          DAY              | 2026/4/1 10:00        | 令和8年4月1日
          DAY              | 2026/04/01 10:00:00   | 令和8年4月1日
          DAY              | 令和8年4月1日 10時30分 | 令和8年4月1日
          DAY              | 20260230              | -
          DAY              | 080401                | -
          DAY              | 8.4.1                 | -
          DAY              | 46113                 | -
          CODES            | 01                    | 工事
          CODES            | 1                     | -
          CORPORATE_NUMBER | 7000012050002         | 7000012050002
          CORPORATE_NUMBER | ７００００-１２０５０００２ | 7000012050002
          CORPORATE_NUMBER | 1000012050002         | -
          CORPORATE_NUMBER | 7.00001E+12           | -
          """)
  void readsByAClosedList(Conversion conversion, String theirs, String ours) {
    var outcome = conversion.read(theirs, Map.of("01", "工事"));
    if (ours.equals("-")) {
      assertThat(outcome).isInstanceOf(Conversion.Outcome.Unfit.class);
    } else {
      assertThat(outcome).isEqualTo(new Conversion.Outcome.Read(ours));
    }
    assertThat(conversion.read("", Map.of())).isEqualTo(new Conversion.Outcome.Read(""));
  }

  @Test
  @DisplayName("文字コード、区切り、見出しの前の行、見出しのない一覧を、決めたとおりに読む")
  void readsTheirList() {
    var tabbed = "落札結果一覧\t\r\n作成日 \"令和8年\r\n件名\t落札者\r\n髙﨑橋\t\"株式会社\t﨑\"\r\n\t\r\n①\t\r\n";
    var list =
        read(
            tabbed.getBytes(CP932),
            new Layout(Layout.Encoding.FOUND_OUT, Layout.Separator.TAB, 2, true));
    assertThat(list.headings()).containsExactly("件名", "落札者");
    assertThat(list.lines())
        .containsExactly(
            new ForeignList.Line(4, List.of("髙﨑橋", "株式会社\t﨑")),
            new ForeignList.Line(6, List.of("①", "")));

    var bare =
        read(
            "\uFEFF\"1\",\"𠮷野橋\"\r\n".getBytes(StandardCharsets.UTF_8),
            new Layout(Layout.Encoding.UTF_8, Layout.Separator.COMMA, 0, false));
    assertThat(bare.headings()).containsExactly("", "");
    assertThat(bare.lines()).containsExactly(new ForeignList.Line(1, List.of("1", "𠮷野橋")));
  }

  @Test
  @DisplayName("壊れた一覧、悪意のある一覧は、どこがおかしいかを言葉で示して断る")
  void refusesWhatIsNoList() {
    assertThat(why("a,b\r\nx\0,y\r\n")).isEqualTo("mapping.unfit.nul");
    assertThat(why("a,b\r\n\"x,y\r\n")).isEqualTo("mapping.unfit.quotes");
    assertThat(why("a,b\r\n\"x\"y,z\r\n")).isEqualTo("mapping.unfit.quotes");
    assertThat(why(",".repeat(1_000_000))).isEqualTo("mapping.unfit.columns");
    assertThat(why("a\r\n" + "x".repeat(10_001))).isEqualTo("mapping.unfit.long");
    assertThat(why(",,\r\na,b,c\r\n")).isEqualTo("mapping.unfit.noHeading");
    assertThat(why("")).isEqualTo("mapping.unfit.empty");
    assertThat(why("a\r\n1\r\n2\r\n3\r\n4\r\n")).isEqualTo("mapping.unfit.lines");
    // Half of a surrogate in UTF-8 (CESU), which is no CP932 either.
    assertThat(why(new byte[] {'a', '\n', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '\n'}))
        .isEqualTo("mapping.unfit.encoding.FOUND_OUT");
    assertThat(
            ForeignList.read(
                "髙".getBytes(CP932),
                new Layout(Layout.Encoding.UTF_8, Layout.Separator.COMMA, 0, true),
                3))
        .isEqualTo(
            new ForeignList.Reading.Unfit(
                jp.musubi.platform.web.Text.of("mapping.unfit.encoding.UTF_8")));
    assertThat(
            ForeignList.read(
                "a\nb".getBytes(CP932),
                new Layout(Layout.Encoding.UTF_8, Layout.Separator.COMMA, 9, true),
                3))
        .isInstanceOf(ForeignList.Reading.Unfit.class);
  }

  @Test
  @DisplayName("欄ごとに読み、読めない欄は行と列と言葉で示し、ほかの欄はそのまま読む")
  void readsCellByCell() {
    var rules = new EnumMap<Wanted, Rule>(Wanted.class);
    rules.put(Wanted.CASE, named("案件番号", Conversion.TEXT));
    rules.put(Wanted.TITLE, named("件名", Conversion.TEXT));
    rules.put(Wanted.AMOUNT, named("落札金額", Conversion.YEN));
    rules.put(
        Wanted.WINNER,
        new Rule(
            List.of(new Column.Named("姓"), new Column.Numbered(5)),
            true,
            "",
            Conversion.TEXT,
            Map.of()));
    rules.put(Wanted.IDENTIFICATION, Rule.fixed("なし"));
    var list =
        read(
            ("案件番号,件名,落札金額,姓,,納入場所,備考,備考\r\n"
                    + "1,=cmd|'/c'!A1,￥100,例田,一郎,本庁,x,y,\r\n"
                    + "2,外字\uE000,百円,例田,,本庁,x,y\r\n"
                    + "3,\u202e橋,1,,梅,本庁,x,y\r\n"
                    + "4,短い行\r\n"
                    + "5,長い行,1,,,,,,あふれ\r\n")
                .getBytes(StandardCharsets.UTF_8),
            Layout.USUAL);
    var rows = ((Mapped.Reading.Read) Mapped.of(list, rules)).list().rows();

    assertThat(rows.getFirst().findings()).isEmpty();
    assertThat(rows.getFirst().values())
        .containsOnly(
            Map.entry(Wanted.CASE, "1"),
            Map.entry(Wanted.TITLE, "=cmd|'/c'!A1"),
            Map.entry(Wanted.AMOUNT, "100"),
            Map.entry(Wanted.WINNER, "例田 一郎"),
            Map.entry(Wanted.IDENTIFICATION, "なし"));
    assertThat(rows.getFirst().theirs()).containsEntry("納入場所", "本庁").doesNotContainKey("備考");
    assertThat(findings(rows.get(1)))
        .containsExactly("件名 mapping.unfit.gaiji", "契約金額（落札金額） mapping.unfit.YEN");
    assertThat(rows.get(1).value(Wanted.WINNER)).isEqualTo("例田");
    assertThat(findings(rows.get(2))).singleElement().asString().startsWith("件名 web.wrong.");
    assertThat(findings(rows.get(3))).containsExactly(" mapping.unfit.cells");
    assertThat(findings(rows.get(4))).containsExactly(" mapping.unfit.cells");
    assertThat(rows).extracting(Mapped.Row::line).containsExactly(2, 3, 4, 5, 6);
  }

  @Test
  @DisplayName("ない列、同じ見出しの列は決めずに断り、列の番号では読む")
  void decidesNothingBetweenTwoColumns() {
    var list = read("件名,件名,\r\n橋,道,川\r\n".getBytes(StandardCharsets.UTF_8), Layout.USUAL);
    assertThat(unfit(list, named("件名", Conversion.TEXT))).isEqualTo("mapping.unfit.twice");
    assertThat(unfit(list, named("名称", Conversion.TEXT))).isEqualTo("mapping.unfit.missing");
    assertThat(unfit(list, Rule.of(new Column.Numbered(4), Conversion.TEXT)))
        .isEqualTo("mapping.unfit.missing");
    var byPlace =
        Mapped.of(list, Map.of(Wanted.TITLE, Rule.of(new Column.Numbered(3), Conversion.TEXT)));
    assertThat(((Mapped.Reading.Read) byPlace).list().rows().getFirst().value(Wanted.TITLE))
        .isEqualTo("川");
  }

  @Test
  @DisplayName("見出しの似方から列を見当づけ、税抜や予定価格は契約金額にせず、二重の見出しは番号で選ぶ")
  void proposesByLikeness() {
    var rules =
        Likeness.propose(
            Target.AWARD,
            List.of(
                "No.",
                "調達案件番号",
                "案件名称",
                "開札日時",
                "予定価格(税抜)",
                "落札金額（税抜）",
                "落札価格（千円）",
                "業者番号",
                "商号又は名称",
                "法人番号",
                "ﾒｰﾙｱﾄﾞﾚｽ"));
    assertThat(rules)
        .containsEntry(Wanted.CASE, named("調達案件番号", Conversion.TEXT))
        .containsEntry(Wanted.TITLE, named("案件名称", Conversion.TEXT))
        .containsEntry(Wanted.OPENED, named("開札日時", Conversion.DAY))
        .containsEntry(Wanted.AMOUNT, named("落札価格（千円）", Conversion.THOUSAND_YEN))
        .containsEntry(Wanted.SUPPLIER_CODE, named("業者番号", Conversion.TEXT))
        .containsEntry(Wanted.CORPORATE_NUMBER, named("法人番号", Conversion.CORPORATE_NUMBER))
        .containsEntry(Wanted.WINNER, named("商号又は名称", Conversion.TEXT))
        .containsEntry(Wanted.WINNER_MAIL, named("ﾒｰﾙｱﾄﾞﾚｽ", Conversion.TEXT))
        .doesNotContainKey(Wanted.CONTRACT_DATE);
    assertThat(Likeness.isOtherSum("落札金額 （税抜）")).isTrue();

    var person = Likeness.propose(Target.SUPPLIERS, List.of("名称", "代表者姓", "代表者名", "", "住所", "住所"));
    assertThat(person)
        .containsEntry(
            Wanted.PERSON,
            new Rule(
                List.of(new Column.Named("代表者姓"), new Column.Named("代表者名")),
                true,
                "",
                Conversion.TEXT,
                Map.of()))
        .containsEntry(Wanted.ADDRESS, Rule.of(new Column.Numbered(5), Conversion.TEXT));
  }

  @Test
  @DisplayName("例は、例の一覧をすべて読める")
  void readsItsExamples() {
    for (var example : Example.values()) {
      var list = read(example.csv().getBytes(StandardCharsets.UTF_8), example.layout());
      assertThat(Mapping.missing(example.target(), example.rules())).isEmpty();
      var rows = ((Mapped.Reading.Read) Mapped.of(list, example.rules())).list().rows();
      assertThat(rows).hasSize(2).allSatisfy(row -> assertThat(row.findings()).isEmpty());
    }
    assertThat(Mapping.missing(Target.AWARD, Map.of())).isPresent();
    assertThat(
            Mapping.missing(Target.AWARD, Map.of(Wanted.TITLE, Rule.fixed("件名"))).map(t -> t.key()))
        .isEqualTo(Optional.of("mapping.wrong.winner"));
  }

  @Test
  @DisplayName("見本は画面のあいだを変わらずに渡り、作り変えられたものは読まない")
  void carriesTheSample() {
    var list =
        read("a,\"b,\"\"c\"\r\n1,\"二\r\n行\"\r\n".getBytes(StandardCharsets.UTF_8), Layout.USUAL);
    assertThat(Sample.read(Sample.written(list))).contains(list);
    Stream.of("", "%%%", base64("x"), base64("0,a\r\n"), base64("-1,a\r\n1,b"), base64("0,\"a"))
        .forEach(hostile -> assertThat(Sample.read(hostile)).as(hostile).isEmpty());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Rule named(String heading, Conversion conversion) {
    return Rule.of(new Column.Named(heading), conversion);
  }

  private static ForeignList read(byte[] file, Layout layout) {
    return ((ForeignList.Reading.Read) ForeignList.read(file, layout, 100)).list();
  }

  private static String why(String text) {
    return why(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String why(byte[] file) {
    return ((ForeignList.Reading.Unfit) ForeignList.read(file, Layout.USUAL, 3)).why().key();
  }

  private static String unfit(ForeignList list, Rule rule) {
    return ((Mapped.Reading.Unfit) Mapped.of(list, Map.of(Wanted.TITLE, rule))).why().key();
  }

  private static List<String> findings(Mapped.Row row) {
    return row.findings().stream()
        .map(finding -> finding.column() + " " + finding.why().key())
        .toList();
  }
}
