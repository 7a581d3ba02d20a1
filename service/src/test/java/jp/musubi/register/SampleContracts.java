package jp.musubi.register;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import jp.musubi.platform.JapaneseDates;

/**
 * 見本の契約. Contracts as a body of some size has them over five years, from a seed: the same seed
 * gives the same contracts. Titles of places and works, names with 異体字 and 外字, days as people type
 * them. Every one is fictional.
 */
final class SampleContracts {
  static final Instant FIRST = Instant.parse("2021-04-01T00:00:00Z");
  private static final Duration ALL = Duration.ofDays(5 * 365);

  static final List<String> TOWNS =
      List.of(
          "髙﨑町", "赤城", "榛名", "妙義", "葛󠄀城", "霞ヶ丘", "東﨑", "上ノ原", "中之条", "鶴舞", "桑原", "瀧川", "濵町", "大澤",
          "廣瀬", "櫻台", "國府", "齋田", "北嶋", "藏前", "神邉", "竜ケ崎", "辻󠄀", "𠮷岡");
  static final List<String> PLACES =
      List.of(
          "橋", "川", "小学校", "中学校", "公民館", "保育所", "水道庁舎", "ごみ処理場", "給食センター", "団地", "消防団詰所", "市民ホール",
          "排水機場", "観光案内所", "図書館分館", "線", "地区", "公園", "墓園", "体育館");
  static final List<String> WORKS =
      List.of(
          "舗装修繕工事",
          "清掃業務委託",
          "保守点検業務",
          "測量設計業務委託",
          "コピー用紙の購入",
          "ＰＣ端末の賃借",
          "耐震補強工事",
          "警備業務委託",
          "燃料の購入（単価契約）",
          "橋梁点検業務",
          "システム運用業務",
          "樹木剪定業務",
          "給食調理業務委託",
          "消火器の購入",
          "街路灯改修工事",
          "除雪業務委託",
          "ｴﾚﾍﾞｰﾀｰ保守業務",
          "健康診断業務委託",
          "印刷製本",
          "下水道管更生工事",
          "空調設備更新工事",
          "屋上防水工事",
          "地籍調査業務",
          "広報配布業務",
          "ワクチンの購入",
          "電力の供給",
          "道路台帳補正業務",
          "廃棄物収集運搬業務",
          "遊具の更新",
          "法律相談業務");
  static final List<String> NAMES =
      List.of(
          "見本", "例田", "髙橋", "斎藤", "齋藤", "𠮷田", "渡邉", "渡辺", "濵田", "上毛", "赤城", "榛名", "櫻井", "廣瀬",
          "葛󠄀西", "辻󠄀村", "邊見", "小嶋", "澤口", "壽", "鷗", "塚󠄁本");
  static final List<String> TRADES =
      List.of("建設", "工業", "商店", "サービス", "測量設計", "電機", "石油", "造園", "情報システム", "組", "水道", "印刷");
  static final List<String> FORMS =
      List.of("株式会社 %s", "%s株式会社", "有限会社%s", "合同会社 %s", "（株）%s", "%s協同組合");

  /** Of one contract in a hundred thousand. */
  static final String RARE = "臨時接種会場の設営";

  private final long seed;
  private final long count;
  private final int sections;

  SampleContracts(long seed, long count, int sections) {
    this.seed = seed;
    this.count = count;
    this.sections = sections;
  }

  /**
   * One contract.
   *
   * @param year of 令和, in its title
   * @param part その…
   * @param form how {@code name} and {@code trade} are made the name of a company
   * @param section a number below that of sections; a few have most contracts
   * @param day 契約日 as somebody typed it; empty for some
   */
  record Sample(
      long number,
      int year,
      String town,
      String place,
      String work,
      int part,
      String form,
      String name,
      String trade,
      int section,
      Instant createdAt,
      Optional<Long> amount,
      String day,
      int days) {

    String code() {
      return "R%d-%07d".formatted(year, number);
    }

    String title() {
      return "令和%d年度 %s%s %s（その%d）".formatted(year, town, place, work, part);
    }

    String organisation() {
      return form.formatted(name + trade);
    }

    /** 契約日, read as the service reads what is typed. */
    Optional<LocalDate> contractDate() {
      return JapaneseDates.parse(day).map(JapaneseDates.Reading::date);
    }
  }

  /** The contracts, the oldest first. */
  Stream<Sample> all() {
    var random = new Random(seed);
    return LongStream.range(0, count).mapToObj(number -> sample(random, number));
  }

  private Sample sample(Random random, long number) {
    var created =
        FIRST
            .plusMillis(ALL.toMillis() / count * number)
            .plusMillis(random.nextLong(ALL.toMillis() / count + 1));
    var day = LocalDate.ofInstant(created, JapaneseDates.ZONE).plusDays(random.nextInt(60));
    var rare = number % 100_000 == 4_321;
    return new Sample(
        number,
        fiscalYear(LocalDate.ofInstant(created, JapaneseDates.ZONE)),
        one(random, TOWNS),
        one(random, PLACES),
        rare ? RARE : one(random, WORKS),
        random.nextInt(99) + 1,
        one(random, FORMS),
        one(random, NAMES),
        one(random, TRADES),
        (int) (sections * Math.pow(random.nextDouble(), 2)),
        created,
        random.nextInt(10) == 0 ? Optional.empty() : Optional.of(1000L * random.nextInt(100_000)),
        random.nextInt(20) == 0 ? "" : typed(random, day),
        random.nextInt(365));
  }

  /** In one of the ways people write days. */
  private static String typed(Random random, LocalDate day) {
    var era = day.getYear() - 2018;
    return switch (random.nextInt(4)) {
      case 0 -> "令和%d年%d月%d日".formatted(era, day.getMonthValue(), day.getDayOfMonth());
      case 1 -> "R%d.%d.%d".formatted(era, day.getMonthValue(), day.getDayOfMonth());
      case 2 -> wide("令和%d年%d月%d日".formatted(era, day.getMonthValue(), day.getDayOfMonth()));
      default -> "%d/%d/%d".formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    };
  }

  private static String wide(String text) {
    return text.chars()
        .map(letter -> letter >= '0' && letter <= '9' ? letter - '0' + '０' : letter)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static int fiscalYear(LocalDate day) {
    return day.getYear() - 2018 - (day.getMonthValue() < 4 ? 1 : 0);
  }

  private static String one(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** A line as of a list that a body brings along. */
  static String line(Sample sample) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%s,%s",
        sample.code(),
        sample.title(),
        sample.organisation(),
        sample.amount().map(String::valueOf).orElse(""),
        sample.day());
  }
}
