package jp.musubi.journeys.drill;

import java.util.List;
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

  /** All refusals of a load. */
  static Measurement.Row row(String what, Load load) {
    var pages = load.pages();
    var truthful = pages.stream().filter(Pages::tellsTruth).count();
    return new Measurement.Row(
        what + "（答えがあったもの）",
        "%d枚中、日本語でいまの様子とすることを言うもの %d枚".formatted(pages.size(), truthful),
        "すべて",
        truthful == pages.size());
  }

  /** The words of a page, for people who look at why. */
  static String words(List<String> pages) {
    return pages.isEmpty() ? "" : Jsoup.parse(pages.getFirst()).text();
  }
}
