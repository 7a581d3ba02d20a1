package jp.musubi.mandate;

import java.time.LocalDate;

/** 年間委任の期間; pure. A fiscal year is April to March (地方自治法 208 条). */
record Year(LocalDate from, LocalDate until) {

  /** 今年度, the one a day lies in. */
  static Year of(LocalDate day) {
    var begins = LocalDate.of(day.getMonthValue() >= 4 ? day.getYear() : day.getYear() - 1, 4, 1);
    return new Year(begins, begins.plusYears(1).minusDays(1));
  }

  /**
   * 引き継ぐときの期間: from the day after the last one to the end of the fiscal year that lies in, so that
   * no day is left out.
   */
  static Year after(LocalDate until) {
    var first = until.plusDays(1);
    return new Year(first, of(first).until());
  }
}
