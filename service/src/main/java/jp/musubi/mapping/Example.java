package jp.musubi.mapping;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * 例. Mappings to begin with. They follow headings that are public or common; of no product is it
 * said that it writes so.
 */
enum Example {
  /**
   * An award list of eight columns without headings, in the order in which programs read what the
   * state publishes of awards (調達ポータル, 落札実績のオープンデータ; its own paper was not at hand): 調達案件番号,
   * 調達案件名称, 落札決定日, 落札価格, 府省コード, 入札方式コード, 商号又は名称, 法人番号.
   */
  AWARD(
      Target.AWARD,
      new Layout(Layout.Encoding.FOUND_OUT, Layout.Separator.COMMA, 0, false),
      List.of(
          "\"2026041900001\",\"庁舎清掃業務委託\",\"2026-04-19\",\"3300000\",\"00\",\"8002010\",\"株式会社 見本建設\",\"7000012050002\"",
          "\"2026041900002\",\"髙﨑地区 道路台帳整備業務\",\"2026-04-20\",\"12100000\",\"00\",\"8002010\",\"赤城測量 株式会社\",\"\"")),
  /** A register of those who may tender, with common headings. */
  SUPPLIERS(
      Target.SUPPLIERS,
      Layout.USUAL,
      List.of(
          "登録番号,商号又は名称,法人番号,代表者職名,代表者姓,代表者名,所在地,電話番号,メールアドレス",
          "00012345,株式会社 見本建設,7000012050002,代表取締役,例田,一郎,上毛市本町1-1,027-000-0100,ichiro@mihon.example",
          "00012346,赤城設計,,,例田,梅,上毛市赤城町2-2,027-000-0200,ume@akagi.example"));

  private final Target target;

  // A record of enums and numbers, and what List.of makes, are immutable; the checker cannot see
  // it.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Layout layout;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> lines;

  Example(Target target, Layout layout, List<String> lines) {
    this.target = target;
    this.layout = layout;
    this.lines = lines;
  }

  Target target() {
    return target;
  }

  Layout layout() {
    return layout;
  }

  /** A list as such a system would write it. */
  String csv() {
    return String.join("\r\n", lines) + "\r\n";
  }

  Map<Wanted, Rule> rules() {
    return switch (this) {
      case AWARD -> {
        var rules = new EnumMap<Wanted, Rule>(Wanted.class);
        rules.put(Wanted.CASE, numbered(1, Wanted.CASE));
        rules.put(Wanted.TITLE, numbered(2, Wanted.TITLE));
        rules.put(Wanted.AMOUNT, numbered(4, Wanted.AMOUNT));
        rules.put(Wanted.WINNER, numbered(7, Wanted.WINNER));
        rules.put(Wanted.CORPORATE_NUMBER, numbered(8, Wanted.CORPORATE_NUMBER));
        yield rules;
      }
      case SUPPLIERS -> Likeness.propose(target, List.of(lines.getFirst().split(",", -1)));
    };
  }

  private static Rule numbered(int column, Wanted wanted) {
    return Rule.of(new Column.Numbered(column), wanted.natural());
  }
}
