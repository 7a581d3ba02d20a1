package jp.musubi.journeys.drill;

import java.util.List;
import java.util.Map;
import jp.musubi.journeys.reliability.Measurement;
import org.jsoup.Jsoup;

/** Whether the pages that refuse tell people, in Japanese, what is and what to do. */
final class Pages {
  private Pages() {}

  static boolean tellsTruth(String page) {
    var words = Jsoup.parse(page).text();
    return words.matches("(?s).*\\p{IsHiragana}.*")
        && (words.contains("しばらく") || words.contains("もう一度"))
        && !words.contains("Exception");
  }

  /** All refusals of a load; one that says that it does not know why (500) is none that is true. */
  static Measurement.Row row(String what, Load load) {
    var pages = load.pages();
    var truthful = pages.stream().filter(Pages::tellsTruth).count();
    var unknown =
        load.failures().entrySet().stream()
            .filter(each -> each.getKey().endsWith(" 500"))
            .mapToInt(Map.Entry::getValue)
            .sum();
    return new Measurement.Row(
        what + "（答えがあったもの）",
        "%d枚中、日本語でいまの様子とすることを言うもの %d枚、原因の分からない500が%d件".formatted(pages.size(), truthful, unknown),
        "すべて、500は0件",
        truthful == pages.size() && unknown == 0);
  }

  /** The words of a page, for people who look at why. */
  static String words(List<String> pages) {
    return pages.isEmpty() ? "" : Jsoup.parse(pages.getFirst()).text();
  }
}
