package jp.musubi.statistics;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 数の言葉, for people and for programs. */
@Component("statisticsNumbers")
class Numbers {
  private final Book book;

  Numbers(Book book) {
    this.book = book;
  }

  /** 令和8年4月（2026年4月）. */
  String month(YearMonth month) {
    var day = month.atDay(1);
    var era = JapaneseDates.era(day);
    return "%s（%d年%d月）"
        .formatted(era.substring(0, era.indexOf('月') + 1), month.getYear(), month.getMonthValue());
  }

  /** 83.3%, or a dash. */
  String ratio(Counts counts) {
    var ratio = counts.electronicRatio();
    return ratio.isPresent()
        ? book.of("statistics.percent", thousandths(ratio.getAsInt()))
        : book.of("statistics.none");
  }

  /** 12件. */
  String count(int number) {
    return book.of("statistics.count", "%,d".formatted(number));
  }

  /** 12日, or a dash. */
  String days(Optional<Spread> spread, ToIntFunction<Spread> which) {
    return spread
        .map(of -> book.of("statistics.days", "%,d".formatted(which.applyAsInt(of))))
        .orElseGet(() -> book.of("statistics.none"));
  }

  /** 電子契約率. */
  Figure.Cell proportion(Counts counts) {
    var ratio = counts.electronicRatio();
    return new Figure.Cell(
        ratio(counts), ratio.isPresent() ? thousandths(ratio.getAsInt()) : "", null);
  }

  /** A number of contracts, with the way to them. */
  Figure.Cell counted(int number, @Nullable String path) {
    return new Figure.Cell(count(number), String.valueOf(number), path);
  }

  /** A number of days. */
  Figure.Cell lasted(Optional<Spread> spread, ToIntFunction<Spread> which) {
    return new Figure.Cell(
        days(spread, which),
        spread.map(of -> String.valueOf(which.applyAsInt(of))).orElse(""),
        null);
  }

  /** The words over columns. */
  List<String> columns(String... keys) {
    return Arrays.stream(keys).map(book::of).toList();
  }

  private static String thousandths(int number) {
    return number / 10 + "." + number % 10;
  }
}
