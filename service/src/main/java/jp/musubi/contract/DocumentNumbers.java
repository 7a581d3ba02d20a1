package jp.musubi.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.chrono.JapaneseDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** 文書番号, e.g. R8-000012: the 年度 by its era and a number within it, without gaps. */
final class DocumentNumbers {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final DateTimeFormatter ERA_AND_YEAR =
      DateTimeFormatter.ofPattern("GGGGGy", Locale.ENGLISH);

  private DocumentNumbers() {}

  /** 会計年度: April to March, named by the year it begins in. */
  static int fiscalYear(Instant now) {
    var today = LocalDate.ofInstant(now, TOKYO);
    return today.getMonthValue() >= 4 ? today.getYear() : today.getYear() - 1;
  }

  /** The number as printed. A year in which an era began is named by the new era, as 令和元年度. */
  static String of(int fiscalYear, int sequence) {
    return "%s-%06d".formatted(ERA_AND_YEAR.format(JapaneseDate.of(fiscalYear, 5, 1)), sequence);
  }
}
