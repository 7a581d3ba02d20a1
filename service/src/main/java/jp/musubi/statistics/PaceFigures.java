package jp.musubi.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.platform.web.Book;
import jp.musubi.register.Waiting;
import org.springframework.stereotype.Component;

/** 日数、終わり方、滞留の図表. */
@Component
class PaceFigures {
  private static final List<Measure> ENDS =
      List.of(
          Measure.DECLINED,
          Measure.RETURNED,
          Measure.WITHDRAWN,
          Measure.EXPIRED,
          Measure.TO_PAPER,
          Measure.REMINDED);

  private final Numbers numbers;
  private final Book book;

  PaceFigures(Numbers numbers, Book book) {
    this.numbers = numbers;
    this.book = book;
  }

  /** How long each step took. */
  Figure stages(Reading reading) {
    var whole = reading.statistics().whole();
    var longest =
        Arrays.stream(Stage.values())
            .flatMap(stage -> whole.spread(stage).stream())
            .mapToInt(Spread::ninetieth)
            .max();
    var rows =
        Arrays.stream(Stage.values())
            .map(stage -> stage(stage, whole.spread(stage), longest))
            .toList();
    return new Figure(
        "stages",
        book.of("statistics.figure.stages"),
        book.of("statistics.figure.stages.note"),
        book.of("statistics.median"),
        book.of("statistics.ninetieth"),
        numbers.columns(
            "statistics.column.stage",
            "statistics.column.contracts",
            "statistics.median",
            "statistics.ninetieth"),
        rows);
  }

  private Figure.Row stage(Stage stage, Optional<Spread> spread, OptionalInt longest) {
    return Figure.Row.of(
        book.of("statistics.stage." + stage),
        null,
        List.of(
            numbers.counted(spread.map(Spread::contracts).orElse(0), null),
            numbers.lasted(spread, Spread::median),
            numbers.lasted(spread, Spread::ninetieth)),
        spread
            .map(of -> Figure.Bar.of(of.median(), of.ninetieth() - of.median(), longest.orElse(0)))
            .orElse(new Figure.Bar(0, 0)));
  }

  /** What did not come to a conclusion, and what was asked once more. */
  Figure ends(Reading reading) {
    var counts = reading.statistics().whole().counts();
    var longest = ENDS.stream().mapToInt(counts::of).max().orElse(0);
    return new Figure(
        "ends",
        book.of("statistics.figure.ends"),
        book.of("statistics.figure.ends.note"),
        book.of("statistics.column.times"),
        "",
        numbers.columns("statistics.column.what", "statistics.column.times"),
        ENDS.stream()
            .map(measure ->
                Figure.Row.of(
                    book.of("statistics.measure." + measure),
                    null,
                    List.of(numbers.counted(counts.of(measure), null)),
                    Figure.Bar.of(counts.of(measure), 0, longest)))
            .toList());
  }

  /** What waits now, each number with the list of its contracts. */
  Figure delays(Reading reading) {
    var longest = reading.delays().values().stream().mapToInt(Delays.Delay::all).max().orElse(0);
    var days = reading.asked().days();
    return new Figure(
        "delays",
        book.of("statistics.figure.delays"),
        book.of("statistics.figure.delays.note", days),
        book.of("statistics.late", days),
        book.of("statistics.notLate"),
        List.of(
            book.of("statistics.column.stage"),
            book.of("statistics.waiting"),
            book.of("statistics.late", days),
            book.of("statistics.longest")),
        Arrays.stream(Waiting.At.values())
            .map(at -> {
              var delay = Objects.requireNonNull(reading.delays().get(at));
              return Figure.Row.of(
                  book.of("register.waiting." + at),
                  null,
                  List.of(
                      numbers.counted(delay.all(), null),
                      numbers.counted(delay.late(), delay.late() == 0 ? null : list(reading, at)),
                      new Figure.Cell(
                          delay.all() == 0
                              ? book.of("statistics.none")
                              : book.of("statistics.days", "%,d".formatted(delay.longest())),
                          delay.all() == 0 ? "" : String.valueOf(delay.longest()),
                          null)),
                  Figure.Bar.of(delay.late(), delay.all() - delay.late(), longest));
            })
            .toList());
  }

  private static String list(Reading reading, Waiting.At at) {
    return "/register?waiting=%s&waitingDays=%d%s"
        .formatted(
            at,
            reading.asked().days(),
            reading.asked().section().map(section -> "&section=" + section).orElse(""));
  }
}
