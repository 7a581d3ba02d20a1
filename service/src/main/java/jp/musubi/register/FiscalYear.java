package jp.musubi.register;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.musubi.platform.JapaneseDates;

/**
 * 会計年度, April to March (地方自治法 208 条).
 *
 * @param year in which it begins
 */
public record FiscalYear(int year) {
  private static final Pattern FORM = Pattern.compile("(\\D{0,4}\\d{1,4})(?:年度?)?");

  /** The one a day lies in. */
  public static FiscalYear of(LocalDate day) {
    return new FiscalYear(day.getMonthValue() >= 4 ? day.getYear() : day.getYear() - 1);
  }

  /**
   * Reads {@code 令和8年度}, {@code R8}, {@code 2026}, {@code ２０２６年度}, and what {@link #toString}
   * writes; empty when it is none.
   */
  static Optional<FiscalYear> parse(String text) {
    var plain =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .replaceAll("[\\s\\p{Z}]|\\(.*\\)$", "")
            .replace("元年", "1年");
    var form = FORM.matcher(plain);
    // A day of May: an era that begins within the year, as 令和元年度, has begun by then.
    return form.matches()
        ? JapaneseDates.parse(form.group(1) + "年5月1日")
            .map(reading -> new FiscalYear(reading.date().getYear()))
            .filter(read -> read.year() >= 1873)
        : Optional.empty();
  }

  /** 令和8年度（2026年度）. */
  @Override
  public String toString() {
    var era = JapaneseDates.era(LocalDate.of(year, 5, 1));
    return era.substring(0, era.indexOf('年') + 1) + "度（" + year + "年度）";
  }
}
