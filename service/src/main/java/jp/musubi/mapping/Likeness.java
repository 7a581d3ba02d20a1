package jp.musubi.mapping;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** 見出しの似方. Proposes which column is what, by what systems call it; a person decides. */
final class Likeness {
  private static final Map<Wanted, List<String>> WORDS =
      Map.ofEntries(
          Map.entry(Wanted.CASE, List.of("調達案件番号", "案件番号", "入札番号", "工事番号", "契約番号", "公告番号", "整理番号")),
          Map.entry(
              Wanted.TITLE,
              List.of("調達案件名称", "案件名称", "案件名", "工事名", "業務名", "委託名", "調達件名", "契約件名", "件名")),
          Map.entry(
              Wanted.SUPPLIER_CODE,
              List.of("業者番号", "業者コード", "業者登録番号", "登録番号", "資格者番号", "相手方コード", "債権者番号")),
          Map.entry(Wanted.CORPORATE_NUMBER, List.of("法人番号")),
          Map.entry(
              Wanted.WINNER,
              List.of("落札者", "落札業者", "商号又は名称", "商号または名称", "業者名", "受注者", "契約相手方", "相手方")),
          Map.entry(Wanted.WINNER_MAIL, List.of("メールアドレス", "電子メール", "メール", "mail", "email")),
          Map.entry(Wanted.AMOUNT, List.of("契約金額", "落札金額", "落札価格", "決定金額")),
          Map.entry(Wanted.CONTRACT_DATE, List.of("契約締結日", "契約年月日", "契約日")),
          Map.entry(
              Wanted.FROM, List.of("契約期間の開始日", "契約期間自", "履行期間自", "工期自", "契約開始日", "工期開始日", "着工日")),
          Map.entry(
              Wanted.UNTIL,
              List.of("契約期間の終了日", "契約期間至", "履行期間至", "工期至", "契約終了日", "工期終了日", "履行期限", "納入期限")),
          Map.entry(Wanted.OPENED, List.of("開札日", "開札日時", "開札年月日")),
          Map.entry(Wanted.NAME, List.of("商号又は名称", "商号または名称", "商号名称", "業者名", "名称", "商号")),
          Map.entry(Wanted.NUMBER, List.of("法人番号")),
          Map.entry(Wanted.CODE, List.of("業者番号", "業者コード", "業者登録番号", "登録番号", "資格者番号", "受付番号")),
          Map.entry(Wanted.ADDRESS, List.of("所在地", "住所", "本店所在地")),
          Map.entry(Wanted.PHONE, List.of("電話番号", "電話", "tel")),
          Map.entry(Wanted.NOTES, List.of("備考")),
          Map.entry(Wanted.PERSON, List.of("代表者氏名", "受任者氏名", "氏名", "代表者名", "担当者名")),
          Map.entry(Wanted.POSITION, List.of("代表者職名", "代表者役職", "職名", "役職", "肩書")),
          Map.entry(Wanted.MAIL, List.of("メールアドレス", "電子メール", "メール", "mail", "email")),
          Map.entry(Wanted.CAPACITY, List.of("立場")),
          Map.entry(Wanted.LAST_DAY, List.of("いつまで")));

  /** With these in its heading, a sum is another one than what the parties agree to. */
  private static final List<String> OTHER_SUMS = List.of("税抜", "税別", "予定価格", "最低制限", "見積", "入札書記載");

  private static final List<String> FAMILY = List.of("姓", "氏", "代表者姓", "代表者氏");
  private static final List<String> GIVEN = List.of("名", "代表者名");

  private Likeness() {}

  /** The rules that the headings suggest; none for what nothing is like. */
  static Map<Wanted, Rule> propose(Target target, List<String> headings) {
    var plain = headings.stream().map(Likeness::plain).toList();
    var taken = new HashSet<Integer>();
    var rules = new EnumMap<Wanted, Rule>(Wanted.class);
    // What is called exactly so goes before what only has the word in it.
    for (var exactly : new boolean[] {true, false}) {
      for (var wanted : target.wanted()) {
        if (!rules.containsKey(wanted)) {
          at(wanted, plain, taken, exactly)
              .ifPresent(at -> {
                taken.add(at);
                rules.put(wanted, Rule.of(column(headings, at), conversion(wanted, plain.get(at))));
              });
        }
      }
    }
    if (target == Target.SUPPLIERS) {
      name(headings, plain).ifPresent(rule -> rules.put(Wanted.PERSON, rule));
    }
    return rules;
  }

  /** The column, by its heading where that says which it is. */
  static Column column(List<String> headings, int at) {
    var heading = headings.get(at);
    return heading.isEmpty() || headings.lastIndexOf(heading) != headings.indexOf(heading)
        ? new Column.Numbered(at + 1)
        : new Column.Named(heading);
  }

  private static Optional<Integer> at(
      Wanted wanted, List<String> plain, Set<Integer> taken, boolean exactly) {
    for (var word : WORDS.getOrDefault(wanted, List.of())) {
      for (var i = 0; i < plain.size(); i++) {
        var heading = plain.get(i);
        var like = exactly ? heading.equals(word) : heading.contains(word);
        if (like && !taken.contains(i) && !(wanted == Wanted.AMOUNT && isOtherSum(heading))) {
          return Optional.of(i);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the heading says that it is another sum than that of the contract. */
  static boolean isOtherSum(String heading) {
    return OTHER_SUMS.stream().anyMatch(plain(heading)::contains);
  }

  private static Conversion conversion(Wanted wanted, String heading) {
    return wanted == Wanted.AMOUNT && heading.contains("千円")
        ? Conversion.THOUSAND_YEN
        : wanted.natural();
  }

  private static Optional<Rule> name(List<String> headings, List<String> plain) {
    var columns = new ArrayList<Column>();
    for (var words : List.of(FAMILY, GIVEN)) {
      for (var i = 0; i < plain.size(); i++) {
        if (words.contains(plain.get(i))) {
          columns.add(column(headings, i));
          break;
        }
      }
    }
    return columns.size() == 2
        ? Optional.of(new Rule(columns, true, "", Conversion.TEXT, Map.of()))
        : Optional.empty();
  }

  private static String plain(String heading) {
    return Normalizer.normalize(heading, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s\\p{Z}()\\[\\]「」【】・_:/*※-]", "");
  }
}
